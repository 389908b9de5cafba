import { SECONDS_PER_DAY } from '../time/day';
import { STANDARD_TIME_YEAR, zoneOffsetSeconds } from '../time/zone';
import type { Cron } from './cron';

export const MINUTES_PER_DAY = SECONDS_PER_DAY / 60;
const DAYS_SAMPLED = 365;

/** A time of day at which a schedule fires. */
export interface Firing {
  /** Minute of the day on the schedule's clock. */
  readonly wallClock: number;
  /** Minute of the UTC day, for each offset that the schedule's zone has in the year: winter's and summer's. */
  readonly inUtc: readonly number[];
}

/** The times of day of a cron expression, ascending. Which days it leaves out counts only by their month. */
export function cronFirings({ hours, minutes, months }: Cron, timezone: string): Firing[] {
  const offsets = offsetMinutes(timezone, months);
  return hours
    .flatMap((hour) => minutes.map((minute) => hour * 60 + minute))
    .map((wallClock) => ({ wallClock, inUtc: offsets.map((offset) => minuteOfDay(wallClock - offset)) }));
}

/** The offsets that a zone has in these months, in minutes east of UTC, ascending. */
export function offsetMinutes(timezone: string, months: readonly number[]): number[] {
  const noon = Date.UTC(STANDARD_TIME_YEAR, 0, 1, 12);
  const noons = Array.from({ length: DAYS_SAMPLED }, (_, day) => noon + day * SECONDS_PER_DAY * 1000);
  const inMonths = noons.filter((instant) => months.includes(new Date(instant).getUTCMonth() + 1));
  const offsets = new Set(inMonths.map((instant) => zoneOffsetSeconds(timezone, instant) / 60));
  return [...offsets].sort((one, other) => one - other);
}

/** The instant of a wall clock's time, itself given as if it were UTC. Milliseconds since the epoch. */
export function instantOfWallClock(wallClock: number, timezone: string): number {
  const near = wallClock - zoneOffsetSeconds(timezone, wallClock) * 1000;
  return wallClock - zoneOffsetSeconds(timezone, near) * 1000;
}

/** @param minutes may lie before or after the day */
export function minuteOfDay(minutes: number): number {
  return ((minutes % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
}

/** `HH:MM` */
export function clockText(minute: number): string {
  return new Date(minute * 60_000).toISOString().slice(11, 16);
}
