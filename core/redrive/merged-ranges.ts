import { FREE_SPAN_DAYS } from '../pipeline/defaults';
import type { DaySpan } from '../planning/asked-days';
import { dayRanges } from '../status/day-ranges';
import { addDays, type Day, daySpan, daysBetween } from '../time/day';

/**
 * Ranges of days, joined where asking for the days between costs nothing more.
 *
 * @param days in order, each once
 * @param mayAsk whether a day between may be asked for too
 */
export function mergedRanges(days: readonly Day[], mayAsk: (day: Day) => boolean): DaySpan[] {
  const merged: DaySpan[] = [];
  for (const { from, to } of dayRanges(days)) {
    const last = merged.at(-1);
    const joined = last && { from: last.from, to };
    const isCheaper = joined && costOf(joined) <= costOf(last) + costOf({ from, to });
    const between = last === undefined ? [] : daysBetween(addDays(last.to, 1), addDays(from, -1));
    if (isCheaper === true && between.every(mayAsk)) merged[merged.length - 1] = joined!;
    else merged.push({ from, to });
  }
  return merged;
}

/** In units of a request of one day. */
function costOf({ from, to }: DaySpan): number {
  return Math.max(1, daySpan(from, to) / FREE_SPAN_DAYS);
}
