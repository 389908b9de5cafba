import { ByteWriter } from './byte-writer';
import { ENCODING, PAGE_TYPE } from './parquet-format';
import { i32, struct, type ThriftFields } from './thrift';
import type { Compress } from './zstd';

/** Bytes of a chunk's pages, their headers included. */
export interface PageSizes {
  readonly uncompressed: number;
  readonly compressed: number;
}

export interface DataPage {
  readonly rows: number;
  readonly nulls: number;
  /** One of ENCODING. */
  readonly encoding: number;
}

/** Pages one behind the other. What goes into the next page is written to `levels` and `values` first. */
export class PageWriter {
  readonly levels = new ByteWriter();
  readonly values = new ByteWriter();

  constructor(
    private readonly out: ByteWriter,
    private readonly compress: Compress,
  ) {}

  get position(): number {
    return this.out.length;
  }

  /** Forgets what was written for a page that never ended. */
  clear(): void {
    this.levels.clear();
    this.values.clear();
  }

  /** The distinct values of a chunk, PLAIN. */
  endDictionary(entries: number): PageSizes {
    const about = struct({ 1: i32(entries), 2: i32(ENCODING.PLAIN) });
    return this.end(PAGE_TYPE.DICTIONARY, { 7: about });
  }

  /** A data page of version 2: its levels stay uncompressed. */
  endData({ rows, nulls, encoding }: DataPage): PageSizes {
    const about = struct({
      1: i32(rows),
      2: i32(nulls),
      3: i32(rows),
      4: i32(encoding),
      5: i32(this.levels.length),
      6: i32(0),
    });
    return this.end(PAGE_TYPE.DATA_V2, { 8: about });
  }

  private end(type: number, about: ThriftFields): PageSizes {
    const { levels, values, out } = this;
    const start = out.length;
    const body = this.compress(values.view());
    const uncompressed = levels.length + values.length;
    const compressed = levels.length + body.length;
    struct({ 1: i32(type), 2: i32(uncompressed), 3: i32(compressed), ...about }).write(out);
    const header = out.length - start;
    out.bytes(levels.view());
    out.bytes(body);
    this.clear();
    return { uncompressed: header + uncompressed, compressed: header + compressed };
  }
}
