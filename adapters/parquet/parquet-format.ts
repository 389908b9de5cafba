/** Numbers that stand for names in Parquet's metadata (parquet.thrift), as far as they are written here. */
export const PHYSICAL_TYPE = { INT32: 1, INT64: 2, FLOAT: 4, DOUBLE: 5, BYTE_ARRAY: 6 } as const;

export const ENCODING = { PLAIN: 0, RLE: 3, DELTA_BINARY_PACKED: 5, RLE_DICTIONARY: 8 } as const;

export const PAGE_TYPE = { DICTIONARY: 2, DATA_V2: 3 } as const;

export const CODEC_ZSTD = 6;

export const REPETITION_OPTIONAL = 1;

/** What readers went by before there were logical types; some still do. */
export const CONVERTED_TYPE = { UTF8: 0, DATE: 6, TIMESTAMP_MILLIS: 9 } as const;

/** At either end of the file. */
export const MAGIC = Buffer.from('PAR1', 'latin1');
