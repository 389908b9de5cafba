import { type DataType, type Field, tableFromIPC } from 'apache-arrow';
import { readParquet, readSchema } from 'parquet-wasm/node';
import { StorageError } from '../../core/errors';
import type { ReadColumn, ReadTable, TableReader } from '../../core/ports/table-reader';
import type { ColumnType } from '../../core/tables/table-batch';

/** Rows of a batch. The reader's own default of 1,024 makes ten times the batches of a usual file. */
const BATCH_ROWS = 65_536;

/**
 * Arrow's own Rust implementation of Parquet, compiled to WebAssembly. It survives files that make it panic: the next file
 * is read as if none had come before.
 */
export const PARQUET_WASM_READER: TableReader = {
  read(file) {
    try {
      return { ...readFields(file), rows: countRows(file) };
    } catch (cause) {
      throw new StorageError(`parquet-wasm cannot read it (${reasonOf(cause)})`, { cause });
    }
  },
};

/** Decodes every page of the file. */
function countRows(file: Uint8Array): number {
  const table = readParquet(file, { batchSize: BATCH_ROWS });
  try {
    let rows = 0;
    for (const batch of table.recordBatches()) {
      rows += batch.numRows;
      batch.free();
    }
    return rows;
  } finally {
    table.free();
  }
}

function readFields(file: Uint8Array): Omit<ReadTable, 'rows'> {
  const schema = readSchema(file);
  const metadata: ReadTable['metadata'] = Object.fromEntries(schema.metadata());
  // The message takes the schema with it, so there is nothing to free.
  const { fields } = tableFromIPC(schema.intoIPCStream()).schema;
  return { metadata, columns: fields.map(columnOf) };
}

function columnOf({ name, type, metadata }: Field): ReadColumn {
  return { name, type: typeName(type), metadata: Object.fromEntries(metadata) };
}

function typeName(type: DataType): string {
  return COLUMN_TYPES[String(type)] ?? String(type);
}

/** Arrow's types as tables have them, by what Arrow prints. */
const COLUMN_TYPES: Readonly<Record<string, ColumnType>> = {
  Float32: 'float32',
  Float64: 'float64',
  Int32: 'int32',
  'Timestamp<MILLISECOND, UTC>': 'timestamp',
  'Date32<DAY>': 'date',
  'Dictionary<Int32, Utf8>': 'string',
};

/** A panic of the reader says `unreachable` and nothing of the file. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.name === 'RuntimeError' ? 'it gave up on the bytes' : cause.message;
}
