import {
  pipelineOfObject,
  quarantinePartitionPrefix,
  stagedKey,
  tablePartitionPrefix,
} from '../keys/processed-keys';
import type { Manifest, ObjectReference } from '../manifest/manifest';
import type { ObjectStore } from '../ports/object-store';
import { type DateVersion, locationsHash, versionObjects, versionQuarantine } from './date-version';
import type { Lease } from './lease';

export interface Promotion {
  readonly store: ObjectStore;
  readonly lease: Lease;
  readonly version: DateVersion;
  /** The manifest that is published now. */
  readonly former: Manifest | undefined;
}

/** What promotion changed. */
export interface PromotionCounts {
  readonly deleted: number;
  readonly copied: number;
}

/**
 * Makes the published objects of the date those of this version. Between any two writes a reader by prefix finds whole
 * files and no row twice: what would clash goes before anything comes.
 */
export async function promote(promotion: Promotion): Promise<PromotionCounts> {
  const { version, former, lease } = promotion;
  const wanted = new Map(
    [...versionObjects(version), ...versionQuarantine(version)].map((object) => [object.key, object]),
  );
  // Read before the mark: the mark itself would say that locations may have moved.
  const mayHaveMoved = lease.isPromoting || former?.locations_hash !== locationsHash(version.pipeline);
  const published = await publishedObjects(promotion);
  const differing = await differingObjects(promotion, wanted);
  const isGoing = (key: string) => !wanted.has(key) || (mayHaveMoved && differing.has(key));
  const going = published.filter(isGoing);
  if (going.length + differing.size === 0) return { deleted: 0, copied: 0 };
  await lease.markPromoting();
  for (const key of going) {
    await lease.guard();
    await promotion.store.delete(key);
  }
  for (const key of differing.keys()) {
    await lease.guard();
    await promotion.store.copy(stagedKey(version.pipeline.name, version.runId, key), key);
  }
  return { deleted: going.length, copied: differing.size };
}

/** Keys of this pipeline's objects of the date, of tables that it has or had. */
async function publishedObjects({ store, version, former }: Promotion): Promise<string[]> {
  const { pipeline, day, staged } = version;
  const tables = new Set([...staged.map(({ table }) => table), ...Object.keys(former?.tables ?? {})]);
  const keys: string[] = [];
  for (const table of tables) {
    for (const prefix of [tablePartitionPrefix(table, day), quarantinePartitionPrefix(table, day)]) {
      for await (const { key } of store.list(prefix))
        if (pipelineOfObject(key) === pipeline.name) keys.push(key);
    }
  }
  return keys;
}

async function differingObjects(
  { store }: Promotion,
  wanted: ReadonlyMap<string, ObjectReference>,
): Promise<Map<string, ObjectReference>> {
  const differing = new Map<string, ObjectReference>();
  for (const [key, object] of wanted) {
    const info = await store.head(key);
    if (info?.sha256 !== object.sha256) differing.set(key, object);
  }
  return differing;
}
