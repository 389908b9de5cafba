import type { Clock } from '../../../../core/ports/clock';
import type { ObjectEntry, ObjectInfo, ObjectStore, PutOptions } from '../../../../core/ports/object-store';

/** A store at the end of a slow line: every call takes time on its way there and on its way back. */
export class LaggingStore implements ObjectStore {
  constructor(
    private readonly store: ObjectStore,
    private readonly clock: Clock,
    private readonly lagMs: () => number,
  ) {}

  head(key: string): Promise<ObjectInfo | undefined> {
    return this.lag(() => this.store.head(key));
  }

  get(key: string) {
    return this.lag(() => this.store.get(key));
  }

  put(key: string, body: Uint8Array, options?: PutOptions): Promise<ObjectInfo> {
    return this.lag(() => this.store.put(key, body, options));
  }

  copy(from: string, to: string): Promise<ObjectInfo> {
    return this.lag(() => this.store.copy(from, to));
  }

  delete(key: string): Promise<void> {
    return this.lag(() => this.store.delete(key));
  }

  list(prefix: string): AsyncIterable<ObjectEntry> {
    return this.store.list(prefix);
  }

  private async lag<T>(call: () => Promise<T>): Promise<T> {
    await this.clock.sleep(this.lagMs());
    try {
      return await call();
    } finally {
      await this.clock.sleep(this.lagMs());
    }
  }
}
