/**
 * Works on the items as they come, with at most `limit` of them in hand. After a failure no further item is asked for; it
 * is thrown when those in hand have ended.
 */
export async function forEachConcurrently<T>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const coming = asTheyCome(items);
  let isOver = false;
  const worker = async () => {
    try {
      while (!isOver) {
        const { done, value } = await coming.next();
        if (done === true) return;
        await work(value);
      }
    } finally {
      isOver = true;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: limit }, worker));
  await coming.return(undefined);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Several workers may ask at once: a generator answers one after the other. */
async function* asTheyCome<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, undefined> {
  yield* items;
}
