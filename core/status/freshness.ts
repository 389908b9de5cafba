import { DamagedObjectError } from '../errors';
import { readManifestOrDamage } from '../manifest/manifest-store';
import type { Pipeline } from '../pipeline/pipeline';
import { newestDay } from '../planning/window';
import type { ObjectStore } from '../ports/object-store';
import { addDays, type Day, SECONDS_PER_DAY } from '../time/day';

const MILLISECONDS_PER_DAY = SECONDS_PER_DAY * 1000;
const MILLISECONDS_PER_HOUR = 3_600_000;

/** Days looked back at most; a lake that lacks more is as overdue as an alarm needs to know. */
export const MAX_OVERDUE_DAYS = 31;

/** The latest instant that is the hour of a UTC day and not after `now`. @param now milliseconds since the epoch */
export function lastDeadline(now: number, hour: number): number {
  const offset = hour * MILLISECONDS_PER_HOUR;
  return Math.floor((now - offset) / MILLISECONDS_PER_DAY) * MILLISECONDS_PER_DAY + offset;
}

/** The newest day that had to be published by the last deadline. */
export function dueDay(pipeline: Pick<Pipeline, 'locations' | 'window'>, now: number, hour: number): Day {
  return newestDay(pipeline, lastDeadline(now, hour));
}

export interface OverdueDays {
  /** Newest first. */
  readonly days: readonly Day[];
  /** Manifests of these days that are there and cannot be read. */
  readonly damaged: readonly DamagedObjectError[];
}

/** Days without a whole manifest from the day due backwards until one that has one; at most MAX_OVERDUE_DAYS. */
export async function overdueDays(store: ObjectStore, pipeline: string, due: Day): Promise<OverdueDays> {
  const days: Day[] = [];
  const damaged: DamagedObjectError[] = [];
  for (let day = due; days.length < MAX_OVERDUE_DAYS; day = addDays(day, -1)) {
    const found = await readManifestOrDamage(store, pipeline, day);
    if (found instanceof DamagedObjectError) damaged.push(found);
    else if (found !== undefined) break;
    days.push(day);
  }
  return { days, damaged };
}
