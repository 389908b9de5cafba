import type { Rejection } from './column-builder';
import type { BatchColumn, TableBatch } from './table-batch';

/**
 * The values taken out of a table: location_id, time, column, value, unit, reason. Rows follow the table's.
 * `undefined` when there are none.
 */
export function quarantineBatch(batch: TableBatch, rejections: readonly Rejection[]): TableBatch | undefined {
  if (rejections.length === 0) return undefined;
  const sorted = rejections.toSorted((a, b) => a.row - b.row);
  const rows = sorted.map(({ row }) => row);
  return {
    table: `_quarantine/${batch.table}`,
    rows: sorted.length,
    metadata: batch.metadata,
    columns: [
      pick(batch, 'location_id', rows),
      pick(batch, 'time', rows),
      textColumn(
        'column',
        sorted.map(({ column }) => column),
      ),
      {
        name: 'value',
        type: 'float64',
        values: Float64Array.from(sorted, ({ value }) => value),
        nullCount: 0,
        metadata: {},
      },
      textColumn(
        'unit',
        sorted.map(({ unit }) => unit),
      ),
      textColumn(
        'reason',
        sorted.map(({ reason }) => reason),
      ),
    ],
  };
}

function pick(batch: TableBatch, name: string, rows: readonly number[]): BatchColumn {
  const column = batch.columns.find((candidate) => candidate.name === name)!;
  const take = (_: unknown, index: number) => column.values[rows[index]!]!;
  const values =
    column.values instanceof Int32Array
      ? Int32Array.from({ length: rows.length }, take)
      : Float64Array.from({ length: rows.length }, take);
  return { ...column, values } as BatchColumn;
}

/** A text column without nulls, its dictionary in order of first appearance. */
export function textColumn(name: string, texts: readonly string[]): BatchColumn {
  const codes = new Map<string, number>();
  const values = Int32Array.from(texts, (text) => {
    if (!codes.has(text)) codes.set(text, codes.size);
    return codes.get(text)!;
  });
  return { name, type: 'string', values, dictionary: [...codes.keys()], nullCount: 0, metadata: {} };
}
