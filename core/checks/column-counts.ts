/** Why a value was taken out of a table. */
export const REJECTION_REASONS = ['out_of_range', 'not_an_integer', 'incomplete_day'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** What was found in one column of one staged object. Counts add up over objects; shares are judged over the sum. */
export interface ColumnCounts {
  rows: number;
  /** Nulls as received. */
  nulls: number;
  out_of_range: number;
  not_an_integer: number;
  incomplete_day: number;
  /** Of the values kept, in the unit of the column; null when there is none or the column is no number. */
  min: number | null;
  max: number | null;
}

export function noCounts(): ColumnCounts {
  return { rows: 0, nulls: 0, out_of_range: 0, not_an_integer: 0, incomplete_day: 0, min: null, max: null };
}

export function addCounts(a: ColumnCounts, b: ColumnCounts): ColumnCounts {
  return {
    rows: a.rows + b.rows,
    nulls: a.nulls + b.nulls,
    out_of_range: a.out_of_range + b.out_of_range,
    not_an_integer: a.not_an_integer + b.not_an_integer,
    incomplete_day: a.incomplete_day + b.incomplete_day,
    min: extreme(a.min, b.min, Math.min),
    max: extreme(a.max, b.max, Math.max),
  };
}

function extreme(a: number | null, b: number | null, pick: (a: number, b: number) => number): number | null {
  if (a === null) return b;
  return b === null ? a : pick(a, b);
}
