import type { ObjectEntry, ObjectInfo, ObjectStore, PutOptions } from '../ports/object-store';
import { assertObjectKey, isObjectKey } from './object-key';

/** A folder of a store as a store of its own: what lies beside it is neither seen nor touched. */
export class PrefixedObjectStore implements ObjectStore {
  readonly #store: ObjectStore;
  readonly #prefix: string;

  /** @param prefix ends with `/` */
  constructor(store: ObjectStore, prefix: string) {
    this.#store = store;
    this.#prefix = prefix;
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    const info = await this.#store.head(this.#inner(key));
    return info && { ...info, key };
  }

  async get(key: string): Promise<{ readonly info: ObjectInfo; readonly body: Uint8Array } | undefined> {
    const found = await this.#store.get(this.#inner(key));
    return found && { info: { ...found.info, key }, body: found.body };
  }

  async put(key: string, body: Uint8Array, options?: PutOptions): Promise<ObjectInfo> {
    return { ...(await this.#store.put(this.#inner(key), body, options)), key };
  }

  async copy(from: string, to: string): Promise<ObjectInfo> {
    return { ...(await this.#store.copy(this.#inner(from), this.#inner(to))), key: to };
  }

  async delete(key: string): Promise<void> {
    await this.#store.delete(this.#inner(key));
  }

  async *list(prefix: string): AsyncGenerator<ObjectEntry> {
    for await (const entry of this.#store.list(`${this.#prefix}${prefix}`)) {
      const key = entry.key.slice(this.#prefix.length);
      // What this store itself refuses to keep may have been put there under the whole key.
      if (isObjectKey(key)) yield { ...entry, key };
    }
  }

  #inner(key: string): string {
    assertObjectKey(key);
    return `${this.#prefix}${key}`;
  }
}
