import { StorageError } from '../../../../core/errors';
import type { ObjectStore } from '../../../../core/ports/object-store';
import { bytes, type NewStore } from './reading';

const UNUSABLE_METADATA = [
  { Upper: 'a' },
  { '': 'a' },
  { 'a b': 'c' },
  { __proto: 'a' },
  { name: '' },
  { name: ' a' },
  { name: 'a ' },
  { name: 'Zürich' },
  { name: 'a\nb' },
  { name: 'x'.repeat(2045) },
];

export function describeMetadata(newStore: NewStore): void {
  describe('metadata', () => {
    let store: ObjectStore;
    beforeEach(async () => {
      store = await newStore();
    });

    it('comes back with the object, its head and its write', async () => {
      const metadata = {
        sha256: 'ab',
        fetched_at: '2026-01-31T04:00:00Z',
        simulated: 'true',
        'x-y': 'a; b="c"',
      };

      const put = await store.put('k', bytes('x'), { metadata });

      expect(put.metadata).toEqual(metadata);
      expect((await store.head('k'))!.metadata).toEqual(metadata);
      expect((await store.get('k'))!.info.metadata).toEqual(metadata);
    });

    it.each(['x', 'y'])(
      'is replaced with the object, and gone when the new one has none (body %j)',
      async (body) => {
        await store.put('k', bytes('x'), { metadata: { a: '1', b: '2' } });

        await store.put('k', bytes(body), { metadata: { a: '3' } });
        expect((await store.head('k'))!.metadata).toEqual({ a: '3' });

        await store.put('k', bytes(body));
        expect((await store.head('k'))!.metadata).toEqual({});
      },
    );

    it('does not outlive its object', async () => {
      await store.put('k', bytes('x'), { metadata: { a: '1' } });

      await store.delete('k');
      await store.put('k', bytes('x'));

      expect((await store.head('k'))!.metadata).toEqual({});
    });

    it('belongs to one key, whatever the names of others', async () => {
      await store.put('a', bytes('1'), { metadata: { of: 'a' } });
      await store.put('a.json/b', bytes('2'), { metadata: { of: 'a.json/b' } });
      await store.put('b.json', bytes('3'), { metadata: { of: 'b.json' } });
      await store.put('b', bytes('3'), { metadata: { of: 'b' } });

      for (const key of ['a', 'a.json/b', 'b.json', 'b']) {
        expect((await store.head(key))!.metadata).toEqual({ of: key });
      }
    });

    it.each(UNUSABLE_METADATA)('is refused when it would not come back the same: %j', async (metadata) => {
      await expect(store.put('k', bytes('x'), { metadata: { ...metadata } })).rejects.toBeInstanceOf(
        StorageError,
      );
      expect(await store.head('k')).toBeUndefined();
    });

    it('is not changed through the record that it was given as', async () => {
      const metadata = { a: '1' };
      await store.put('k', bytes('x'), { metadata });
      metadata.a = '2';

      expect((await store.head('k'))!.metadata).toEqual({ a: '1' });
    });
  });
}
