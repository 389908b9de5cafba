import { StorageError } from '../errors';
import type { ObjectStore, Precondition } from '../ports/object-store';
import { putIf } from '../put-if';

/** `kept`: a write whose condition fails is refused. `refused`: the store takes no write with a condition. */
export type ConditionalWrites = 'kept' | 'ignored' | 'refused';

const NOT_IMPLEMENTED = 501;

/**
 * Creates and replaces an object under conditions that hold and under such that do not. What the store has left of it is
 * deleted in the end.
 *
 * @param key of no object
 * @param body of what may stay there when this process ends meanwhile; versions of it end in more line breaks
 * @throws StorageError when the store fails otherwise
 */
export async function tryConditionalWrites(
  store: ObjectStore,
  key: string,
  body: Uint8Array,
): Promise<ConditionalWrites> {
  const write = (ending: string, condition: Precondition) =>
    putIf(store, key, { body: Buffer.concat([body, Buffer.from(ending)]), condition });
  try {
    const created = await write('', { absent: true });
    if (created === undefined) return 'refused';
    if ((await write('\n', { absent: true })) !== undefined) return 'ignored';
    const { etag } = created;
    if ((await write('\n\n', { etag })) === undefined) return 'refused';
    return (await write('\n\n\n', { etag })) === undefined ? 'kept' : 'ignored';
  } catch (error) {
    if (isNotImplemented(error)) return 'refused';
    throw error;
  } finally {
    await store.delete(key).catch(passOverStorage);
  }
}

function isNotImplemented(error: unknown): boolean {
  return error instanceof StorageError && error.context.http_status === NOT_IMPLEMENTED;
}

function passOverStorage(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
}
