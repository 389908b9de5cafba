import { DamagedObjectError } from '../errors';
import { daysOfRawKey, rawPrefix } from '../keys/raw-keys';
import { mapConcurrently } from '../map-concurrently';
import type { ObjectStore } from '../ports/object-store';
import { isComplete } from './complete-bodies';
import { getWhole } from './verify-raw-object';

const COPIES_AT_ONCE = 8;

/** Where a pipeline's raw objects are copied from and to. */
export interface RawToCopy {
  readonly from: ObjectStore;
  readonly to: ObjectStore;
  readonly pipeline: string;
}

export interface CopiedRaw {
  readonly copied: number;
  /** Objects that were there already and whole: raw is never changed, but an answer that ended early may have arrived whole since. */
  readonly present: number;
  /** Objects that are damaged where they come from, and that the copy lacks. */
  readonly damaged: readonly DamagedObjectError[];
}

/** A pipeline's raw objects into another lake, metadata included, without which nothing can be made from them again. */
export async function copyRaw({ from, to, pipeline }: RawToCopy): Promise<CopiedRaw> {
  const keys: string[] = [];
  for await (const { key } of from.list(rawPrefix(pipeline)))
    if (daysOfRawKey(key) !== undefined) keys.push(key);
  const copies = await mapConcurrently(keys, COPIES_AT_ONCE, (key) => copyOnce(from, to, key));
  const copied = copies.filter((copy) => copy === 'copied').length;
  const damaged = copies.filter((copy) => copy instanceof DamagedObjectError);
  return { copied, present: keys.length - copied - damaged.length, damaged };
}

async function copyOnce(
  from: ObjectStore,
  to: ObjectStore,
  key: string,
): Promise<'copied' | 'present' | DamagedObjectError> {
  const kept = await getWhole(to, key);
  const isKept = !(kept instanceof DamagedObjectError);
  if (isKept && isComplete(kept.info)) return 'present';
  const found = await getWhole(from, key);
  if (isKept && (found instanceof DamagedObjectError || !isComplete(found.info))) return 'present';
  if (found instanceof DamagedObjectError) return found;
  await to.put(key, found.body, { metadata: found.info.metadata });
  return 'copied';
}
