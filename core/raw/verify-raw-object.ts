import { DamagedObjectError } from '../errors';
import { isRequestName } from '../keys/raw-keys';
import type { ObjectStore } from '../ports/object-store';
import { type StoredBody, verifyBody } from './raw-body';
import { damagedRaw, missingRaw, reasonOf } from './raw-damage';
import { readRequestDocument } from './request-document';

/** What is wrong with a raw object, a body or a request; `undefined` when it is what its key says. @throws StorageError */
export async function verifyRawObject(
  store: Pick<ObjectStore, 'get'>,
  key: string,
): Promise<DamagedObjectError | undefined> {
  const found = await getWhole(store, key);
  return found instanceof DamagedObjectError ? found : undefined;
}

/** A raw object that is what its key says, or what is wrong with it. @throws StorageError when the store fails */
export async function getWhole(
  store: Pick<ObjectStore, 'get'>,
  key: string,
): Promise<StoredBody | DamagedObjectError> {
  try {
    const found = await store.get(key);
    if (found === undefined) return missingRaw(key);
    assertWhole(found);
    return found;
  } catch (error) {
    if (!(error instanceof DamagedObjectError)) throw error;
    return damagedRaw(key, reasonOf(error), error);
  }
}

function assertWhole(found: StoredBody): void {
  const { key } = found.info;
  if (isRequestName(key)) readRequestDocument(found.body, key);
  else verifyBody(found);
}
