import type { ObjectStore } from '../../../../core/ports/object-store';
import { bodyOf, bytes, keysOf, type NewStore } from './reading';

export function describeDeletions(newStore: NewStore): void {
  describe('deletions', () => {
    let store: ObjectStore;
    beforeEach(async () => {
      store = await newStore();
    });

    it('remove one object and leave its neighbours', async () => {
      for (const key of ['a/b/c', 'a/b/d', 'a/e']) await store.put(key, bytes(key));

      await store.delete('a/b/c');
      await store.delete('a/b/d');

      expect(await keysOf(store, '')).toEqual(['a/e']);
    });

    it('of what is not there are no error', async () => {
      await store.put('a', bytes('x'));

      await store.delete('b');
      await store.delete('a/b');
      await store.delete('c/d/e');

      expect(await keysOf(store, '')).toEqual(['a']);
    });

    it('leave a key free for longer keys', async () => {
      await store.put('a', bytes('x'));
      await store.delete('a');
      await store.put('a/b', bytes('y'));
      await store.delete('a/b');
      await store.put('a', bytes('z'));

      expect(await bodyOf(store, 'a')).toBe('z');
    });

    it('do not disturb writers of the same folder', async () => {
      const keys = Array.from({ length: 60 }, (_, index) => `deep/er/folder/${index}`);

      await Promise.all(
        keys.map(async (key) => {
          await store.put(key, bytes(key));
          await store.delete(key);
          await store.put(key, bytes('again'));
          if (!key.endsWith('7')) await store.delete(key);
        }),
      );

      expect(await keysOf(store, '')).toEqual(keys.filter((key) => key.endsWith('7')).sort());
    });
  });
}
