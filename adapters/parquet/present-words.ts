import type { Scratch } from './scratch';

/** Rows `from` to `to` of a column; `from` is a multiple of 8. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** The values of a column as 32-bit patterns. */
export interface ColumnWords {
  readonly words: Int32Array;
  /** Patterns to a value. */
  readonly stride: 1 | 2;
  /** Bit per row, least significant first, 1 = value present; absent when no row is null. */
  readonly validity: Uint8Array | undefined;
}

/** The values that are not null, one behind the other: what Parquet's pages hold. Without nulls no value is copied. */
export function presentWords(column: ColumnWords, { from, to }: RowRange, scratch: Scratch): Int32Array {
  const { words, stride, validity } = column;
  if (validity === undefined) return words.subarray(from * stride, to * stride);
  const present = scratch.take((to - from) * stride);
  return stride === 1
    ? present.subarray(0, compact(words, validity, { from, to }, present))
    : present.subarray(0, 2 * compactPairs(words, validity, { from, to }, present));
}

function compact(words: Int32Array, validity: Uint8Array, { from, to }: RowRange, into: Int32Array): number {
  let count = 0;
  for (let row = from; row < to; row += 1) {
    // Written in any case and kept when present: cheaper than a branch that nulls make hard to foresee.
    into[count] = words[row]!;
    count += (validity[row >>> 3]! >>> (row & 7)) & 1;
  }
  return count;
}

function compactPairs(
  words: Int32Array,
  validity: Uint8Array,
  { from, to }: RowRange,
  into: Int32Array,
): number {
  let count = 0;
  for (let row = from; row < to; row += 1) {
    into[2 * count] = words[2 * row]!;
    into[2 * count + 1] = words[2 * row + 1]!;
    count += (validity[row >>> 3]! >>> (row & 7)) & 1;
  }
  return count;
}
