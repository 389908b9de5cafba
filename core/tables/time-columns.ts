import { rowShiftSeconds } from '../answers/day-slices';
import type { Section } from '../model/source';
import { isDaySection } from '../pipeline/pipeline';
import { SECONDS_PER_DAY } from '../time/day';
import type { PlacedSlice } from './placed-slice';
import type { BatchColumn } from './table-batch';

/** `time` of every row: a calendar day for daily sections, else an instant in UTC. */
export function timeColumn(section: Section, placed: readonly PlacedSlice[], rows: number): BatchColumn {
  const base = { name: 'time', nullCount: 0, metadata: { standard_name: 'time' } };
  return isDaySection(section)
    ? { ...base, type: 'date', values: dayNumbers(section, placed, rows) }
    : { ...base, type: 'timestamp', values: milliseconds(section, placed, rows) };
}

function dayNumbers(section: Section, placed: readonly PlacedSlice[], rows: number): Int32Array {
  const values = new Int32Array(rows);
  for (const { slice, at } of placed) {
    const shift = rowShiftSeconds(slice.answer, section);
    const { time } = slice.answer.section;
    for (let row = slice.from, out = at; row < slice.to; row++, out++) {
      values[out] = Math.floor((time[row]! + shift) / SECONDS_PER_DAY);
    }
  }
  return values;
}

function milliseconds(section: Section, placed: readonly PlacedSlice[], rows: number): Float64Array {
  const values = new Float64Array(rows);
  for (const { slice, at } of placed) {
    const shift = rowShiftSeconds(slice.answer, section);
    const { time } = slice.answer.section;
    for (let row = slice.from, out = at; row < slice.to; row++, out++)
      values[out] = (time[row]! + shift) * 1000;
  }
  return values;
}

/** Seconds east of UTC of the day that a row is about. */
export function offsetColumn(placed: readonly PlacedSlice[], rows: number): BatchColumn {
  const values = new Int32Array(rows);
  for (const { slice, at } of placed) values.fill(slice.answer.offsetSeconds, at, at + slice.to - slice.from);
  return { name: 'utc_offset_seconds', type: 'int32', values, nullCount: 0, metadata: { unit: 's' } };
}
