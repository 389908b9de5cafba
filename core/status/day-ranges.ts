import { addDays, type Day, daySpan } from '../time/day';

/** Days in a row. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
}

/** @param days in order, each once */
export function dayRanges(days: readonly Day[]): DayRange[] {
  const ranges: DayRange[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day) {
      ranges[ranges.length - 1] = { from: last.from, to: day, days: daySpan(last.from, day) };
    } else ranges.push({ from: day, to: day, days: 1 });
  }
  return ranges;
}
