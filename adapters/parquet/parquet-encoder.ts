import type { TableEncoder } from '../../core/ports/table-encoder';
import type { TableBatch } from '../../core/tables/table-batch';
import { arrowBatch } from './arrow-batch';
import { assertEncodable } from './assert-encodable';
import { ParquetFileWriter } from './parquet-file';
import { openZstd } from './zstd';

/** An encoder of its own; what it compresses with is opened once in the life of a process. */
export async function openParquetEncoder(): Promise<TableEncoder> {
  return new ParquetEncoder(new ParquetFileWriter(await openZstd()));
}

/**
 * Batches to Parquet bytes through Arrow. Equal batches give equal bytes, whatever was encoded before.
 * An empty batch is a file with a schema and no row group.
 *
 * It keeps memory of about the size of the largest file so far and of one of its columns, so bound the batch.
 */
class ParquetEncoder implements TableEncoder {
  constructor(private readonly writer: ParquetFileWriter) {}

  /** @throws TypeError when the batch breaks the contract of TableBatch; nothing was written. */
  encode(batch: TableBatch): Uint8Array {
    assertEncodable(batch);
    return this.writer.write(arrowBatch(batch), batch.metadata);
  }
}
