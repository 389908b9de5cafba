import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBInstance,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Cell } from './batch-of';

export type Row = Record<string, unknown>;

/** Another implementation's reader: what it sees is what a user gets. */
export class ParquetReader {
  private constructor(
    private readonly folder: string,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open(): Promise<ParquetReader> {
    const folder = await mkdtemp(join(tmpdir(), 'parquet-'));
    // Every file is written to the same path, and the cache would not notice.
    const instance = await DuckDBInstance.create(':memory:', { enable_external_file_cache: 'false' });
    return new ParquetReader(folder, instance, await instance.connect());
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
    await rm(this.folder, { recursive: true });
  }

  /** Cells of each column, times as milliseconds and dates as days since 1970, as in a batch. */
  async columns(file: Uint8Array): Promise<Record<string, Cell[]>> {
    const result = await this.read(file, 'SELECT * FROM read_parquet($file)');
    const columns = result.getColumns();
    return Object.fromEntries(
      result.columnNames().map((name, index) => [name, (columns[index] ?? []).map(toCell)]),
    );
  }

  /** One of DuckDB's table functions that tell what is in a file. */
  async describe(file: Uint8Array, about: 'metadata' | 'schema' | 'file_metadata'): Promise<Row[]> {
    return (await this.read(file, `SELECT * FROM parquet_${about}($file)`)).getRowObjectsJson() as Row[];
  }

  async keyValues(file: Uint8Array): Promise<[string, string][]> {
    const sql = 'SELECT decode(key), decode(value) FROM parquet_kv_metadata($file)';
    return (await this.read(file, sql)).getRowsJson() as [string, string][];
  }

  private async read(file: Uint8Array, sql: string) {
    const path = join(this.folder, 'batch.parquet');
    await writeFile(path, file);
    return this.connection.runAndReadAll(sql, { file: path });
  }
}

function toCell(value: DuckDBValue): Cell {
  if (value instanceof DuckDBTimestampTZValue) return Number(value.micros / 1000n);
  if (value instanceof DuckDBDateValue) return value.days;
  return value as Cell;
}
