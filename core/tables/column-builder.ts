import { type ColumnCounts, noCounts, type RejectionReason } from '../checks/column-counts';
import type { Column } from '../pipeline/pipeline';
import { type Conversion, convert } from '../units/conversion';

/** A value taken out of the table, in the unit of the column, at a row of the batch. */
export interface Rejection {
  readonly row: number;
  readonly column: string;
  readonly value: number;
  readonly unit: string;
  readonly reason: RejectionReason;
}

export type NumberValues = Float32Array | Float64Array | Int32Array;

/** Part of a decoded column that goes into a batch, and where. */
export interface NumberSlice {
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
  /** First row in the batch. */
  readonly at: number;
  readonly conversion: Conversion | null;
  /** Same rows of the column's witness; a NaN in it takes the value out. */
  readonly witness: Float64Array | undefined;
}

/** Beyond it a float32 is infinite, which no weather is. */
const MAX_FLOAT32 = 3.4028234663852886e38;

/** Fills one numeric column of a batch, value by value: convert, check, keep or take out. */
export class NumberColumnBuilder {
  readonly counts: ColumnCounts = noCounts();
  readonly rejections: Rejection[] = [];
  validity: Uint8Array | undefined;
  nullCount = 0;
  private readonly low: number;
  private readonly high: number;
  private readonly isInteger: boolean;

  constructor(
    private readonly column: Column,
    readonly values: NumberValues,
  ) {
    const [low, high] = column.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const largest = values instanceof Float32Array ? MAX_FLOAT32 : Number.MAX_VALUE;
    this.low = Math.max(low, -largest);
    this.high = Math.min(high, largest);
    this.isInteger = values instanceof Int32Array;
  }

  add(slice: NumberSlice): void {
    const { from, to, at, witness } = slice;
    const isPlain = slice.conversion === null && witness === undefined && !this.isInteger;
    this.counts.rows += to - from;
    if (isPlain && this.values instanceof Float32Array) this.addPlain(this.values, slice);
    else for (let row = from; row < to; row++) this.addValue(slice, row, at + row - from);
  }

  /** The common case, kept free of calls: float32, nothing to convert. NaN fails both comparisons. */
  private addPlain(target: Float32Array, { values, from, to, at }: NumberSlice): void {
    const { low, high } = this;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let row = from, out = at; row < to; row++, out++) {
      const value = values[row]!;
      if (value >= low && value <= high) {
        target[out] = value;
        if (value < min) min = value;
        if (value > max) max = value;
      } else this.takeOut(out, value, 'out_of_range');
    }
    this.widen(min, max);
  }

  private addValue({ values, conversion, witness }: NumberSlice, row: number, out: number): void {
    const received = values[row]!;
    const value = conversion === null ? received : convert(received, conversion);
    const reason = this.reasonAgainst(value, witness?.[row]);
    if (reason === undefined) {
      this.values[out] = value;
      this.widen(value, value);
    } else this.takeOut(out, value, reason);
  }

  private reasonAgainst(value: number, witness: number | undefined): RejectionReason | undefined {
    if (witness !== undefined && Number.isNaN(witness)) return 'incomplete_day';
    if (!(value >= this.low && value <= this.high)) return 'out_of_range';
    return this.isInteger && value !== (value | 0) ? 'not_an_integer' : undefined;
  }

  private takeOut(row: number, value: number, reason: RejectionReason): void {
    this.validity ??= new Uint8Array(Math.ceil(this.values.length / 8)).fill(0xff);
    this.validity[row >> 3]! &= ~(1 << (row & 7));
    this.nullCount++;
    if (Number.isNaN(value)) {
      this.counts.nulls++;
      return;
    }
    this.counts[reason]++;
    this.rejections.push({ row, column: this.column.name, value, unit: this.column.unit, reason });
  }

  private widen(min: number, max: number): void {
    if (min > max) return;
    this.counts.min = Math.min(min, this.counts.min ?? min);
    this.counts.max = Math.max(max, this.counts.max ?? max);
  }
}
