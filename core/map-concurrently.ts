import { forEachConcurrently } from './for-each-concurrently';

/**
 * Like `Promise.all(items.map(...))`, with at most `limit` under way; results in the order of the items.
 * After a failure no further item is begun; it is told when those under way have ended.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  await forEachConcurrently(items.entries(), limit, async ([index, item]) => {
    results[index] = await work(item);
  });
  return results;
}
