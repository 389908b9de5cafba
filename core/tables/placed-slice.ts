import type { DaySlice } from '../answers/day-slices';

/** A slice and the row of the batch at which it begins. */
export interface PlacedSlice {
  readonly slice: DaySlice;
  readonly at: number;
}

/** One after the other, by location id: a partition is sorted by location, then time. */
export function placeSlices(slices: readonly DaySlice[]): PlacedSlice[] {
  const sorted = slices.toSorted((a, b) => (a.answer.location.id < b.answer.location.id ? -1 : 1));
  let at = 0;
  return sorted.map((slice) => {
    const placed = { slice, at };
    at += slice.to - slice.from;
    return placed;
  });
}
