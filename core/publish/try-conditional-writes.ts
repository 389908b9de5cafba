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
 * @param key of no object; where a deletion that fails leaves nothing for good
 * @throws StorageError when the store fails otherwise
 */
export async function tryConditionalWrites(store: ObjectStore, key: string): Promise<ConditionalWrites> {
  const write = (text: string, condition: Precondition) =>
    putIf(store, key, { body: Buffer.from(text), condition });
  try {
    const created = await write('created\n', { absent: true });
    if (created === undefined) return 'refused';
    if ((await write('created again\n', { absent: true })) !== undefined) return 'ignored';
    const { etag } = created;
    if ((await write('replaced\n', { etag })) === undefined) return 'refused';
    return (await write('replaced again\n', { etag })) === undefined ? 'kept' : 'ignored';
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
