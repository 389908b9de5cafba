import { DamagedObjectError } from '../errors';
import { dayOfDocument, leasePrefix } from '../keys/processed-keys';
import type { Manifest } from '../manifest/manifest';
import { publishedDays, readManifestOrDamage } from '../manifest/manifest-store';
import { type PartialTable, partialTables } from '../manifest/partial-tables';
import { mapConcurrently } from '../map-concurrently';
import type { Pipeline } from '../pipeline/pipeline';
import { isSameSource, sourceOfDay } from '../planning/source-rule';
import { newestDay } from '../planning/window';
import type { ObjectStore } from '../ports/object-store';
import { type LeaseDocument, readLease } from '../publish/lease';
import { type Day, dayOfInstant, daySpan, daysBetween } from '../time/day';
import { type DayRange, dayRanges } from './day-ranges';
import { MAX_OVERDUE_DAYS } from './freshness';
import { type ColumnQuality, qualitySummary } from './quality-summary';
import { NO_RAW_FINDINGS, type RawFindings, rawFindings } from './raw-findings';
import { type SizeSummary, sizeSummary } from './size-summary';

const READS_AT_ONCE = 8;

export interface StatusQuestion {
  readonly pipeline: Pipeline;
  readonly processed: ObjectStore;
  /** Nothing is told of raw when left out. */
  readonly raw?: ObjectStore;
  /** Reference instant, milliseconds since the epoch. */
  readonly now: number;
}

/** What is published of a pipeline, and what is wrong with it. */
export interface LakeStatus {
  readonly pipeline: string;
  /** The reference instant, ISO 8601, UTC. */
  readonly as_of: string;
  readonly published: {
    readonly days: number;
    readonly first: Day | null;
    readonly last: Day | null;
  };
  readonly freshness: {
    readonly newest_due: Day;
    readonly newest_published: Day | null;
    /** {@link MAX_OVERDUE_DAYS} while nothing is published, as the watching function counts. */
    readonly days_overdue: number;
  };
  /** Days without a manifest between the first published one and the newest due. */
  readonly gaps: readonly DayRange[];
  /** Days whose manifest is there and cannot be read; nothing else is known of them. */
  readonly damaged: readonly DamagedDay[];
  /** What runs found wrong with raw objects. */
  readonly raw: RawFindings;
  readonly partial: readonly { readonly date: Day; readonly tables: readonly PartialTable[] }[];
  readonly leases: readonly DateLease[];
  /** Days that `source.history` would now serve better: published from the recent source. */
  readonly better_from_history: readonly DayRange[];
  readonly simulated: readonly DayRange[];
  readonly quality: readonly ColumnQuality[];
  readonly sizes: SizeSummary;
}

export interface DamagedDay {
  readonly date: Day;
  /** What is wrong with the manifest, and how the day is made again. */
  readonly reason: string;
}

/** A date that a run works on, or that one has left between two versions. */
export interface DateLease extends LeaseDocument {
  readonly date: Day;
  /** Its objects may be of two versions until a run publishes it. */
  readonly republishing: boolean;
}

/** Reads every manifest of the pipeline. @throws StorageError */
export async function lakeStatus({ pipeline, processed, raw, now }: StatusQuestion): Promise<LakeStatus> {
  const days = await publishedDays(processed, pipeline.name);
  const leases = await readLeases(processed, pipeline.name);
  const { manifests, damaged } = await readManifests(processed, pipeline.name, days);
  const newestDue = newestDay(pipeline, now);
  const [first, last] = [days[0] ?? null, days.at(-1) ?? null];
  const daysWhere = (holds: (manifest: Manifest) => boolean) =>
    dayRanges(manifests.filter(holds).map(dateOf));
  return {
    pipeline: pipeline.name,
    as_of: new Date(now).toISOString(),
    published: { days: days.length, first, last },
    freshness: {
      newest_due: newestDue,
      newest_published: last,
      days_overdue: last === null ? MAX_OVERDUE_DAYS : Math.max(0, daySpan(last, newestDue) - 1),
    },
    gaps: gapsIn(days, newestDue),
    damaged,
    raw: raw === undefined ? NO_RAW_FINDINGS : await rawFindings(raw, pipeline.name, manifests),
    partial: manifests
      .filter(({ partial }) => partial)
      .map((manifest) => ({ date: dateOf(manifest), tables: partialTables(manifest) })),
    leases,
    better_from_history: daysWhere((manifest) => isBetterFromHistory(pipeline, manifest, now)),
    simulated: daysWhere(({ simulated }) => simulated),
    quality: qualitySummary(manifests),
    sizes: sizeSummary(manifests),
  };
}

async function readManifests(store: ObjectStore, pipeline: string, days: readonly Day[]) {
  const manifests: Manifest[] = [];
  const damaged: DamagedDay[] = [];
  const found = await mapConcurrently(days, READS_AT_ONCE, (day) =>
    readManifestOrDamage(store, pipeline, day),
  );
  for (const [index, one] of found.entries()) {
    if (one instanceof DamagedObjectError) damaged.push({ date: days[index]!, reason: one.message });
    else if (one !== undefined) manifests.push(one);
  }
  return { manifests, damaged };
}

function dateOf({ date }: Manifest): Day {
  return date as Day;
}

function gapsIn(days: readonly Day[], newestDue: Day): DayRange[] {
  const [first] = days;
  if (first === undefined) return [];
  const published = new Set(days);
  return dayRanges(daysBetween(first, newestDue).filter((day) => !published.has(day)));
}

async function readLeases(store: ObjectStore, pipeline: string): Promise<DateLease[]> {
  const leases: DateLease[] = [];
  for await (const { key } of store.list(leasePrefix(pipeline))) {
    const date = dayOfDocument(key);
    const lease = date === undefined ? undefined : await readLease(store, pipeline, date);
    // Gone between the listing and the reading: its run has ended.
    if (date === undefined || lease === undefined) continue;
    leases.push({ date, republishing: lease.state === 'promoting', ...lease });
  }
  return leases;
}

function isBetterFromHistory({ source }: Pipeline, { date, source: served }: Manifest, now: number): boolean {
  const { history } = source;
  if (history === undefined || isSameSource(served, history)) return false;
  return isSameSource(sourceOfDay(source, date as Day, dayOfInstant(now)), history);
}
