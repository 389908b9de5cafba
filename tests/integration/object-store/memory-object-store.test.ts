import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import { describeObjectStore } from './object-store-suite';

describe('MemoryObjectStore', () => {
  describeObjectStore(async () => new MemoryObjectStore());

  it('lists the times of the clock that it was given', async () => {
    let now = 1000;
    const store = new MemoryObjectStore({ now: () => now });
    await store.put('a', new Uint8Array(1));
    now = 2000;
    await store.put('b', new Uint8Array(1));

    const times: number[] = [];
    for await (const { lastModified } of store.list('')) times.push(lastModified);

    expect(times).toEqual([1000, 2000]);
  });
});
