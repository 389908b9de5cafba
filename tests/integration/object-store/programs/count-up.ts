import { FilesystemObjectStore } from '../../../../adapters/filesystem/filesystem-object-store';
import { PreconditionFailedError } from '../../../../core/errors';

/** Adds one to the number in an object, again and again. Arguments: root, key, how often. */
async function main(): Promise<void> {
  const [, , root, key, times] = process.argv;
  const store = new FilesystemObjectStore(root!);
  process.stdout.write('counting\n');
  for (let done = 0; done < Number(times); ) {
    const found = (await store.get(key!))!;
    const next = Number(Buffer.from(found.body).toString()) + 1;
    try {
      await store.put(key!, Buffer.from(String(next)), { condition: { etag: found.info.etag } });
      done += 1;
      process.stdout.write('+');
    } catch (error) {
      if (!(error instanceof PreconditionFailedError)) throw error;
    }
  }
}

void main();
