import {
  type Data,
  DateDay,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  Utf8,
  Vector,
} from 'apache-arrow';
import type { BatchColumn, TableBatch } from '../../core/tables/table-batch';
import { millisecondsAsInt64 } from './milliseconds-as-int64';
import { sortedEntries } from './sorted-entries';

/**
 * The batch as an Arrow table over the very same arrays; only times and dictionaries are copied.
 * Types come from the columns alone, and every field is nullable: a day without nulls has the schema of a day with some.
 */
export function arrowTable(batch: TableBatch): Table {
  const columns = batch.columns.map((column, position) => arrowColumn(column, position));
  const fields = batch.columns.map(
    ({ name, metadata }, position) =>
      new Field(name, columns[position]!.type, true, new Map(sortedEntries(metadata))),
  );
  const rows = makeData({ type: new Struct(fields), length: batch.rows, nullCount: 0, children: columns });
  const schema = new Schema(fields);
  return new Table(schema, new RecordBatch(schema, rows));
}

function arrowColumn(column: BatchColumn, position: number): Data {
  const { values, nullCount, validity } = column;
  const shared = { length: values.length, nullCount, nullBitmap: nullCount === 0 ? undefined : validity };
  switch (column.type) {
    case 'float32':
      return makeData({ ...shared, type: new Float32(), data: column.values });
    case 'float64':
      return makeData({ ...shared, type: new Float64(), data: column.values });
    case 'int32':
      return makeData({ ...shared, type: new Int32(), data: column.values });
    case 'timestamp':
      return makeData({
        ...shared,
        type: new TimestampMillisecond('UTC'),
        data: millisecondsAsInt64(column.values),
      });
    case 'date':
      return makeData({ ...shared, type: new DateDay(), data: column.values });
    case 'string':
      return makeData({
        ...shared,
        // Left to itself, Arrow numbers dictionaries through the life of the process, and the number is in the file.
        type: new Dictionary(new Utf8(), new Int32(), position, false),
        data: column.values,
        dictionary: utf8Vector(column.dictionary),
      });
  }
}

function utf8Vector(texts: readonly string[]): Vector<Utf8> {
  const encoded = texts.map((text) => Buffer.from(text, 'utf8'));
  const valueOffsets = new Int32Array(texts.length + 1);
  for (const [index, { length }] of encoded.entries())
    valueOffsets[index + 1] = valueOffsets[index]! + length;
  const data = Buffer.concat(encoded);
  return new Vector([makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data })]);
}
