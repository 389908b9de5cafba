import type { RecordBatch } from 'apache-arrow/recordbatch';
import { ARROW_SCHEMA_KEY, arrowSchemaText } from './arrow-schema';
import { ByteWriter } from './byte-writer';
import { type ColumnChunk, ColumnChunkWriter } from './column-chunk';
import { type FileFooter, fileFooter } from './file-footer';
import { PageWriter } from './page-writer';
import { type ParquetColumn, parquetColumn } from './parquet-column';
import { MAGIC } from './parquet-format';
import { sortedEntries } from './sorted-entries';
import type { Compress } from './zstd';

/** Rows to a group at most. More were neither smaller nor faster, and a reader holds a group at a time. A multiple of 8. */
export const ROW_GROUP_ROWS = 1_048_576;

/** Writes Arrow record batches as Parquet files. What it needs for it, it keeps for the next file. */
export class ParquetFileWriter {
  private readonly out = new ByteWriter();
  private readonly pages: PageWriter;
  private readonly chunks: ColumnChunkWriter;

  constructor(compress: Compress) {
    this.pages = new PageWriter(this.out, compress);
    this.chunks = new ColumnChunkWriter(this.pages);
  }

  /**
   * The same batch and metadata give the same bytes.
   *
   * @param metadata of the file; its keys stand in the file in their order, the Arrow schema behind them
   */
  write(batch: RecordBatch, metadata: Readonly<Record<string, string>>): Uint8Array {
    this.out.clear();
    // A file that could not be written leaves nothing to the next one.
    this.pages.clear();
    this.out.bytes(MAGIC);
    const { fields } = batch.schema;
    const children = batch.data.children;
    const columns = fields.map((field, position) => parquetColumn(field, children[position]!));
    const rowGroups = this.writeRowGroups(columns, batch.numRows);
    const keyValues = [
      ...sortedEntries(metadata),
      [ARROW_SCHEMA_KEY, arrowSchemaText(batch.schema)] as const,
    ];
    this.writeFooter({ columns, rows: batch.numRows, rowGroups, keyValues });
    return this.out.copy();
  }

  private writeRowGroups(columns: readonly ParquetColumn[], rows: number): ColumnChunk[][] {
    const groups = columns.length === 0 ? 0 : Math.ceil(rows / ROW_GROUP_ROWS);
    return Array.from({ length: groups }, (_, group) => {
      const from = group * ROW_GROUP_ROWS;
      const to = Math.min(rows, from + ROW_GROUP_ROWS);
      return columns.map((column) => this.chunks.write(column, { from, to }));
    });
  }

  private writeFooter(footer: FileFooter): void {
    const start = this.out.length;
    fileFooter(footer).write(this.out);
    this.out.uint32(this.out.length - start);
    this.out.bytes(MAGIC);
  }
}
