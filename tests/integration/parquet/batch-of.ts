import type { BatchColumn, ColumnType, TableBatch } from '../../../core/tables/table-batch';

export type Cell = number | string | null;

const ARRAY_OF = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  timestamp: Float64Array,
  date: Int32Array,
} as const;

/** A column from cells as a reader sees them: null where there is no value, the text itself for strings. */
export function columnOf(
  type: ColumnType,
  cells: readonly Cell[],
  { name = type, metadata = {} }: { name?: string; metadata?: Record<string, string> } = {},
): BatchColumn {
  const shared = { name, metadata, ...validityOf(cells) };
  if (type === 'string') {
    const dictionary = [...new Set(cells.filter((cell) => cell !== null))] as string[];
    const values = Int32Array.from(cells, (cell) => (cell === null ? 0 : dictionary.indexOf(cell as string)));
    return { ...shared, type, values, dictionary };
  }
  const values = ARRAY_OF[type].from(cells as number[]);
  cells.forEach((cell, row) => {
    if (cell === null) values[row] = 0;
  });
  return { ...shared, type, values } as BatchColumn;
}

function validityOf(cells: readonly Cell[]): Pick<BatchColumn, 'validity' | 'nullCount'> {
  const nullCount = cells.filter((cell) => cell === null).length;
  if (nullCount === 0) return { nullCount };
  const validity = new Uint8Array(Math.ceil(cells.length / 8));
  cells.forEach((cell, row) => {
    if (cell !== null) validity[row >> 3]! |= 1 << (row & 7);
  });
  return { nullCount, validity };
}

export function batchOf(columns: readonly BatchColumn[], metadata: Record<string, string> = {}): TableBatch {
  return { table: 'weather_hourly', rows: columns[0]?.values.length ?? 0, columns, metadata };
}
