import type { Data } from 'apache-arrow/data';
import type { Field } from 'apache-arrow/schema';
import { DataType, type Utf8 } from 'apache-arrow/type';
import type { Vector } from 'apache-arrow/vector';
import { type Bounds, float32Bounds, float64Bounds, int32Bounds, int64Bounds, textBounds } from './bounds';
import type { ByteWriter } from './byte-writer';
import { CONVERTED_TYPE, PHYSICAL_TYPE } from './parquet-format';
import type { ColumnWords } from './present-words';
import { bool, struct, type ThriftFields } from './thrift';

/** How a type of column is written. */
interface ColumnType {
  /** One of PHYSICAL_TYPE. */
  readonly type: number;
  readonly stride: 1 | 2;
  readonly convertedType?: number;
  /** The member of Parquet's union LogicalType. */
  readonly logicalType?: ThriftFields;
  /** Times and dates step evenly: their differences are written, never a dictionary. */
  readonly isDelta: boolean;
  /** Bytes of a PLAIN value, on average. */
  readonly valueBytes: number;
  readonly writePlain: (out: ByteWriter, words: Int32Array) => void;
  readonly bounds: (words: Int32Array) => Bounds | undefined;
}

/** A column of an Arrow table on its way into the file. The words of a text are its number in Arrow's dictionary. */
export interface ParquetColumn extends ColumnType, ColumnWords {
  readonly name: string;
  readonly stride: 1 | 2;
}

const NUMBERS = { stride: 1, isDelta: false, valueBytes: 4, writePlain: writeWords } as const;
const FLOAT32: ColumnType = { ...NUMBERS, type: PHYSICAL_TYPE.FLOAT, bounds: float32Bounds };
const INT32: ColumnType = { ...NUMBERS, type: PHYSICAL_TYPE.INT32, bounds: int32Bounds };
const FLOAT64: ColumnType = {
  ...NUMBERS,
  type: PHYSICAL_TYPE.DOUBLE,
  stride: 2,
  valueBytes: 8,
  bounds: float64Bounds,
};
const DATE: ColumnType = {
  ...INT32,
  isDelta: true,
  convertedType: CONVERTED_TYPE.DATE,
  logicalType: { 6: struct({}) },
};
const TIMESTAMP: ColumnType = {
  ...FLOAT64,
  type: PHYSICAL_TYPE.INT64,
  isDelta: true,
  convertedType: CONVERTED_TYPE.TIMESTAMP_MILLIS,
  // An instant in UTC, its unit the member "milliseconds" of a union.
  logicalType: { 8: struct({ 1: bool(true), 2: struct({ 1: struct({}) }) }) },
  bounds: int64Bounds,
};

/** @throws TypeError for an Arrow type that no column of a batch has */
export function parquetColumn({ name, type }: Field, data: Data): ParquetColumn {
  const { buffer, byteOffset, byteLength } = data.values as Int32Array;
  const words = new Int32Array(buffer, byteOffset, byteLength / Int32Array.BYTES_PER_ELEMENT);
  const validity = data.nullCount === 0 ? undefined : data.nullBitmap;
  return { name, words, validity, ...columnType(type, data) };
}

function columnType(type: DataType, data: Data): ColumnType {
  if (DataType.isFloat(type)) return type.precision === 1 ? FLOAT32 : FLOAT64;
  if (DataType.isTimestamp(type)) return TIMESTAMP;
  if (DataType.isDate(type)) return DATE;
  if (DataType.isInt(type)) return INT32;
  if (DataType.isDictionary(type)) return textType(data.dictionary as Vector<Utf8>);
  throw new TypeError(`No Parquet type is known for Arrow's ${type}`);
}

function textType(dictionary: Vector<Utf8>): ColumnType {
  const { values, valueOffsets } = dictionary.data[0]!;
  const textOf = (word: number) => values.subarray(valueOffsets[word], valueOffsets[word + 1]);
  return {
    type: PHYSICAL_TYPE.BYTE_ARRAY,
    stride: 1,
    convertedType: CONVERTED_TYPE.UTF8,
    logicalType: { 1: struct({}) },
    isDelta: false,
    valueBytes: 4 + values.length / Math.max(1, dictionary.length),
    bounds: (words) => textBounds(Array.from(words, textOf)),
    writePlain: (out, words) => {
      for (const word of words) {
        const text = textOf(word);
        out.uint32(text.length);
        out.bytes(text);
      }
    },
  };
}

/** Numbers are in the file as they are in memory, the low byte first as on every machine that Node runs on. */
function writeWords(out: ByteWriter, { buffer, byteOffset, byteLength }: Int32Array): void {
  out.bytes(new Uint8Array(buffer, byteOffset, byteLength));
}
