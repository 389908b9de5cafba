import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import type { ObjectStore } from '../../../core/ports/object-store';
import { objectsUnder } from '../../lake/test-lake';

/** Reads the tables of a bucket with DuckDB, from a copy on disk: another reader than the project's own code. */
export class TableReader {
  private constructor(
    private readonly folder: string,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open(processed: ObjectStore, folder: string): Promise<TableReader> {
    for (const [key, body] of await objectsUnder(processed, '')) {
      if (!key.endsWith('.parquet')) continue;
      mkdirSync(dirname(join(folder, key)), { recursive: true });
      writeFileSync(join(folder, key), body);
    }
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return new TableReader(folder, instance, connection);
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Values by location and time as Open-Meteo writes it; `columns` in their order. */
  async values(table: string, columns: readonly string[], time: string): Promise<Map<string, DuckDBValue[]>> {
    const wanted = columns.map((column) => `"${column}"`).join(', ');
    const rows = await this.rows(
      `SELECT location_id || ' ' || strftime("time"::TIMESTAMP, '${time}'), ${wanted} FROM ${this.source(table)}`,
    );
    return new Map(rows.map(([key, ...values]) => [String(key), values]));
  }

  /** Rows of each day of a table, with their days. */
  async counts(table: string): Promise<DuckDBValue[][]> {
    return this.rows(
      `SELECT date::VARCHAR, count(*)::INTEGER FROM ${this.source(table)} GROUP BY 1 ORDER BY 1`,
    );
  }

  private source(table: string): string {
    return `read_parquet('${join(this.folder, table)}/*/*.parquet', hive_partitioning = true)`;
  }

  private async rows(query: string): Promise<DuckDBValue[][]> {
    return (await this.connection.runAndReadAll(query)).getRows();
  }
}
