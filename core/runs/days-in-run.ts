import { DamagedObjectError } from '../errors';
import { readManifestOrDamage } from '../manifest/manifest-store';
import { mapConcurrently } from '../map-concurrently';
import type { Pipeline } from '../pipeline/pipeline';
import { type DaySource, sourceOfDay } from '../planning/source-rule';
import type { ObjectStore } from '../ports/object-store';
import { locationsHash } from '../publish/date-version';
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
export function lookUpDays(question: DaysQuestion): Promise<DayInRun[]> {
  return mapConcurrently(question.days, READS_AT_ONCE, (day) => lookUpDay(question, day));
}

/** The source of each day, and nothing else: the manifests of many days are not held at once. */
export async function lookUpSources(question: DaysQuestion): Promise<(day: Day) => DaySource> {
  const sources = await mapConcurrently(question.days, READS_AT_ONCE, async (day) => {
    const { source } = await lookUpDay(question, day);
    return [day, source] as const;
  });
  const byDay = new Map(sources);
  return (day) => byDay.get(day)!;
}

/** The days of a run, all from the source that the run asks. */
export interface OpenDays {
  /** Left to do. */
  readonly open: readonly DayInRun[];
  /** Nothing is left to do for them; none unless answers kept before are used. */
  readonly settled: readonly Day[];
}

/** @param source of the run: it was planned, whatever another run has published since */
export async function findOpenDays(
  question: DaysQuestion,
  { source, reuse }: { readonly source: DaySource; readonly reuse: boolean },
): Promise<OpenDays> {
  const known = (await lookUpDays(question)).map((one) => ({ ...one, source }));
  if (!reuse) return { open: known, settled: [] };
  const settled = new Set<Day>();
  for (const one of known)
    if (await isSettled(question.processed, question.pipeline, one)) settled.add(one.day);
  return { open: known.filter(({ day }) => !settled.has(day)), settled: [...settled] };
}

async function lookUpDay({ pipeline, processed, now, force }: DaysQuestion, day: Day): Promise<DayInRun> {
  const found = await readManifestOrDamage(processed, pipeline.name, day);
  // A damaged manifest stops its own date: publishing reads it again and fails there, after the answers were kept.
  const manifest = found instanceof DamagedObjectError ? undefined : found;
  const source =
    manifest === undefined || force ? sourceOfDay(pipeline.source, day, dayOfInstant(now)) : manifest.source;
  return { day, source, manifest };
}

/** Whether nothing is left to do for a day: published whole, of this schema and these locations, and not being republished. */
export async function isSettled(
  processed: ObjectStore,
  pipeline: Pipeline,
  { day, manifest }: DayInRun,
): Promise<boolean> {
  if (manifest === undefined || manifest.partial) return false;
  if (manifest.schema_version !== pipeline.schemaVersion) return false;
  if (manifest.locations_hash !== locationsHash(pipeline)) return false;
  const lease = await readLease(processed, pipeline.name, day);
  return lease?.state !== 'promoting';
}
