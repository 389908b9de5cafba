import {
  ALL_STAGING_PREFIX,
  runStagingPrefix,
  stagedPlace,
  stagingOwnerKey,
  stagingPrefix,
} from '../keys/processed-keys';
import type { Holders } from '../ports/holders';
import type { ObjectStore } from '../ports/object-store';
import { SECONDS_PER_DAY } from '../time/day';
import { readStagingOwner, type StagingOwner } from './staging-owner';

/** No run stages the same days for so long; what is older was left behind, whatever else is known of the run. */
export const STAGING_LIFETIME_DAYS = 14;

const LIFETIME_MS = STAGING_LIFETIME_DAYS * SECONDS_PER_DAY * 1000;
const RUN_START = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-/;

/** `<UTC start as YYYYMMDDTHHMMSSZ>-<suffix>`. @param start milliseconds since the epoch */
export function runIdOf(start: number, suffix: string): string {
  return `${new Date(start).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z-${suffix}`;
}

/** Whether a run began so long ago that it cannot be under way any more. Run ids without a start time are never stale. */
export function isStale(runId: string, now: number): boolean {
  const [, ...fields] = RUN_START.exec(runId) ?? [];
  if (fields.length === 0) return false;
  const [year, month, day, hour, minute, second] = fields.map(Number);
  const start = Date.UTC(year!, month! - 1, day, hour, minute, second);
  return now - start > LIFETIME_MS;
}

/** How a run is judged. */
export interface StagingJudge {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly holders: Pick<Holders, 'isGone'>;
}

/** A run that staged objects. */
export interface StagedRun {
  readonly pipeline: string;
  readonly runId: string;
  /** True only when the run certainly stages no more. */
  readonly isLeftBehind: boolean;
}

/**
 * The runs that staged something, by pipeline and run id. A run is left behind when its process is gone, when it was ended
 * from outside, or after {@link STAGING_LIFETIME_DAYS}: for a process of another machine, and for an orchestrated run, which
 * may take up to 13 days and has no process of its own, only the last is certain.
 *
 * @param pipeline all pipelines when left out
 */
export async function* stagedRuns(
  store: ObjectStore,
  judge: StagingJudge,
  pipeline?: string,
): AsyncGenerator<StagedRun> {
  let last: StagedRun | undefined;
  const prefix = pipeline === undefined ? ALL_STAGING_PREFIX : stagingPrefix(pipeline);
  for await (const { key } of store.list(prefix)) {
    const place = stagedPlace(key);
    if (place === undefined) continue;
    // An owner's key sorts right before the objects of its run.
    if (last?.runId === place.runId && last.pipeline === place.pipeline) continue;
    const owner = place.isOwner ? await readStagingOwner(store, key) : undefined;
    last = { pipeline: place.pipeline, runId: place.runId, isLeftBehind: isOver(place.runId, owner, judge) };
    yield last;
  }
}

function isOver(runId: string, owner: StagingOwner | undefined, { now, holders }: StagingJudge): boolean {
  if (owner === undefined) return isStale(runId, now);
  const { holder, since, ends_by } = owner;
  if (holders.isGone(holder)) return true;
  return (ends_by !== null && Date.parse(ends_by) < now) || now - Date.parse(since) > LIFETIME_MS;
}

/** Removes what runs of the pipeline staged and left behind. Returns their ids. @param sweep ends between runs when aborted */
export async function sweepStaging(
  store: ObjectStore,
  pipeline: string,
  sweep: StagingJudge & { readonly signal?: AbortSignal },
): Promise<string[]> {
  const swept: string[] = [];
  for await (const { runId, isLeftBehind } of stagedRuns(store, sweep, pipeline)) {
    if (sweep.signal?.aborted) break;
    if (!isLeftBehind) continue;
    await removeRun(store, pipeline, runId);
    swept.push(runId);
  }
  return swept;
}

/** Removes what a run staged; its owner last, so that a sweep that is killed is taken up by the next. */
export async function removeRun(store: ObjectStore, pipeline: string, runId: string): Promise<void> {
  for await (const { key } of store.list(runStagingPrefix(pipeline, runId))) await store.delete(key);
  await store.delete(stagingOwnerKey(pipeline, runId));
}
