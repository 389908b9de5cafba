import type { ObjectEntry, ObjectInfo, ObjectStore, PutOptions } from '../../../core/ports/object-store';

/** What the death of a process looks like from inside: no error of the project, and nothing can be done any more. */
export class Death extends Error {}

/** A store that writes down every write in order, and may die, or let something happen, at one of them. */
export class RecordingStore implements ObjectStore {
  /** `put <key>`, `copy <key>` or `delete <key>`, staging left out. */
  readonly writes: string[] = [];
  /** The write, counted from 1, at which the process dies; nothing is written then or later. */
  diesAt = Number.POSITIVE_INFINITY;
  beforeWrite: (write: string) => void | Promise<void> = () => {};
  afterWrite: (write: string) => void | Promise<void> = () => {};

  constructor(private readonly store: ObjectStore) {}

  head(key: string): Promise<ObjectInfo | undefined> {
    return this.living(() => this.store.head(key));
  }

  get(key: string) {
    return this.living(() => this.store.get(key));
  }

  list(prefix: string): AsyncIterable<ObjectEntry> {
    return this.store.list(prefix);
  }

  put(key: string, body: Uint8Array, options?: PutOptions): Promise<ObjectInfo> {
    return this.record(`put ${key}`, () => this.store.put(key, body, options));
  }

  copy(from: string, to: string): Promise<ObjectInfo> {
    return this.record(`copy ${to}`, () => this.store.copy(from, to));
  }

  delete(key: string): Promise<void> {
    return this.record(`delete ${key}`, () => this.store.delete(key));
  }

  private async living<T>(call: () => Promise<T>): Promise<T> {
    if (this.writes.length >= this.diesAt) throw new Death('The process is gone.');
    return call();
  }

  private async record<T>(write: string, call: () => Promise<T>): Promise<T> {
    if (write.includes(' _staging/')) return this.living(call);
    if (this.writes.length + 1 >= this.diesAt) {
      this.diesAt = 0;
      throw new Death('The process is gone.');
    }
    await this.beforeWrite(write);
    const result = await call();
    this.writes.push(write);
    await this.afterWrite(write);
    return result;
  }
}
