import type { Section } from '../model/source';
import { isDaySection } from '../pipeline/pipeline';
import { type Day, dayOfNumber, SECONDS_PER_DAY } from '../time/day';
import type { LocationAnswer } from './location-answer';

/** The rows of one location's answer that belong to one partition: `from` up to, not including, `to`. */
export interface DaySlice {
  readonly answer: LocationAnswer;
  readonly from: number;
  readonly to: number;
}

/** A row's position on the partition's time line, in seconds: UTC for instants, the local label for calendar days. */
export function rowShiftSeconds(answer: LocationAnswer, section: Section): number {
  const isUnix = answer.section.timeFormat === 'unixtime';
  if (isDaySection(section)) return isUnix ? answer.offsetSeconds : 0;
  return isUnix ? 0 : -answer.offsetSeconds;
}

/** The answer's rows by partition, in order of time. */
export function sliceByDay(answer: LocationAnswer, section: Section): Map<Day, DaySlice> {
  const shift = rowShiftSeconds(answer, section);
  const { time, rows } = answer.section;
  const slices = new Map<Day, DaySlice>();
  let from = 0;
  while (from < rows) {
    const day = Math.floor((time[from]! + shift) / SECONDS_PER_DAY);
    const end = (day + 1) * SECONDS_PER_DAY - shift;
    let to = from + 1;
    while (to < rows && time[to]! < end) to++;
    slices.set(dayOfNumber(day), { answer, from, to });
    from = to;
  }
  return slices;
}
