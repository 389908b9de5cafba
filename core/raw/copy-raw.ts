import { isDamageNote, rawPrefix } from '../keys/raw-keys';
import { mapConcurrently } from '../map-concurrently';
import type { ObjectStore } from '../ports/object-store';
import { rawDamage } from './verify-raw-object';

const COPIES_AT_ONCE = 8;

export interface RawToCopy {
  readonly from: ObjectStore;
  readonly to: ObjectStore;
  /** Name of the pipeline. */
  readonly pipeline: string;
}

export interface CopiedRaw {
  readonly copied: number;
  /** Objects that were there already and whole: raw is never changed, so that an equal key is an equal object. */
  readonly present: number;
}

/** A pipeline's raw objects into another lake, metadata included, without which nothing can be made from them again. */
export async function copyRaw({ from, to, pipeline }: RawToCopy): Promise<CopiedRaw> {
  const keys: string[] = [];
  for await (const { key } of from.list(rawPrefix(pipeline))) if (!isDamageNote(key)) keys.push(key);
  const copies = await mapConcurrently(keys, COPIES_AT_ONCE, (key) => copyOnce(from, to, key));
  const copied = copies.filter(Boolean).length;
  return { copied, present: keys.length - copied };
}

async function copyOnce(from: ObjectStore, to: ObjectStore, key: string): Promise<boolean> {
  if ((await rawDamage(to, key)) === undefined) return false;
  const found = await from.get(key);
  if (found === undefined) return false;
  await to.put(key, found.body, { metadata: found.info.metadata });
  return true;
}
