export interface ReadColumn {
  readonly name: string;
  /** A ColumnType, or the reader's own name of a type that no table has. */
  readonly type: string;
  /** Field metadata: unit, standard_name, cell_method. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a table file holds, as a reader sees it that decoded every page. */
export interface ReadTable {
  readonly rows: number;
  /** In the order of the file. */
  readonly columns: readonly ReadColumn[];
  /** File metadata: pipeline, schema version, source. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Opens table files by an implementation that did not write them. */
export interface TableReader {
  /** @throws StorageError with the reader's own words when any part of the file cannot be decoded */
  read(file: Uint8Array): ReadTable;
}
