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
  let next = 0;
  const worker = async () => {
    try {
      while (next < items.length) {
        const index = next++;
        results[index] = await work(items[index]!);
      }
    } finally {
      next = items.length;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}
