import { tableToIPC } from 'apache-arrow';
import { Table, writeParquet } from 'parquet-wasm/node';
import type { TableEncoder } from '../../core/ports/table-encoder';
import type { TableBatch } from '../../core/tables/table-batch';
import { arrowTable } from './arrow-table';
import { assertEncodable } from './assert-encodable';
import { sortKeyValueMetadata } from './sort-key-value-metadata';
import { writerProperties } from './writer-properties';

/**
 * Batches to Parquet bytes through Arrow. Equal batches give equal bytes, whatever was encoded before.
 * An empty batch is a file with a schema and no row group.
 *
 * WebAssembly memory never shrinks: it settles at about four times the largest batch, so bound the batch.
 */
export class ParquetEncoder implements TableEncoder {
  /** @throws TypeError when the batch breaks the contract of TableBatch; nothing was written. */
  encode(batch: TableBatch): Uint8Array {
    assertEncodable(batch);
    const ipcStream = tableToIPC(arrowTable(batch), 'stream');
    // No garbage collector sees the memory behind the properties and the table: only the write gives it back. So the
    // table is made last, when nothing but the write can fail any more.
    const properties = writerProperties(batch);
    const file = writeParquet(Table.fromIPCStream(ipcStream), properties);
    sortKeyValueMetadata(file, batch.metadata);
    return file;
  }
}
