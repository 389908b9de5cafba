/** Works on the items as they come, with at most `limit` of them in hand. After a failure no further item is begun. */
export async function forEachConcurrently<T>(
  items: AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const inHand = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    const one = work(item)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => inHand.delete(one));
    inHand.add(one);
    if (inHand.size >= limit) await Promise.race(inHand);
    if (failures.length > 0) break;
  }
  await Promise.all(inHand);
  if (failures.length > 0) throw failures[0];
}
