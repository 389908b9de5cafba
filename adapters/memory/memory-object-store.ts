import { createHash } from 'node:crypto';
import { StorageError } from '../../core/errors';
import { assertObjectKey } from '../../core/keys/object-key';
import { assertObjectMetadata } from '../../core/keys/object-metadata';
import { assertPrecondition } from '../../core/keys/precondition';
import type { Clock } from '../../core/ports/clock';
import type {
  ObjectEntry,
  ObjectInfo,
  ObjectMetadata,
  ObjectStore,
  Precondition,
  PutOptions,
} from '../../core/ports/object-store';

interface StoredObject {
  readonly info: ObjectInfo;
  readonly body: Uint8Array;
  readonly lastModified: number;
}

/** A bucket for as long as the process lives. Its calls change it before they return, so each is atomic. */
export class MemoryObjectStore implements ObjectStore {
  readonly #objects = new Map<string, StoredObject>();
  readonly #clock: Pick<Clock, 'now'>;

  /** @param clock gives the times of listings; the machine's when left out */
  constructor(clock: Pick<Clock, 'now'> = Date) {
    this.#clock = clock;
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    assertObjectKey(key);
    return this.#objects.get(key)?.info;
  }

  async get(key: string): Promise<{ readonly info: ObjectInfo; readonly body: Uint8Array } | undefined> {
    assertObjectKey(key);
    const found = this.#objects.get(key);
    return found === undefined ? undefined : { info: found.info, body: new Uint8Array(found.body) };
  }

  async put(key: string, body: Uint8Array, options: PutOptions = {}): Promise<ObjectInfo> {
    assertObjectKey(key);
    assertObjectMetadata(key, options.metadata ?? {});
    this.#demand(key, options.condition);
    return this.#place(key, new Uint8Array(body), { ...options.metadata });
  }

  async copy(from: string, to: string): Promise<ObjectInfo> {
    assertObjectKey(from);
    assertObjectKey(to);
    const source = this.#objects.get(from);
    if (source === undefined) {
      throw new StorageError(`There is no object ${from} to copy.`, {
        context: { key: from, operation: 'copy' },
      });
    }
    return this.#place(to, source.body, source.info.metadata);
  }

  async delete(key: string): Promise<void> {
    assertObjectKey(key);
    this.#objects.delete(key);
  }

  async *list(prefix: string): AsyncGenerator<ObjectEntry> {
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    for (const key of keys) {
      const found = this.#objects.get(key);
      if (found !== undefined) yield { key, size: found.info.size, lastModified: found.lastModified };
    }
  }

  #place(key: string, body: Uint8Array, metadata: ObjectMetadata): ObjectInfo {
    const sha256 = createHash('sha256').update(body).digest('hex');
    const info = Object.freeze({
      key,
      size: body.byteLength,
      etag: sha256,
      sha256,
      metadata: Object.freeze(metadata),
    });
    this.#objects.set(key, { info, body, lastModified: this.#clock.now() });
    return info;
  }

  #demand(key: string, condition: Precondition | undefined): void {
    if (condition !== undefined) assertPrecondition(key, condition, this.#objects.get(key)?.info.etag);
  }
}
