import { PreconditionFailedError } from '../../../../core/errors';
import type { ObjectStore } from '../../../../core/ports/object-store';
import { bodyOf, bytes } from './reading';

/** What a store does that checks a version and deletes it in one step. */
export function describeConditionalDeletions(
  newStore: () => Promise<ObjectStore & Required<Pick<ObjectStore, 'deleteIfUnchanged'>>>,
): void {
  describe('conditional deletions', () => {
    it('delete an object only while it is the version that was read', async () => {
      const store = await newStore();
      const first = await store.put('k', bytes('first'));
      const second = await store.put('k', bytes('second'));

      await expect(store.deleteIfUnchanged('k', first.etag)).rejects.toBeInstanceOf(PreconditionFailedError);
      expect(await bodyOf(store, 'k')).toBe('second');

      await store.deleteIfUnchanged('k', second.etag);
      expect(await store.head('k')).toBeUndefined();
      await expect(store.deleteIfUnchanged('k', second.etag)).rejects.toBeInstanceOf(PreconditionFailedError);
    });

    it('or a replacement of one version win, never both', async () => {
      const store = await newStore();
      const { etag } = await store.put('k', bytes('old'));

      const outcomes = await Promise.allSettled([
        store.deleteIfUnchanged('k', etag),
        store.put('k', bytes('new'), { condition: { etag } }),
      ]);

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await bodyOf(store, 'k')).toBe(outcomes[1]!.status === 'fulfilled' ? 'new' : undefined);
    });
  });
}
