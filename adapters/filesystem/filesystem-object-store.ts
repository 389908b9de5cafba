import { createHash } from 'node:crypto';
import { renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StorageError } from '../../core/errors';
import { assertObjectKey } from '../../core/keys/object-key';
import { assertObjectMetadata } from '../../core/keys/object-metadata';
import { assertPrecondition } from '../../core/keys/precondition';
import type {
  ObjectEntry,
  ObjectInfo,
  ObjectStore,
  Precondition,
  PutOptions,
} from '../../core/ports/object-store';
import { DurableFolders } from './durable-folders';
import { removeFile } from './file-names';
import { FileVersions } from './file-versions';
import { asStorage, storageError } from './filesystem-error';
import { KeyLocks } from './key-locks';
import { listObjects } from './list-objects';
import { MetadataSidecars } from './metadata-sidecars';
import { ObjectReader } from './object-reader';
import { TemporaryFiles } from './temporary-files';

/**
 * A bucket in a folder, shared by the processes of one machine. The object of key K is the file `<root>/K`, whole at every
 * moment; what is private lies in dotted folders of the root. Conditions hold among processes, killed ones included.
 *
 * Names are changed by synchronous calls (microseconds, a tenth of what the thread pool takes); bytes are written and put
 * on disk by the thread pool, so parallel calls share their waiting.
 */
export class FilesystemObjectStore implements ObjectStore {
  readonly #root: string;
  readonly #folders: DurableFolders;
  readonly #temporaries: TemporaryFiles;
  readonly #locks: KeyLocks;
  readonly #sidecars: MetadataSidecars;
  readonly #versions = new FileVersions();
  readonly #reader: ObjectReader;

  /** @param root made by the first write */
  constructor(root: string) {
    this.#root = resolve(root);
    this.#folders = new DurableFolders(this.#root);
    this.#temporaries = new TemporaryFiles(this.#path('.tmp'), this.#folders);
    this.#locks = new KeyLocks(this.#path('.locks'), this.#folders, this.#temporaries);
    this.#sidecars = new MetadataSidecars(this.#path('.metadata'), this.#folders, this.#temporaries);
    this.#reader = new ObjectReader(this.#root, this.#versions, this.#sidecars);
  }

  head(key: string): Promise<ObjectInfo | undefined> {
    return this.#attempt('head', key, async () => (await this.#reader.head(key))?.info);
  }

  get(key: string): Promise<{ readonly info: ObjectInfo; readonly body: Uint8Array } | undefined> {
    return this.#attempt('get', key, async () => {
      const found = await this.#reader.get(key);
      return found === undefined ? undefined : { info: found.info, body: found.body };
    });
  }

  put(key: string, body: Uint8Array, { metadata = {}, condition }: PutOptions = {}): Promise<ObjectInfo> {
    return this.#attempt('put', key, async () => {
      assertObjectMetadata(key, metadata);
      this.#demand(key, condition);
      const sha256 = createHash('sha256').update(body).digest('hex');
      const info = { key, size: body.byteLength, etag: sha256, sha256, metadata: { ...metadata } };
      return this.#place(info, await this.#temporaries.write(body), condition);
    });
  }

  copy(from: string, to: string): Promise<ObjectInfo> {
    return this.#attempt('copy', to, async () => {
      assertObjectKey(from);
      const secondName = this.#temporaries.reserve();
      try {
        const source = await this.#reader.pin(from, secondName);
        if (source === undefined) throw missingSource(from, to);
        const file = source.body === undefined ? secondName : await this.#temporaries.write(source.body);
        return await this.#place({ ...source.info, key: to }, file);
      } finally {
        removeFile(secondName);
      }
    });
  }

  delete(key: string): Promise<void> {
    return this.#remove(key);
  }

  deleteIfUnchanged(key: string, etag: string): Promise<void> {
    return this.#remove(key, { etag });
  }

  #remove(key: string, condition?: Precondition): Promise<void> {
    return this.#attempt('delete', key, async () => {
      this.#demand(key, condition);
      const path = this.#path(key);
      if (!this.#versions.has(path)) return;
      const remaining = await this.#locks.hold(key, () => {
        this.#demand(key, condition);
        removeFile(path);
        this.#sidecars.remove(key);
        return this.#folders.prune(dirname(path));
      });
      await this.#folders.settle(remaining);
    });
  }

  async *list(prefix: string): AsyncGenerator<ObjectEntry> {
    try {
      yield* listObjects(this.#root, prefix);
    } catch (error) {
      throw storageError({ operation: 'list', key: prefix, root: this.#root }, error);
    }
  }

  /**
   * Moves a file to its key. Unconditional changes take the lock as well: one that came between the check and the
   * renaming of a conditional one would be lost without anybody being told.
   */
  async #place(info: ObjectInfo, file: string, condition?: Precondition): Promise<ObjectInfo> {
    const path = this.#path(info.key);
    try {
      const withSidecar = await this.#locks.hold(info.key, () => {
        this.#demand(info.key, condition);
        const prepared = this.#sidecars.prepare(info, () => this.#versions.at(path)?.sha256);
        this.#folders.within(dirname(path), () => renameSync(file, path));
        if (prepared) this.#sidecars.finish(info);
        return prepared;
      });
      const changed = withSidecar ? [dirname(path), this.#sidecars.folder] : [dirname(path)];
      await Promise.all(changed.map((folder) => this.#folders.settle(folder)));
      return info;
    } finally {
      // Still there when the change was refused, or when both names were links to one file: that renaming does nothing.
      removeFile(file);
    }
  }

  #demand(key: string, condition: Precondition | undefined): void {
    if (condition !== undefined)
      assertPrecondition(key, condition, this.#versions.at(this.#path(key))?.sha256);
  }

  #attempt<T>(operation: string, key: string, work: () => Promise<T>): Promise<T> {
    return asStorage({ operation, key, root: this.#root }, async () => {
      assertObjectKey(key);
      return work();
    });
  }

  #path(key: string): string {
    return join(this.#root, key);
  }
}

function missingSource(from: string, to: string): StorageError {
  return new StorageError(`There is no object ${from} to copy to ${to}.`, {
    context: { key: from, operation: 'copy', to },
  });
}
