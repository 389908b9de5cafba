import { PreconditionFailedError, StorageError } from '../errors';
import type { ObjectStore } from '../ports/object-store';

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
  const write = (text: string, condition: { readonly absent: true } | { readonly etag: string }) =>
    store.put(key, Buffer.from(text), { condition });
  try {
    const { etag } = await write('created\n', { absent: true });
    if (!(await isUnmet(write('created again\n', { absent: true })))) return 'ignored';
    await write('replaced\n', { etag });
    return (await isUnmet(write('replaced again\n', { etag }))) ? 'kept' : 'ignored';
  } catch (error) {
    if (error instanceof PreconditionFailedError || isNotImplemented(error)) return 'refused';
    throw error;
  } finally {
    await store.delete(key).catch(passOverStorage);
  }
}

async function isUnmet(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return false;
  } catch (error) {
    if (error instanceof PreconditionFailedError) return true;
    throw error;
  }
}

function isNotImplemented(error: unknown): boolean {
  return error instanceof StorageError && error.context.http_status === NOT_IMPLEMENTED;
}

function passOverStorage(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
}
