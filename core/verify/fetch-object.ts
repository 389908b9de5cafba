import { StorageError } from '../errors';
import type { ObjectInfo, ObjectStore } from '../ports/object-store';

/** An object's bytes, or why there are none: one that cannot be read must not end the verification of the others. */
export type FetchedObject =
  | { readonly info: ObjectInfo; readonly body: Uint8Array; readonly problem?: undefined }
  | { readonly problem: string };

export const NOT_THERE = 'it is not there';

export async function fetchObject(store: ObjectStore, key: string): Promise<FetchedObject> {
  try {
    return (await store.get(key)) ?? { problem: NOT_THERE };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { problem: `it cannot be read: ${error.message}` };
  }
}
