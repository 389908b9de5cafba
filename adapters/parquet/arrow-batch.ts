// From where they lie: the package's entry brings its streams along, which a function would load for nothing.
import { type Data, makeData } from 'apache-arrow/data';
import { RecordBatch } from 'apache-arrow/recordbatch';
import { Field, Schema } from 'apache-arrow/schema';
import {
  DateDay,
  Dictionary,
  Float32,
  Float64,
  Int32,
  Struct,
  TimestampMillisecond,
  Utf8,
} from 'apache-arrow/type';
import { Vector } from 'apache-arrow/vector';
import type { BatchColumn, TableBatch } from '../../core/tables/table-batch';
import { millisecondsAsInt64 } from './milliseconds-as-int64';
import { sortedEntries } from './sorted-entries';

/**
 * The batch as an Arrow record batch over the very same arrays; only times and dictionaries are copied.
 * Types come from the columns alone, and every field is nullable: a day without nulls has the schema of a day with some.
 */
export function arrowBatch(batch: TableBatch): RecordBatch {
  const columns = batch.columns.map((column, position) => arrowColumn(column, position));
  const fields = batch.columns.map(
    ({ name, metadata }, position) =>
      new Field(name, columns[position]!.type, true, new Map(sortedEntries(metadata))),
  );
  const rows = makeData({ type: new Struct(fields), length: batch.rows, nullCount: 0, children: columns });
  return new RecordBatch(new Schema(fields), rows);
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
