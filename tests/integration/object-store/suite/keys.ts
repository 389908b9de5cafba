import { StorageError } from '../../../../core/errors';
import type { ObjectStore } from '../../../../core/ports/object-store';
import { bodyOf, bytes, keysOf, type NewStore } from './reading';

const UNUSABLE_KEYS = [
  '',
  '/',
  '/a',
  'a/',
  'a//b',
  '.',
  '..',
  'a/..',
  'a/../b',
  './a',
  'a/./b',
  'a\0b',
  'a\nb',
  'a\u0085b',
  'a\\b',
  'a\ud800b',
  '.tmp/a',
  '.metadata/a',
  '.locks/a',
  'k'.repeat(1025),
  `${'é'.repeat(512)}/a`,
];

export function describeKeys(newStore: NewStore): void {
  describe('keys', () => {
    let store: ObjectStore;
    beforeEach(async () => {
      store = await newStore();
    });

    it('may hold what paths of a data lake hold', async () => {
      const keys = [
        'weather_hourly/date=2026-01-31/p.00000.parquet',
        'config/a b+c&d%2F,(é)@:~!.json',
        '…',
        'a/.b',
        'a/..c',
        'x'.repeat(200),
      ];

      for (const key of keys) await store.put(key, bytes(key));

      expect(await keysOf(store, '')).toEqual([...keys].sort());
      for (const key of keys) expect(await bodyOf(store, key)).toBe(key);
    });

    it.each(UNUSABLE_KEYS)('are refused when no store could keep them: %j', async (key) => {
      await store.put('good', bytes('good'));

      await expect(store.put(key, bytes('x'))).rejects.toBeInstanceOf(StorageError);
      await expect(store.get(key)).rejects.toBeInstanceOf(StorageError);
      await expect(store.head(key)).rejects.toBeInstanceOf(StorageError);
      await expect(store.delete(key)).rejects.toBeInstanceOf(StorageError);
      await expect(store.copy('good', key)).rejects.toBeInstanceOf(StorageError);
      await expect(store.copy(key, 'other')).rejects.toBeInstanceOf(StorageError);
      expect(await keysOf(store, '')).toEqual(['good']);
    });

    it('names the key in the error', async () => {
      await expect(store.put('a//b', bytes('x'))).rejects.toMatchObject({
        message: expect.stringContaining('"a//b"'),
        context: { key: 'a//b' },
      });
    });
  });
}
