import type { BatchColumn, TableBatch } from '../../core/tables/table-batch';

export type BatchCell = number | string | null;

/** Cells of a column as a reader sees them: null where the validity bit is not set. */
export function cellsOf(column: BatchColumn): BatchCell[] {
  return Array.from(column.values as ArrayLike<number>, (value, row) => {
    if (!isPresent(column, row)) return null;
    return column.type === 'string' ? column.dictionary[value]! : value;
  });
}

export function isPresent({ validity }: BatchColumn, row: number): boolean {
  return validity === undefined || ((validity[row >> 3]! >> (row & 7)) & 1) === 1;
}

export function columnNamed(batch: TableBatch, name: string): BatchColumn {
  const column = batch.columns.find((one) => one.name === name);
  if (column === undefined) throw new Error(`The batch has no column ${name}`);
  return column;
}

/** Rows of a batch, as objects. */
export function rowsOf(batch: TableBatch): Record<string, BatchCell>[] {
  const columns = batch.columns.map((column) => [column.name, cellsOf(column)] as const);
  return Array.from({ length: batch.rows }, (_, row) =>
    Object.fromEntries(columns.map(([name, cells]) => [name, cells[row]!])),
  );
}
