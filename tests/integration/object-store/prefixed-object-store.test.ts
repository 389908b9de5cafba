import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import { PrefixedObjectStore } from '../../../core/keys/prefixed-object-store';
import { describeObjectStore } from './object-store-suite';
import { bodyOf, bytes, keysOf } from './suite/reading';

const PREFIX = 'lakes/weather/raw/';

describe('PrefixedObjectStore', () => {
  describeObjectStore(async () => new PrefixedObjectStore(new MemoryObjectStore(), PREFIX));

  it('keeps its objects below its prefix and sees nothing beside it', async () => {
    const whole = new MemoryObjectStore();
    const store = new PrefixedObjectStore(whole, PREFIX);
    await whole.put('lakes/weather/raw.json', bytes('beside'));
    await whole.put('lakes/weather/raw/.locks/a', bytes('refused here'));

    await store.put('a', bytes('1'));
    await store.copy('a', 'b');
    await store.delete('a');

    expect(await keysOf(store, '')).toEqual(['b']);
    expect(await keysOf(whole, '')).toEqual([
      'lakes/weather/raw.json',
      'lakes/weather/raw/.locks/a',
      'lakes/weather/raw/b',
    ]);
    expect(await bodyOf(whole, 'lakes/weather/raw/b')).toBe('1');
  });
});
