import type { Manifest } from '../manifest/manifest';
import type { ObjectStore } from '../ports/object-store';
import { type DamageNote, readDamageNotes } from '../raw/damage-notes';
import { reasonOf } from '../raw/raw-damage';
import { verifyRawObject } from '../raw/verify-raw-object';

/** A raw object that is damaged now. */
export interface DamagedRaw {
  readonly key: string;
  /** As `is cut short`. */
  readonly reason: string;
  /** Published days that name it, and cannot be replayed from it. */
  readonly dates: readonly string[];
}

/** What runs found wrong with raw objects, and what became of it. */
export interface RawFindings {
  readonly damaged: readonly DamagedRaw[];
  readonly repaired: readonly Pick<DamageNote, 'key' | 'reason' | 'repaired_at'>[];
}

export const NO_RAW_FINDINGS: RawFindings = { damaged: [], repaired: [] };

/** Looks again at every raw object that a run has found damaged. One that is gone and that no published day names is left out. */
export async function rawFindings(
  store: ObjectStore,
  pipeline: string,
  manifests: readonly Manifest[],
): Promise<RawFindings> {
  const damaged: DamagedRaw[] = [];
  const repaired: RawFindings['repaired'][number][] = [];
  for (const { key, reason, repaired_at } of await readDamageNotes(store, pipeline)) {
    const damage = await verifyRawObject(store, key);
    if (damage === undefined) {
      repaired.push({ key, reason, repaired_at });
      continue;
    }
    const dates = datesNaming(manifests, key);
    const isNeeded = dates.length > 0 || (await store.head(key)) !== undefined;
    if (isNeeded) damaged.push({ key, reason: reasonOf(damage), dates });
  }
  return { damaged, repaired };
}

function datesNaming(manifests: readonly Manifest[], key: string): string[] {
  return manifests
    .filter(({ raw }) => raw.some((one) => one.key === key || one.request === key))
    .map(({ date }) => date);
}
