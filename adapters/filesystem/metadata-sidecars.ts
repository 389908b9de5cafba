import { createHash } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { DamagedObjectError } from '../../core/errors';
import type { ObjectInfo, ObjectMetadata } from '../../core/ports/object-store';
import type { DurableFolders } from './durable-folders';
import { removeFile } from './file-names';
import { codeOf } from './filesystem-error';
import type { TemporaryFiles } from './temporary-files';

const sidecarSchema = z.object({
  /** For the person who opens the file. */
  key: z.string(),
  /** By the sha256 of the body that it belongs to. */
  metadata: z.record(z.string(), z.record(z.string(), z.string())),
});
type Sidecar = Readonly<z.output<typeof sidecarSchema>>;

/**
 * Metadata of objects, in a file beside the body's. Two files cannot be replaced at once, so a sidecar holds the metadata
 * of the present body and of the next one until that has taken its place: at every moment in between, a kill included, each
 * body finds its own. Sidecars are named after the hash of the key, because `a.json/b` may be a key beside `a`.
 */
export class MetadataSidecars {
  readonly folder: string;
  readonly #folders: DurableFolders;
  readonly #temporaries: TemporaryFiles;

  constructor(folder: string, folders: DurableFolders, temporaries: TemporaryFiles) {
    this.folder = folder;
    this.#folders = folders;
    this.#temporaries = temporaries;
  }

  /** `undefined` when the sidecar knows nothing of such a body. @throws DamagedObjectError when the sidecar is spoilt */
  read(key: string, sha256: string): ObjectMetadata | undefined {
    return this.#load(key)?.[sha256];
  }

  /** To be called under the key's lock before the body is replaced. Answers whether anything was written. */
  prepare({ key, sha256, metadata }: ObjectInfo, presentHash: () => string | undefined): boolean {
    const known = this.#loadWhole(key);
    if (known === undefined && isEmpty(metadata)) return false;
    const present = known === undefined ? undefined : presentHash();
    const kept = present === undefined ? undefined : known?.[present];
    const entries = {
      ...(kept === undefined ? {} : { [present!]: kept }),
      ...(isEmpty(metadata) ? {} : { [sha256]: metadata }),
    };
    if (isEmpty(entries)) this.remove(key);
    else this.#save({ key, metadata: entries });
    return true;
  }

  /** To be called under the key's lock after the body was replaced. */
  finish({ key, metadata }: Pick<ObjectInfo, 'key' | 'metadata'>): void {
    if (isEmpty(metadata)) this.remove(key);
  }

  /** To be called under the key's lock after the body was removed: before, the object would lose its metadata to a kill. */
  remove(key: string): void {
    removeFile(this.#path(key));
  }

  /** What a spoilt sidecar held is lost, and nothing keeps the next body from having its own; `{}` takes the place of both. */
  #loadWhole(key: string): Sidecar['metadata'] | undefined {
    try {
      return this.#load(key);
    } catch (error) {
      if (error instanceof DamagedObjectError) return {};
      throw error;
    }
  }

  #load(key: string): Sidecar['metadata'] | undefined {
    const path = this.#path(key);
    try {
      const { metadata } = sidecarSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
      return metadata;
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
      if (error instanceof SyntaxError || error instanceof z.ZodError) throw spoilt(key, path, error);
      throw error;
    }
  }

  #save(sidecar: Sidecar): void {
    const temporary = this.#temporaries.writeNow(`${JSON.stringify(sidecar)}\n`);
    this.#folders.within(this.folder, () => renameSync(temporary, this.#path(sidecar.key)));
  }

  #path(key: string): string {
    return join(this.folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  }
}

function spoilt(key: string, path: string, cause: Error): DamagedObjectError {
  return new DamagedObjectError(
    `The metadata of ${key} is spoilt: ${path} holds no JSON of it. Remove it and write ${key} again.`,
    { context: { key, path, reason: 'has lost its metadata: their file is spoilt' }, cause },
  );
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(record).length === 0;
}
