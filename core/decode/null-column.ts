import type { ColumnKind, DecodedColumn } from './answer';

/** A column of nulls. */
export function nullColumn(kind: ColumnKind, rows: number): DecodedColumn {
  if (kind === 'text') return { kind, values: Array<null>(rows).fill(null) };
  const values = new Float64Array(rows).fill(Number.NaN);
  return kind === 'number' ? { kind, values } : { kind, values, format: 'iso8601' };
}

/** Whether a column holds nothing but nulls. */
export function isAllNull(column: DecodedColumn): boolean {
  return column.kind === 'text'
    ? column.values.every((value) => value === null)
    : column.values.every((value) => Number.isNaN(value));
}
