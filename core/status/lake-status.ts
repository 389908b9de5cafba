import { DamagedObjectError } from '../errors';
import { dayOfDocument, leasePrefix } from '../keys/processed-keys';
import type { Manifest } from '../manifest/manifest';
import { publishedDays, readManifestOrDamage } from '../manifest/manifest-store';
import { type PartialTable, partialTables } from '../manifest/partial-tables';
import { mapConcurrently } from '../map-concurrently';
import type { Pipeline } from '../pipeline/pipeline';
import { outsideProjection } from '../pipeline/projection';
import { lastSettledDay } from '../planning/reach';
import { isSameSource, sourceOfDay } from '../planning/source-rule';
import { newestDay } from '../planning/window';
import type { ObjectStore } from '../ports/object-store';
import { type LeaseDocument, readLease } from '../publish/lease';
import { ENDED_LEASE_BYTES } from '../publish/lease-document';
import { type Day, dayOfInstant, daySpan, daysBetween } from '../time/day';
import { type DayRange, dayRanges } from './day-ranges';
import { MAX_OVERDUE_DAYS } from './freshness';
import { type ColumnQuality, qualitySummary } from './quality-summary';
import { NO_RAW_FINDINGS, type RawFindings, rawFindings } from './raw-findings';
import { type SizeSummary, sizeSummary } from './size-summary';

const READS_AT_ONCE = 8;

export interface StatusQuestion {
  /** Its name alone where its file is not at hand. */
  readonly pipeline: Pipeline | NamedPipeline;
  readonly processed: ObjectStore;
  /** Nothing is told of raw when left out. */
  readonly raw?: ObjectStore;
  /** Reference instant, milliseconds since the epoch. */
  readonly now: number;
}

/** A pipeline that the lake holds and whose file is not at hand: which days are due is not known then. */
export interface NamedPipeline {
  readonly name: string;
  readonly window?: undefined;
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
    /** `null` where the pipeline's file is not at hand. */
    readonly newest_due: Day | null;
    readonly newest_published: Day | null;
    /** {@link MAX_OVERDUE_DAYS} while nothing is published, as the watching function counts; `null` with `newest_due`. */
    readonly days_overdue: number | null;
  };
  /** Days without a manifest between the first published one and the newest due, or the last published if that is later. */
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
  /** Published days that Athena does not show: before the pipeline's earliest day, or after its API's last. */
  readonly not_in_athena: readonly DayRange[];
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
  const leases = await readLeases({ pipeline, processed, now });
  const { manifests, damaged } = await readManifests(processed, pipeline.name, days);
  const known = pipeline.window === undefined ? undefined : pipeline;
  const due = known === undefined ? null : dueState(days, known, now);
  const [first, last] = [days[0] ?? null, days.at(-1) ?? null];
  const daysWhere = (holds: (manifest: Manifest) => boolean) =>
    dayRanges(manifests.filter(holds).map(dateOf));
  return {
    pipeline: pipeline.name,
    as_of: new Date(now).toISOString(),
    published: { days: days.length, first, last },
    freshness: {
      newest_due: due?.newest ?? null,
      newest_published: last,
      days_overdue: due?.daysOverdue ?? null,
    },
    gaps: gapsIn(days, due?.newest),
    damaged,
    raw: raw === undefined ? NO_RAW_FINDINGS : await rawFindings(raw, pipeline.name, manifests),
    partial: manifests
      .filter(({ partial }) => partial)
      .map((manifest) => ({ date: dateOf(manifest), tables: partialTables(manifest) })),
    leases,
    better_from_history: daysWhere(
      (manifest) => known !== undefined && isBetterFromHistory(known, manifest, now),
    ),
    simulated: daysWhere(({ simulated }) => simulated),
    not_in_athena: dayRanges(known === undefined ? [] : outsideProjection(days, known, now)),
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

/** Settled days of the future say nothing of the day that is due. */
function dueState(
  days: readonly Day[],
  pipeline: Pipeline,
  now: number,
): { newest: Day; daysOverdue: number } {
  const newest = newestDay(pipeline, now);
  const hasFuture = lastSettledDay(pipeline.source.api) !== undefined;
  const last = days.filter((day) => !hasFuture || day <= newest).at(-1);
  const daysOverdue = last === undefined ? MAX_OVERDUE_DAYS : Math.max(0, daySpan(last, newest) - 1);
  return { newest, daysOverdue };
}

function gapsIn(days: readonly Day[], newestDue: Day | undefined): DayRange[] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const end = newestDue !== undefined && newestDue > last ? newestDue : last;
  const published = new Set(days);
  return dayRanges(daysBetween(first, end).filter((day) => !published.has(day)));
}

/** Leases that hold or mark a date. Those that have ended stay in some stores, one for each date, and are passed over. */
async function readLeases({ pipeline, processed, now }: StatusQuestion): Promise<DateLease[]> {
  const dates: Day[] = [];
  for await (const { key, size } of processed.list(leasePrefix(pipeline.name))) {
    const date = dayOfDocument(key);
    if (date !== undefined && size !== ENDED_LEASE_BYTES) dates.push(date);
  }
  const leases = await mapConcurrently(dates, READS_AT_ONCE, async (date) => {
    const lease = await readLease(processed, pipeline.name, date);
    // Ended between the listing and the reading, or run out.
    if (lease === undefined || isOver(lease, now)) return undefined;
    return { date, republishing: lease.state === 'promoting', ...lease };
  });
  return leases.filter((lease) => lease !== undefined);
}

/** A mark is never over by itself. */
function isOver({ state, expires_at }: LeaseDocument, now: number): boolean {
  return state === 'held' && !(Date.parse(expires_at) > now);
}

function isBetterFromHistory({ source }: Pipeline, { date, source: served }: Manifest, now: number): boolean {
  const { history } = source;
  if (history === undefined || isSameSource(served, history)) return false;
  return isSameSource(sourceOfDay(source, date as Day, dayOfInstant(now)), history);
}
