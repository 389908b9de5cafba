import type { ColumnChunk } from './column-chunk';
import type { ParquetColumn } from './parquet-column';
import { CODEC_ZSTD, ENCODING, PAGE_TYPE, REPETITION_OPTIONAL } from './parquet-format';
import { binary, i32, i64, list, struct, type ThriftValue, text } from './thrift';

/**
 * What wrote the file, as readers tell writers apart. The version is that of the bytes and not the package's: it rises when
 * equal batches give other bytes than before, so that a release that changes nothing here leaves every published file as it is.
 */
export const CREATED_BY = 'ingest-weather-daily parquet writer version 1.0.0';

/** Version of the format: data pages of version 2 and what came with them. */
const FORMAT_VERSION = 2;

export interface FileFooter {
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
  /** Chunks of each row group, in the order of the columns. */
  readonly rowGroups: readonly (readonly ColumnChunk[])[];
  /** In the order in which they stand in the file. */
  readonly keyValues: readonly (readonly [key: string, value: string])[];
}

/** Parquet's FileMetaData. The numbers are the field ids of parquet.thrift. */
export function fileFooter({ columns, rows, rowGroups, keyValues }: FileFooter): ThriftValue {
  return struct({
    1: i32(FORMAT_VERSION),
    2: list([schemaRoot(columns.length), ...columns.map(schemaElement)]),
    3: i64(rows),
    4: list(rowGroups.map(rowGroup)),
    5: list(keyValues.map(([key, value]) => struct({ 1: text(key), 2: text(value) }))),
    6: text(CREATED_BY),
    // Bounds are in the order of each column's type. Without this, readers do not trust those of texts.
    7: list(columns.map(() => struct({ 1: struct({}) }))),
  });
}

function schemaRoot(children: number): ThriftValue {
  return struct({ 4: text('schema'), 5: i32(children) });
}

function schemaElement({ name, type, convertedType, logicalType }: ParquetColumn): ThriftValue {
  return struct({
    1: i32(type),
    3: i32(REPETITION_OPTIONAL),
    4: text(name),
    6: convertedType === undefined ? undefined : i32(convertedType),
    10: logicalType === undefined ? undefined : struct(logicalType),
  });
}

function rowGroup(chunks: readonly ColumnChunk[]): ThriftValue {
  const total = (size: 'uncompressed' | 'compressed') =>
    i64(chunks.reduce((bytes, { sizes }) => bytes + sizes[size], 0));
  return struct({
    1: list(chunks.map(columnChunk)),
    2: total('uncompressed'),
    3: i64(chunks[0]!.rows),
    5: i64(startOf(chunks[0]!)),
    6: total('compressed'),
  });
}

function columnChunk(chunk: ColumnChunk): ThriftValue {
  const { column, rows, sizes, dataOffset, dictionaryOffset } = chunk;
  const metadata = struct({
    1: i32(column.type),
    2: list(encodings(chunk).map(i32)),
    3: list([text(column.name)]),
    4: i32(CODEC_ZSTD),
    5: i64(rows),
    6: i64(sizes.uncompressed),
    7: i64(sizes.compressed),
    9: i64(dataOffset),
    11: dictionaryOffset === undefined ? undefined : i64(dictionaryOffset),
    12: statistics(chunk),
    13: list(encodingCounts(chunk)),
  });
  // The offset of a second copy of the metadata, which is out of use.
  return struct({ 2: i64(0), 3: metadata });
}

/** Of values, levels and the dictionary. */
function encodings({ encoding, dictionaryOffset }: ColumnChunk): number[] {
  const all = [encoding, ENCODING.RLE, ...(dictionaryOffset === undefined ? [] : [ENCODING.PLAIN])];
  return all.sort((a, b) => a - b);
}

/** From these a reader sees that a dictionary holds all values of a chunk. */
function encodingCounts({ encoding, dataPages, dictionaryOffset }: ColumnChunk): ThriftValue[] {
  const count = (page: number, of: number, pages: number) =>
    struct({ 1: i32(page), 2: i32(of), 3: i32(pages) });
  const data = count(PAGE_TYPE.DATA_V2, encoding, dataPages);
  return dictionaryOffset === undefined ? [data] : [count(PAGE_TYPE.DICTIONARY, ENCODING.PLAIN, 1), data];
}

function statistics({ nulls, bounds }: ColumnChunk): ThriftValue {
  return struct({
    3: i64(nulls),
    5: bounds === undefined ? undefined : binary(bounds.max),
    6: bounds === undefined ? undefined : binary(bounds.min),
  });
}

function startOf({ dictionaryOffset, dataOffset }: ColumnChunk): number {
  return dictionaryOffset ?? dataOffset;
}
