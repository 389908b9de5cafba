import type { Section } from '../model/source';
import { SECONDS_PER_DAY } from '../time/day';

/** Seconds from a row's time to its end. Other rows are shorter than a day, and their instants no farther away. */
const ROW_SECONDS: Readonly<Partial<Record<Section, number>>> = {
  weekly: 7 * SECONDS_PER_DAY,
  monthly: 31 * SECONDS_PER_DAY,
};

/** The sun of a day in another time zone may rise or set a day away, never more. */
const REACH_SECONDS = 2 * SECONDS_PER_DAY;

/** Whether an instant, such as a sunrise, may belong to a row. Both in UTC seconds; NaN does not. */
export function isNearRow(section: Section, rowSeconds: number, seconds: number): boolean {
  const length = ROW_SECONDS[section] ?? SECONDS_PER_DAY;
  return seconds >= rowSeconds - REACH_SECONDS && seconds <= rowSeconds + length + REACH_SECONDS;
}

/** Seconds from a time as the answer writes it to UTC. */
export function shiftToUtc(format: 'iso8601' | 'unixtime', offsetSeconds: number): number {
  return format === 'unixtime' ? 0 : -offsetSeconds;
}
