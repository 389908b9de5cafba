import type { Bounds } from './bounds';
import { countPresent, writeDefinitionLevels } from './definition-levels';
import type { PageSizes, PageWriter } from './page-writer';
import type { ParquetColumn } from './parquet-column';
import { presentWords, type RowRange } from './present-words';
import { Scratch } from './scratch';
import { encodingOf, type ValueEncoding } from './value-encoding';

/** Rows to a page at most. A multiple of 8, so that every page begins with a byte of the validity bitmap. */
export const PAGE_ROWS = 65_536;

/** Bytes that a page of long texts is held to, on average. */
export const PAGE_BYTES = 4 * 1024 * 1024;

/** What the footer says of a chunk. */
export interface ColumnChunk {
  readonly column: ParquetColumn;
  readonly rows: number;
  readonly nulls: number;
  readonly bounds: Bounds | undefined;
  /** One of ENCODING: that of the values in its data pages. */
  readonly encoding: number;
  readonly dataPages: number;
  readonly sizes: PageSizes;
  readonly dataOffset: number;
  readonly dictionaryOffset: number | undefined;
}

/** Writes rows of a column, one chunk after the other. */
export class ColumnChunkWriter {
  private readonly present = new Scratch();
  private readonly indices = new Scratch();

  constructor(private readonly pages: PageWriter) {}

  /** A dictionary page where values repeat, then the data pages. */
  write(column: ParquetColumn, range: RowRange): ColumnChunk {
    const words = presentWords(column, range, this.present);
    const values = encodingOf(column, words, this.indices);
    const start = this.pages.position;
    const dictionarySizes = this.writeDictionary(column, values);
    const dataOffset = this.pages.position;
    const dataSizes = this.writeDataPages(column, range, values);
    const rows = range.to - range.from;
    return {
      column,
      rows,
      nulls: rows - words.length / column.stride,
      bounds: column.bounds(values.dictionary?.entries ?? words),
      encoding: values.encoding,
      dataPages: dataSizes.length,
      sizes: sum([...dictionarySizes, ...dataSizes]),
      dataOffset,
      dictionaryOffset: values.dictionary === undefined ? undefined : start,
    };
  }

  private writeDictionary(column: ParquetColumn, { dictionary }: ValueEncoding): PageSizes[] {
    if (dictionary === undefined) return [];
    column.writePlain(this.pages.values, dictionary.entries);
    return [this.pages.endDictionary(dictionary.size)];
  }

  private writeDataPages(column: ParquetColumn, range: RowRange, values: ValueEncoding): PageSizes[] {
    const sizes: PageSizes[] = [];
    let value = 0;
    for (const page of pageRanges(column, range)) {
      const rows = page.to - page.from;
      const present = countPresent(column.validity, page);
      writeDefinitionLevels(this.pages.levels, column.validity, page);
      values.write(this.pages.values, value, value + present);
      value += present;
      sizes.push(this.pages.endData({ rows, nulls: rows - present, encoding: values.encoding }));
    }
    return sizes;
  }
}

function pageRanges({ valueBytes }: ParquetColumn, { from, to }: RowRange): RowRange[] {
  const fitting = Math.max(1, Math.floor(PAGE_BYTES / valueBytes / 8)) * 8;
  const rows = Math.min(PAGE_ROWS, fitting);
  return Array.from({ length: Math.ceil((to - from) / rows) }, (_, page) => ({
    from: from + page * rows,
    to: Math.min(to, from + (page + 1) * rows),
  }));
}

function sum(sizes: readonly PageSizes[]): PageSizes {
  return {
    uncompressed: sizes.reduce((total, { uncompressed }) => total + uncompressed, 0),
    compressed: sizes.reduce((total, { compressed }) => total + compressed, 0),
  };
}
