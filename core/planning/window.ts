import { ConfigError } from '../errors';
import type { Location, Pipeline } from '../pipeline/pipeline';
import { addDays, type Day, dayNumber, dayOfInstant, daysBetween, SECONDS_PER_DAY } from '../time/day';

const MILLISECONDS_PER_HOUR = 3_600_000;

/** The instant at which a day has ended in UTC and at every location, and the location that is last. */
export interface DayEnd {
  /** Milliseconds since the epoch. */
  readonly instant: number;
  /** Absent when UTC itself is last. */
  readonly location?: Location;
}

export function dayEnd(day: Day, locations: readonly Location[]): DayEnd {
  const midnight = (dayNumber(day) + 1) * SECONDS_PER_DAY * 1000;
  const last = locations.reduce<Location | undefined>(
    (found, location) => (location.offsetHours < (found?.offsetHours ?? 0) ? location : found),
    undefined,
  );
  if (last === undefined) return { instant: midnight };
  return { instant: midnight - last.offsetHours * MILLISECONDS_PER_HOUR, location: last };
}

/** The latest day that is over at the reference instant, minus the pipeline's lag. @param now milliseconds since the epoch */
export function newestDay(pipeline: Pick<Pipeline, 'locations' | 'window'>, now: number): Day {
  const today = dayOfInstant(now);
  const yesterday = addDays(today, -1);
  const isOver = dayEnd(yesterday, pipeline.locations).instant <= now;
  return addDays(isOver ? yesterday : addDays(yesterday, -1), -pipeline.window.lag_days);
}

/** The days of a daily run, oldest first: the look-back days and the newest one. */
export function windowDays(pipeline: Pick<Pipeline, 'locations' | 'window'>, now: number): Day[] {
  const newest = newestDay(pipeline, now);
  return daysBetween(addDays(newest, -pipeline.window.look_back_days), newest);
}

/** @throws ConfigError when a day asked for by name is not over yet, with the location and the moment it will be */
export function assertOver(days: readonly Day[], locations: readonly Location[], now: number): void {
  const problems = days
    .map((day) => ({ day, end: dayEnd(day, locations) }))
    .filter(({ end }) => end.instant > now)
    .map(({ day, end }) => ({
      path: day,
      message: `${notOver(end)}; ask again then, or for an earlier day`,
    }));
  if (problems.length > 0) throw new ConfigError('Days that are not over cannot be ingested:', problems);
}

/** That a day is not over, where, and until when. */
export function notOver({ instant, location }: DayEnd): string {
  const place =
    location === undefined ? 'in UTC' : `at ${location.name} (UTC${signed(location.offsetHours)})`;
  return `the day is not over ${place} before ${new Date(instant).toISOString()}`;
}

function signed(hours: number): string {
  return hours < 0 ? `${hours}` : `+${hours}`;
}
