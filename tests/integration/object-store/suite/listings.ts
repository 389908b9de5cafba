import type { ObjectStore } from '../../../../core/ports/object-store';
import { bytes, keysOf, listed, type NewStore } from './reading';

export function describeListings(newStore: NewStore): void {
  describe('listings', () => {
    let store: ObjectStore;
    beforeEach(async () => {
      store = await newStore();
    });

    it('of an empty store are empty', async () => {
      expect(await keysOf(store, '')).toEqual([]);
      expect(await keysOf(store, 'a/b')).toEqual([]);
    });

    it('are in code-unit order over all folders', async () => {
      const keys = [
        'a/b',
        'a/b-c/d',
        'a.b',
        'a-b',
        'a0',
        'a/b.c',
        'A',
        'a/b0',
        'b',
        'é',
        'a/é/z',
        'a/b-c/D',
        '_x/y',
        '~',
      ];
      for (const key of keys.filter((key) => key !== 'a/b')) await store.put(key, bytes(key));
      await store.put('a/b/c', bytes('x'));

      const expected = [...keys.filter((key) => key !== 'a/b'), 'a/b/c'].sort();
      expect(await keysOf(store, '')).toEqual(expected);
      for (const prefix of ['a', 'a/', 'a/b', 'a/b-', 'a/b/', 'a.', 'zz', 'a/b/c', 'a/b/c/', 'é']) {
        expect(await keysOf(store, prefix)).toEqual(expected.filter((key) => key.startsWith(prefix)));
      }
    });

    it('tell sizes and times', async () => {
      await store.put('a', bytes('12345'));

      const [entry] = await listed(store, 'a');

      expect(entry).toEqual({ key: 'a', size: 5, lastModified: expect.any(Number) });
      expect(Number.isInteger(entry!.lastModified)).toBe(true);
    });

    it.each(['/', '//', 'a//', '../', 'a/../', './a', '.tmp/', '.m', '.', 'a\0/b', '\\'])(
      'are empty where no key can be: %j',
      async (prefix) => {
        await store.put('a/b', bytes('x'), { metadata: { a: '1' } });

        expect(await keysOf(store, prefix)).toEqual([]);
      },
    );

    it('hold 1,500 keys', async () => {
      const keys = Array.from({ length: 1500 }, (_, index) => `t/date=${index % 7}/${(index * 7919) % 1500}`);
      for (let at = 0; at < keys.length; at += 50) {
        await Promise.all(keys.slice(at, at + 50).map((key) => store.put(key, bytes(key))));
      }

      expect(await keysOf(store, '')).toEqual([...keys].sort());
      expect(await keysOf(store, 't/date=3/')).toEqual(
        keys.filter((key) => key.startsWith('t/date=3/')).sort(),
      );
    });

    it('go on when objects are deleted under them', async () => {
      for (let index = 0; index < 30; index += 1) await store.put(`d${index % 3}/${index}`, bytes('x'));

      const seen: string[] = [];
      for await (const { key } of store.list('')) {
        seen.push(key);
        if (seen.length === 1)
          await Promise.all((await keysOf(store, 'd1/')).map((gone) => store.delete(gone)));
      }

      expect(seen.filter((key) => key.startsWith('d0/'))).toHaveLength(10);
      expect(seen.filter((key) => key.startsWith('d2/'))).toHaveLength(10);
    });
  });
}
