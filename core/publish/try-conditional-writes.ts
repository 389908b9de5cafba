import { PreconditionFailedError, StorageError } from '../errors';
import type { ObjectStore } from '../ports/object-store';

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
  const write = (ending: string, condition: { readonly absent: true } | { readonly etag: string }) =>
    store.put(key, Buffer.concat([body, Buffer.from(ending)]), { condition });
  try {
    const { etag } = await write('', { absent: true });
    if (!(await isUnmet(write('\n', { absent: true })))) return 'ignored';
    await write('\n\n', { etag });
    return (await isUnmet(write('\n\n\n', { etag }))) ? 'kept' : 'ignored';
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
