/** Types a column may have in a table. Timestamps are UTC milliseconds; a date is a calendar day. */
export type ColumnType = 'float32' | 'float64' | 'int32' | 'timestamp' | 'date' | 'string';

interface BatchColumnBase {
  readonly name: string;
  /** Bit per row, least significant first, 1 = value present; absent when no row is null. */
  readonly validity?: Uint8Array;
  readonly nullCount: number;
  /** Parquet field metadata: unit, standard_name, cell_method. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** One typed column. Slots of null rows hold 0 (`''` for strings' index 0), so that equal input gives equal bytes. */
export type BatchColumn =
  | (BatchColumnBase & { readonly type: 'float32'; readonly values: Float32Array })
  | (BatchColumnBase & { readonly type: 'float64'; readonly values: Float64Array })
  | (BatchColumnBase & { readonly type: 'int32'; readonly values: Int32Array })
  /** Milliseconds since the epoch, whole. */
  | (BatchColumnBase & { readonly type: 'timestamp'; readonly values: Float64Array })
  /** Days since 1970-01-01. */
  | (BatchColumnBase & { readonly type: 'date'; readonly values: Int32Array })
  /** Index of each row into `dictionary`. */
  | (BatchColumnBase & {
      readonly type: 'string';
      readonly values: Int32Array;
      readonly dictionary: readonly string[];
    });

/** Rows of one table, ready to be encoded. */
export interface TableBatch {
  readonly table: string;
  readonly rows: number;
  readonly columns: readonly BatchColumn[];
  /** Parquet file metadata: schema version, source, attribution. */
  readonly metadata: Readonly<Record<string, string>>;
}
