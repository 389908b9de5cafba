import { StorageError } from '../errors';
import { bodyHashOfKey } from '../keys/raw-keys';
import { SILENT_LOGGER } from '../ports/logger';
import { verifyBody } from '../raw/raw-body';
import { RawObjects } from '../raw/raw-objects';
import type { DamagedBody, RawInventory } from './raw-inventory';
import type { VerifyParts } from './verify-parts';

/** Key of a whole raw object with the very body that the damaged one should have. */
export function copyOf({ key }: DamagedBody, { bodies }: RawInventory): string | undefined {
  const digits = bodyHashOfKey(key)!;
  for (const [candidate, hash] of bodies) if (hash.startsWith(digits) && candidate !== key) return candidate;
  return undefined;
}

/**
 * Puts a whole copy, metadata included, in the place of a damaged or missing raw object.
 *
 * @returns why nothing was written; `undefined` when the object is whole
 */
export async function repairBody(
  { raw, now }: Pick<VerifyParts, 'raw' | 'now'>,
  { key }: DamagedBody,
  copy: string,
): Promise<string | undefined> {
  // The report tells the repair, so the log does not.
  const objects = new RawObjects({ store: raw, clock: { now: () => now }, logger: SILENT_LOGGER });
  try {
    const whole = await objects.get(copy);
    verifyBody(whole);
    const { metadata } = whole.info;
    await objects.mend(key, {
      check: () => objects.verify(key),
      write: () => raw.put(key, whole.body, { metadata }),
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return error.message;
  }
}
