import type { ObjectEntry, ObjectInfo, ObjectStore, PutOptions } from '../../../core/ports/object-store';

export type StoreCall = 'head' | 'get' | 'put' | 'copy' | 'delete' | 'list';

/** A store that lets something happen, or go wrong, before each call; of a copy the hook is told the key written. */
export class HookedStore implements ObjectStore {
  before: (call: StoreCall, key: string) => void | Promise<void> = () => {};

  constructor(private readonly store: ObjectStore) {}

  async head(key: string): Promise<ObjectInfo | undefined> {
    await this.before('head', key);
    return this.store.head(key);
  }

  async get(key: string) {
    await this.before('get', key);
    return this.store.get(key);
  }

  async put(key: string, body: Uint8Array, options?: PutOptions): Promise<ObjectInfo> {
    await this.before('put', key);
    return this.store.put(key, body, options);
  }

  async copy(from: string, to: string): Promise<ObjectInfo> {
    await this.before('copy', to);
    return this.store.copy(from, to);
  }

  async delete(key: string): Promise<void> {
    await this.before('delete', key);
    return this.store.delete(key);
  }

  async *list(prefix: string): AsyncGenerator<ObjectEntry> {
    await this.before('list', prefix);
    yield* this.store.list(prefix);
  }
}
