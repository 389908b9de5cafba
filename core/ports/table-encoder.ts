import type { TableBatch } from '../tables/table-batch';

/** Rows in, file out. Same batch, same bytes. */
export interface TableEncoder {
  encode(batch: TableBatch): Uint8Array;
}
