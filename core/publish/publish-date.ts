import { judge } from '../checks/judge';
import { DataQualityError } from '../errors';
import { recordedError } from '../failure-record';
import { runStagingPrefix } from '../keys/processed-keys';
import type { Manifest } from '../manifest/manifest';
import { readManifest, writeManifest } from '../manifest/manifest-store';
import { saysTheSame } from '../manifest/same-version';
import { allSections, type Pipeline, tablesOf } from '../pipeline/pipeline';
import type { ObjectStore } from '../ports/object-store';
import { isAhead } from '../time/ahead';
import type { Day } from '../time/day';
import {
  type DateVersion,
  newestFetch,
  readStagedVersion,
  versionCounts,
  versionManifest,
} from './date-version';
import { Lease, type LeaseParts } from './lease';
import { promote } from './promote';

/** How publishing a date ended; a failure is an error instead. */
export type PublishOutcome =
  /** A manifest was written. */
  | 'published'
  /** What is published is this very version. */
  | 'unchanged'
  /** A newer fetch is published already. */
  | 'superseded'
  /** This version lacks locations that the published one has, so that one stays. */
  | 'kept';

export interface PublishRequest {
  readonly pipeline: Pipeline;
  readonly day: Day;
  readonly runId: string;
  readonly codeVersion: string;
  /** Publish even what is older or lacks locations. */
  readonly force: boolean;
  /** A replay decodes what was fetched long ago, so age says nothing. */
  readonly replay: boolean;
}

export interface PublishResult {
  readonly day: Day;
  readonly outcome: PublishOutcome;
  readonly manifest: Manifest;
}

/**
 * Judges what a run staged of a date and makes it the published version, manifest last.
 *
 * @throws DataQualityError past a limit, LeaseHeldError while another run publishes the date, StorageError
 */
export async function publishDate(parts: LeaseParts, request: PublishRequest): Promise<PublishResult> {
  const { pipeline, day, runId } = request;
  const lease = await Lease.take(parts, { pipeline: pipeline.name, day, runId });
  try {
    const result = await publishUnderLease(parts, request, lease);
    await (result.outcome === 'published' || result.outcome === 'unchanged'
      ? lease.remove()
      : lease.release());
    return result;
  } catch (error) {
    // A lease that cannot be released now was lost or runs out by itself; the error to tell is the one that came first.
    await lease.release().catch(() => undefined);
    throw error;
  }
}

async function publishUnderLease(
  { store, clock }: LeaseParts,
  request: PublishRequest,
  lease: Lease,
): Promise<PublishResult> {
  const version = await readStagedVersion(store, request);
  const former = await readManifest(store, request.pipeline.name, request.day);
  const manifest = versionManifest(version, request.codeVersion);
  const now = clock.now();
  const standing = standingOutcome({ request, version, manifest, former, lease, now });
  if (standing !== undefined) return { day: request.day, outcome: standing, manifest: former! };
  assertAnswered(version);
  judge(request.pipeline, request.day, versionCounts(version));
  const { copied, deleted } = await promote({ store, lease, version, former });
  if (copied + deleted === 0 && former !== undefined && saysTheSame(former, manifest, now)) {
    return { day: request.day, outcome: 'unchanged', manifest: former };
  }
  await lease.guard();
  await writeManifest(store, manifest);
  return { day: request.day, outcome: 'published', manifest };
}

interface Standing {
  readonly request: PublishRequest;
  readonly version: DateVersion;
  readonly manifest: Manifest;
  readonly former: Manifest | undefined;
  readonly lease: Lease;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Whether the published version stays as it is. A date that was left half promoted never does. */
function standingOutcome({
  request,
  version,
  manifest,
  former,
  lease,
  now,
}: Standing): PublishOutcome | undefined {
  if (former === undefined || request.force || lease.isPromoting) return undefined;
  const fetched = newestFetch(version);
  // A clock that ran ahead would freeze the date until its time has come.
  const isOlder = fetched !== undefined && fetched < former.fetched_at && !isAhead(former.fetched_at, now);
  if (!request.replay && isOlder) return 'superseded';
  return manifest.partial && lacksPublished(manifest, former) ? 'kept' : undefined;
}

/** Whether a location that is published is missing now. With other locations than then, one not known as missing counts as published. */
function lacksPublished(manifest: Manifest, former: Manifest): boolean {
  return Object.entries(manifest.tables).some(([name, { locations }]) => {
    const before = former.tables[name];
    if (before === undefined) return false;
    const missing = new Set(before.locations.missing);
    return locations.missing.some((id) => !missing.has(id));
  });
}

/** A request fills the tables of its section alike, so the first of them stands for it. @throws why the first of them failed */
function assertAnswered({ pipeline, day, staged }: DateVersion): void {
  const firstTables = allSections(pipeline).map((section) => tablesOf(pipeline, section)[0]!.name);
  const requests = staged.filter(({ table }) => firstTables.includes(table));
  const without = requests.filter(({ answered }) => !answered);
  const unanswered = without.length;
  const isEmpty = staged.every(({ object }) => object === null);
  const isTolerated = !(unanswered / requests.length > pipeline.source.tolerated_failed_share);
  if (!isEmpty && isTolerated) return;
  const failure = without.find((one) => one.failure !== null)?.failure;
  if (failure) throw recordedError(failure);
  throw new DataQualityError(
    `${day}: ${unanswered} of ${requests.length} requests have no answer, source.tolerated_failed_share is ${pipeline.source.tolerated_failed_share}. Ingest the date again.`,
    { context: { pipeline: pipeline.name, batch_date: day, unanswered, requests: requests.length } },
  );
}

/** Removes what a run staged. @param isStaged of a key; every key of the run when left out */
export async function deleteStaging(
  store: ObjectStore,
  pipeline: string,
  runId: string,
  isStaged: (key: string) => boolean = () => true,
): Promise<void> {
  for await (const { key } of store.list(runStagingPrefix(pipeline, runId)))
    if (isStaged(key)) await store.delete(key);
}
