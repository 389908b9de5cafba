import { PreconditionFailedError } from './errors';
import type { ObjectInfo, ObjectStore, PutOptions } from './ports/object-store';

/** What was written; `undefined` where the condition did not hold and nothing was. @throws StorageError */
export async function putIf(
  store: Pick<ObjectStore, 'put'>,
  key: string,
  { body, ...options }: PutOptions & { readonly body: Uint8Array },
): Promise<ObjectInfo | undefined> {
  try {
    return await store.put(key, body, options);
  } catch (error) {
    if (error instanceof PreconditionFailedError) return undefined;
    throw error;
  }
}
