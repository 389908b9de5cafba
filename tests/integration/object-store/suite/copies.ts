import type { ObjectStore } from '../../../../core/ports/object-store';
import { bodyOf, bytes, keysOf, type NewStore, text } from './reading';

export function describeCopies(newStore: NewStore): void {
  describe('copies', () => {
    let store: ObjectStore;
    beforeEach(async () => {
      store = await newStore();
    });

    it('carry bytes, hash and metadata, and replace what was there', async () => {
      const source = await store.put('from/a', bytes('copied'), { metadata: { a: '1' } });
      await store.put('to/b', bytes('replaced'), { metadata: { b: '2' } });

      const copy = await store.copy('from/a', 'to/b');

      expect(copy).toEqual({ ...source, key: 'to/b' });
      expect(await store.head('to/b')).toEqual(copy);
      expect(await bodyOf(store, 'to/b')).toBe('copied');
      expect(await store.head('from/a')).toEqual(source);
    });

    it('take the metadata away from a target whose source has none', async () => {
      await store.put('a', bytes('same'));
      await store.put('b', bytes('same'), { metadata: { b: '2' } });

      await store.copy('a', 'b');

      expect((await store.head('b'))!.metadata).toEqual({});
    });

    it('can be made twice, and onto the object itself', async () => {
      await store.put('a', bytes('x'), { metadata: { a: '1' } });

      await store.copy('a', 'b');
      await store.copy('a', 'b');
      await store.copy('a', 'a');

      for (const key of ['a', 'b']) {
        const found = await store.get(key);
        expect([text(found?.body), found?.info.metadata]).toEqual(['x', { a: '1' }]);
      }
      expect(await keysOf(store, '')).toEqual(['a', 'b']);
    });

    it('live on when their source is replaced or deleted, and the other way round', async () => {
      await store.put('a', bytes('one'), { metadata: { n: '1' } });
      await store.copy('a', 'b');
      await store.copy('a', 'c');

      await store.put('a', bytes('two'), { metadata: { n: '2' } });
      await store.delete('b');

      expect(await bodyOf(store, 'c')).toBe('one');
      expect((await store.head('c'))!.metadata).toEqual({ n: '1' });
      expect(await bodyOf(store, 'a')).toBe('two');
    });

    it('of what is not there are an error that names it, and change nothing', async () => {
      await store.put('a/b', bytes('kept'));

      for (const missing of ['gone', 'a', 'a/b/c']) {
        await expect(store.copy(missing, 'a/b')).rejects.toMatchObject({
          name: 'StorageError',
          message: expect.stringContaining(missing),
        });
      }
      expect(await bodyOf(store, 'a/b')).toBe('kept');
    });
  });
}
