import type { ObjectStore } from '../../../../core/ports/object-store';
import { bodyOf, bytes, type NewStore, sha256, text } from './reading';

export function describeObjects(newStore: NewStore): void {
  describe('objects', () => {
    let store: ObjectStore;
    beforeEach(async () => {
      store = await newStore();
    });

    it('gives back the bytes, their size and their hash', async () => {
      const body = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);

      const put = await store.put('raw/a.bin', body);
      const found = await store.get('raw/a.bin');

      expect(Buffer.compare(found!.body, body)).toBe(0);
      expect(put).toEqual({
        key: 'raw/a.bin',
        size: 70_000,
        etag: put.etag,
        sha256: sha256(body),
        metadata: {},
      });
      expect(found!.info).toEqual(put);
      expect(await store.head('raw/a.bin')).toEqual(put);
    });

    it('keeps bodies of several megabytes', async () => {
      const body = Buffer.alloc(5 << 20, 'weather');

      const put = await store.put('large', body);

      expect(put.sha256).toBe(sha256(body));
      expect(body.equals((await store.get('large'))!.body)).toBe(true);
    });

    it('keeps an empty body', async () => {
      await store.put('empty', new Uint8Array());

      expect((await store.get('empty'))!.body).toHaveLength(0);
      expect((await store.head('empty'))!.size).toBe(0);
    });

    it('keeps only the part of a buffer that it was given', async () => {
      await store.put('part', bytes('0123456789').subarray(3, 6));

      expect(await bodyOf(store, 'part')).toBe('345');
    });

    it('knows nothing of a key without an object', async () => {
      await store.put('a/b', bytes('here'));

      for (const key of ['b', 'a', 'a/b/c', 'a/bb']) {
        expect(await store.head(key)).toBeUndefined();
        expect(await store.get(key)).toBeUndefined();
      }
    });

    it('replaces an object whole, with another etag', async () => {
      const first = await store.put('k', bytes('a longer first body'));

      const second = await store.put('k', bytes('second'));

      expect(await bodyOf(store, 'k')).toBe('second');
      expect(second.etag).not.toBe(first.etag);
      expect((await store.head('k'))!.etag).toBe(second.etag);
    });

    it('sees a replacement of the same length at once, many times over', async () => {
      for (let round = 0; round < 40; round += 1) {
        const body = bytes(`round ${String(round).padStart(3, '0')}`);
        await store.put('k', body);
        expect((await store.head('k'))!.sha256).toBe(sha256(body));
        expect((await store.get('k'))!.info.sha256).toBe(sha256(body));
      }
    });

    it('shares no memory with its callers', async () => {
      const body = bytes('given');
      await store.put('k', body);
      body.fill(0);
      const first = (await store.get('k'))!.body;
      first.fill(0);

      expect(await bodyOf(store, 'k')).toBe('given');
    });

    it('keeps what many callers write at once', async () => {
      const keys = Array.from({ length: 40 }, (_, index) => `t/date=2026-01-${10 + (index % 4)}/${index}`);

      await Promise.all(keys.map((key) => store.put(key, bytes(key), { metadata: { name: key } })));

      for (const key of keys) {
        const found = await store.get(key);
        expect([text(found?.body), found?.info.metadata]).toEqual([key, { name: key }]);
      }
    });

    it('ends with one of the writes when many go to one key', async () => {
      const names = Array.from({ length: 16 }, (_, index) => `writer-${index}`);

      await Promise.all(names.map((name) => store.put('k', bytes(name), { metadata: { name } })));

      const found = await store.get('k');
      expect(names).toContain(text(found!.body));
      expect(found!.info.metadata).toEqual({ name: text(found!.body) });
    });
  });
}
