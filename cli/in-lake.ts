import { StorageError } from '../core/errors';
import { oneLine } from '../core/message-text';

/** Does the work; what the lake's objects lack is told with the lake that they lie in. */
export async function inLake<T>(lake: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof StorageError)) throw cause;
    throw new StorageError(`${cause.message}\nThe lake: ${oneLine(lake)}`, {
      context: { ...cause.context, lake },
      cause,
    });
  }
}
