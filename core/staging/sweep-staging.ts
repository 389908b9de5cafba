import { stagingPrefix } from '../keys/processed-keys';
import type { ObjectStore } from '../ports/object-store';
import { SECONDS_PER_DAY } from '../time/day';

/** No run takes so long; what it staged was left behind by one that was killed. */
export const STAGING_LIFETIME_DAYS = 14;

const RUN_START = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-/;

/** `<UTC start as YYYYMMDDTHHMMSSZ>-<suffix>`. @param start milliseconds since the epoch */
export function runIdOf(start: number, suffix: string): string {
  return `${new Date(start).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z-${suffix}`;
}

/** Whether a run began so long ago that it cannot be under way any more. Who is not named after a start never does. */
export function isStale(runId: string, now: number): boolean {
  const [, ...fields] = RUN_START.exec(runId) ?? [];
  if (fields.length === 0) return false;
  const [year, month, day, hour, minute, second] = fields.map(Number);
  const start = Date.UTC(year!, month! - 1, day, hour, minute, second);
  return now - start > STAGING_LIFETIME_DAYS * SECONDS_PER_DAY * 1000;
}

/** Removes what runs of the pipeline staged and left behind long ago. Returns their ids. */
export async function sweepStaging(store: ObjectStore, pipeline: string, now: number): Promise<string[]> {
  const prefix = stagingPrefix(pipeline);
  const swept = new Set<string>();
  for await (const { key } of store.list(prefix)) {
    const runId = key.slice(prefix.length, key.indexOf('/', prefix.length));
    if (!isStale(runId, now)) continue;
    await store.delete(key);
    swept.add(runId);
  }
  return [...swept];
}
