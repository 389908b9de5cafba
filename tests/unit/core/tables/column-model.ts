import { type ColumnCounts, noCounts, type RejectionReason } from '../../../../core/checks/column-counts';
import type { Column } from '../../../../core/pipeline/pipeline';
import { type Conversion, convert } from '../../../../core/units/conversion';
import type { Value } from '../../../weather/location-answer-of';

export const ARRAYS = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const;
export type NumberType = keyof typeof ARRAYS;

/** A column's values as received and what is asked of them. */
export interface Input {
  readonly type: NumberType;
  readonly range: readonly [number, number] | undefined;
  readonly conversion: Conversion | null;
  readonly values: readonly Value[];
  readonly witness: readonly Value[] | undefined;
}

export function columnOf({ type, range }: Pick<Input, 'type' | 'range'>): Column {
  const column = {
    source: 'v',
    variable: 'v',
    name: 'v',
    type,
    unit: 'u',
    maxNullShare: 1,
    maxRejectedShare: 1,
  };
  return range === undefined ? column : { ...column, range };
}

/** What becomes of one value, said as the design says it. */
function verdict({ type, range, conversion }: Input, value: Value, witness: Value | undefined) {
  if (value === null) return { kept: null, reason: undefined };
  const converted = conversion === null ? value : convert(value, conversion);
  const reason = ((): RejectionReason | undefined => {
    if (witness === null) return 'incomplete_day';
    if (range !== undefined && (converted < range[0] || converted > range[1])) return 'out_of_range';
    const isHeld = Number.isFinite(type === 'float32' ? Math.fround(converted) : converted);
    if (!isHeld) return 'out_of_range';
    const isWhole = Number.isInteger(converted) && converted >= -(2 ** 31) && converted < 2 ** 31;
    return type === 'int32' && !isWhole ? 'not_an_integer' : undefined;
  })();
  return { kept: reason === undefined ? converted : null, reason, converted };
}

/** What a reader going row by row makes of the column. */
export function model(input: Input) {
  const counts: ColumnCounts = { ...noCounts(), rows: input.values.length };
  const rejections: unknown[] = [];
  const cells = input.values.map((value, row) => {
    const { kept, reason, converted } = verdict(input, value, input.witness?.[row]);
    if (value === null) counts.nulls++;
    if (reason !== undefined) {
      counts[reason]++;
      rejections.push({ row, column: 'v', value: converted, unit: 'u', reason });
    }
    if (kept === null) return null;
    counts.min = Math.min(counts.min ?? kept, kept);
    counts.max = Math.max(counts.max ?? kept, kept);
    return input.type === 'float32' ? Math.fround(kept) : kept;
  });
  return { counts, rejections, cells };
}
