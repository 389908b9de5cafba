/** Sends all, so many at once, one batch after the other. @returns what the batches gave back */
export async function inBatches<T, R>(
  all: readonly T[],
  size: number,
  send: (batch: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += size) results.push(...(await send(all.slice(at, at + size))));
  return results;
}
