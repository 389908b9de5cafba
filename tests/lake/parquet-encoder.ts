import { openParquetEncoder } from '../../adapters/parquet/parquet-encoder';
import type { TableEncoder } from '../../core/ports/table-encoder';

let opened: TableEncoder;

beforeAll(async () => {
  opened = await openParquetEncoder();
});

/** The real encoder, open before the first test of every file that takes it. */
export const PARQUET_ENCODER: TableEncoder = { encode: (batch) => opened.encode(batch) };
