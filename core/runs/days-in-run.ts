import { publishedDays, readManifest } from '../manifest/manifest-store';
import { mapConcurrently } from '../map-concurrently';
import type { Pipeline } from '../pipeline/pipeline';
import { type DaySource, sourceOfDay } from '../planning/source-rule';
import type { ObjectStore } from '../ports/object-store';
import { readLease } from '../publish/lease';
import { type Day, dayOfInstant } from '../time/day';
import type { DayInRun } from './stage-run';

const READS_AT_ONCE = 8;

export interface DaysQuestion {
  readonly pipeline: Pipeline;
  readonly processed: ObjectStore;
  readonly days: readonly Day[];
  /** Reference instant, milliseconds since the epoch. */
  readonly now: number;
  readonly force: boolean;
}

/** What is published of each day, and the source that serves it: a published day keeps its own unless forced. */
export async function lookUpDays({
  pipeline,
  processed,
  days,
  now,
  force,
}: DaysQuestion): Promise<DayInRun[]> {
  const published = new Set(await publishedDays(processed, pipeline.name));
  const today = dayOfInstant(now);
  return mapConcurrently(days, READS_AT_ONCE, async (day) => {
    const manifest = published.has(day) ? await readManifest(processed, pipeline.name, day) : undefined;
    const source: DaySource =
      manifest === undefined || force ? sourceOfDay(pipeline.source, day, today) : manifest.source;
    return { day, source, manifest };
  });
}

/** Whether nothing is left to do for a day: published whole, of this schema, and not being republished. */
export async function isSettled(
  processed: ObjectStore,
  pipeline: Pipeline,
  { day, manifest }: DayInRun,
): Promise<boolean> {
  if (manifest === undefined || manifest.partial) return false;
  if (manifest.schema_version !== pipeline.schemaVersion) return false;
  const lease = await readLease(processed, pipeline.name, day);
  return lease?.state !== 'promoting';
}
