import type { ObjectInfo, ObjectMetadata, ObjectStore } from '../ports/object-store';
import { putIf } from '../put-if';

/** Metadata of a body that ended before its framing said. */
const INCOMPLETE = 'false';

export function isComplete({ metadata }: ObjectInfo): boolean {
  return metadata.complete !== INCOMPLETE;
}

/** For the bytes of a kept body that arrive whole after they had arrived without their end: they count from now on. */
export async function markComplete(store: ObjectStore, key: string, metadata: ObjectMetadata): Promise<void> {
  const known = await store.head(key);
  if (known === undefined || isComplete(known)) return;
  const found = await store.get(key);
  if (found === undefined || isComplete(found.info)) return;
  await putIf(store, key, { body: found.body, metadata, condition: { etag: found.info.etag } });
}
