import { PreconditionFailedError } from '../../../../core/errors';
import type { ObjectStore } from '../../../../core/ports/object-store';
import { bodyOf, bytes, keysOf, type NewStore, text } from './reading';

export function describeConditions(newStore: NewStore): void {
  describe('conditions', () => {
    let store: ObjectStore;
    beforeEach(async () => {
      store = await newStore();
    });

    it('create an object only where there is none', async () => {
      await store.put('k', bytes('first'), { condition: { absent: true } });

      await expect(store.put('k', bytes('second'), { condition: { absent: true } })).rejects.toBeInstanceOf(
        PreconditionFailedError,
      );
      expect(await bodyOf(store, 'k')).toBe('first');
    });

    it('let exactly one of many creators win', async () => {
      const names = Array.from({ length: 24 }, (_, index) => `creator-${index}`);

      const outcomes = await Promise.allSettled(
        names.map((name) =>
          store.put('a/b/k', bytes(name), { metadata: { name }, condition: { absent: true } }),
        ),
      );

      const winners = names.filter((_, index) => outcomes[index]!.status === 'fulfilled');
      const found = await store.get('a/b/k');
      expect(winners).toEqual([text(found!.body)]);
      expect(found!.info.metadata).toEqual({ name: winners[0] });
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(PreconditionFailedError);
      }
    });

    it('create again what was deleted', async () => {
      await store.put('k', bytes('x'), { condition: { absent: true } });
      await store.delete('k');

      await store.put('k', bytes('y'), { condition: { absent: true } });

      expect(await bodyOf(store, 'k')).toBe('y');
    });

    it('replace an object only while it is the version that was read', async () => {
      const first = await store.put('k', bytes('first'), { metadata: { a: '1' } });
      const second = await store.put('k', bytes('second'), { condition: { etag: first.etag } });

      await expect(
        store.put('k', bytes('third'), { metadata: { a: '3' }, condition: { etag: first.etag } }),
      ).rejects.toBeInstanceOf(PreconditionFailedError);
      expect((await store.get('k'))!.info).toEqual(second);
    });

    it('never create an object when they ask for a version', async () => {
      const { etag } = await store.put('other', bytes('x'));

      await expect(store.put('k', bytes('x'), { condition: { etag } })).rejects.toBeInstanceOf(
        PreconditionFailedError,
      );
      expect(await keysOf(store, '')).toEqual(['other']);
    });

    it('let exactly one of many replacers win', async () => {
      const { etag } = await store.put('k', bytes('old'));
      const names = Array.from({ length: 24 }, (_, index) => `replacer-${index}`);

      const outcomes = await Promise.allSettled(
        names.map((name) => store.put('k', bytes(name), { condition: { etag } })),
      );

      const winners = names.filter((_, index) => outcomes[index]!.status === 'fulfilled');
      expect(winners).toEqual([await bodyOf(store, 'k')]);
    });
  });
}
