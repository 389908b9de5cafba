import { FilesystemObjectStore } from '../../../../adapters/filesystem/filesystem-object-store';
import { markedBody } from './marked-body';

const KEYS = ['t/a', 't/b', 't/deep/er/c', 'u/d'];

/** Creates, replaces, copies and deletes without end. Arguments: root, first mark. */
async function main(): Promise<void> {
  const store = new FilesystemObjectStore(process.argv[2]!);
  let mark = Number(process.argv[3]);
  process.stdout.write('writing\n');
  for (;;) {
    await Promise.all(KEYS.map((key, index) => change(store, key, mark + index)));
    mark += KEYS.length;
  }
}

async function change(store: FilesystemObjectStore, key: string, mark: number): Promise<void> {
  const { body, metadata } = markedBody(mark);
  const way = mark % 7;
  const present = way < 4 ? undefined : await store.head(key);
  if (way === 4 && present !== undefined) await store.deleteIfUnchanged(key, present.etag);
  else if (way === 5 && present !== undefined) await store.copy(key, `copies/${mark % 5}`);
  else if (present !== undefined) await store.put(key, body, { metadata, condition: { etag: present.etag } });
  else await store.put(key, body, { metadata });
}

void main();
