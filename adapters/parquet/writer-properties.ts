import {
  Compression,
  EnabledStatistics,
  Encoding,
  type WriterProperties,
  WriterPropertiesBuilder,
  WriterVersion,
} from 'parquet-wasm/node';
import type { BatchColumn, TableBatch } from '../../core/tables/table-batch';
import { repeatsItself } from './repeats-itself';

/** Rows that the writer takes at a time. Pages end only between them, so a smaller number means more, smaller pages. */
export const WRITE_BATCH_ROWS = 65_536;

/** Bytes; above what one write batch of any type needs, so that WRITE_BATCH_ROWS alone decides where pages end. */
export const DATA_PAGE_BYTES = 4 * 1024 * 1024;

/** More rows to a group were neither smaller nor faster, and a reader holds a group at a time. */
export const ROW_GROUP_ROWS = 1_048_576;

/**
 * How a batch is written: zstd, data pages of version 2, statistics per column chunk, `batch.metadata` as key-value pairs.
 * Times and dates are DELTA_BINARY_PACKED; every other column has a dictionary as long as its values repeat, else PLAIN.
 * Byte-stream-split is never used: Spark's vectorized reader refuses it.
 *
 * `writeParquet` consumes the result, and given it again writes an uncompressed file: build it anew for each file.
 */
export function writerProperties(batch: TableBatch): WriterProperties {
  const defaults = new WriterPropertiesBuilder()
    .setCompression(Compression.ZSTD)
    .setWriterVersion(WriterVersion.V2)
    .setEncoding(Encoding.PLAIN)
    .setStatisticsEnabled(EnabledStatistics.Chunk)
    .setWriteBatchSize(WRITE_BATCH_ROWS)
    .setDataPageSizeLimit(DATA_PAGE_BYTES)
    .setMaxRowGroupSize(ROW_GROUP_ROWS)
    .setKeyValueMetadata(new Map(Object.entries(batch.metadata)));
  return batch.columns.reduce(withColumn, defaults).build();
}

function withColumn(builder: WriterPropertiesBuilder, column: BatchColumn): WriterPropertiesBuilder {
  if (column.type === 'timestamp' || column.type === 'date') {
    return builder
      .setColumnDictionaryEnabled(column.name, false)
      .setColumnEncoding(column.name, Encoding.DELTA_BINARY_PACKED);
  }
  return repeatsItself(column.values) ? builder : builder.setColumnDictionaryEnabled(column.name, false);
}
