import { PreconditionFailedError, StorageError } from '../errors';
import { bodyHashOfKey } from '../keys/raw-keys';
import type { ObjectStore } from '../ports/object-store';
import { fetchObject } from './fetch-object';
import type { DamagedBody, RawInventory } from './raw-inventory';
import { judgeBody } from './read-body';

/** Key of a whole raw object with the very body that the damaged one should have. */
export function copyOf({ key }: DamagedBody, { bodies }: RawInventory): string | undefined {
  const digits = bodyHashOfKey(key)!;
  for (const [candidate, hash] of bodies) if (hash.startsWith(digits) && candidate !== key) return candidate;
  return undefined;
}

/**
 * Puts a whole copy, metadata included, in the place of a damaged or missing raw object.
 *
 * @returns why nothing was written; `undefined` when it was
 */
export async function repairBody(
  raw: ObjectStore,
  damaged: DamagedBody,
  copy: string,
): Promise<string | undefined> {
  const found = await fetchObject(raw, copy);
  if (found.problem !== undefined || !('sha256' in judgeBody(found.info, found.body)))
    return `${copy} is whole no more`;
  const condition = damaged.etag === undefined ? ({ absent: true } as const) : { etag: damaged.etag };
  try {
    await raw.put(damaged.key, found.body, { metadata: found.info.metadata, condition });
    return undefined;
  } catch (error) {
    if (!(error instanceof PreconditionFailedError || error instanceof StorageError)) throw error;
    return error.message;
  }
}
