import { StorageError } from '../errors';
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
  await lease.markPromoting(version.staged.map(({ table }) => table));
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
async function publishedObjects({ store, lease, version, former }: Promotion): Promise<string[]> {
  const { pipeline, day, staged } = version;
  const tables = new Set([
    ...staged.map(({ table }) => table),
    ...Object.keys(former?.tables ?? {}),
    ...lease.unsettledTables,
  ]);
  const keys: string[] = [];
  for (const table of tables) {
    for (const prefix of [tablePartitionPrefix(table, day), quarantinePartitionPrefix(table, day)]) {
      for await (const { key } of store.list(prefix))
        if (pipelineOfObject(key) === pipeline.name) keys.push(key);
    }
  }
  return keys;
}

/** @throws StorageError when an object to be copied is not staged as it was counted; nothing is changed then */
async function differingObjects(
  { store, version }: Promotion,
  wanted: ReadonlyMap<string, ObjectReference>,
): Promise<Map<string, ObjectReference>> {
  const differing = new Map<string, ObjectReference>();
  for (const [key, object] of wanted) {
    if ((await store.head(key))?.sha256 === object.sha256) continue;
    const staged = stagedKey(version.pipeline.name, version.runId, key);
    if ((await store.head(staged))?.sha256 !== object.sha256) throw notAsCounted(staged, version);
    differing.set(key, object);
  }
  return differing;
}

function notAsCounted(key: string, { day }: DateVersion): StorageError {
  return new StorageError(
    `The staged object ${key} is missing or not the one that was counted, so ${day} cannot be published. Run the date again.`,
    { context: { key, batch_date: day } },
  );
}
