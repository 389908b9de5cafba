import {
  type DuckDBConnection,
  type DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import { ConfigError, type StorageError } from '../../core/errors';
import { damagedFile, isDamage } from './damaged-file';
import { type PlainValue, toPlainValue } from './to-plain-value';

export interface QueryResult {
  /** In the order of the query; names may repeat. `type` as DuckDB spells it. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly PlainValue[])[];
}

/** Name of each table to its Parquet files, as absolute paths. */
export type LakeTables = ReadonlyMap<string, readonly string[]>;

const KNOWN_TABLES = 'Tables in this lake: ';
const NO_TABLES = 'none yet: ingest a day first';
/** Of tables like the one asked for, DuckDB names its own too. */
const OWN_TABLE_MEANT = /\nDid you mean "(pg_|duckdb_|sqlite_|information_schema)[^\n]*/;

/** A lake that can be asked but not changed. Made by `openLake`. */
export class LakeDatabase {
  constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly tables: LakeTables,
  ) {}

  /**
   * The whole result of one SELECT (or WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW).
   *
   * @throws ConfigError when the text is not such a statement, or DuckDB cannot run it: its message says why
   * @throws StorageError when a file of the lake cannot be read any more
   */
  async query(sql: string): Promise<QueryResult> {
    const reader = await this.run(async () => {
      const statement = await this.connection.prepare(sql);
      refuseAllButSelect(statement);
      return statement.runAndReadAll();
    });
    const types = reader.columnTypes();
    return {
      columns: reader.columnNames().map((name, index) => ({ name, type: String(types[index]) })),
      rows: reader.getRows().map((row) => row.map((value, index) => toPlainValue(value, types[index]!))),
    };
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  private async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof ConfigError ? error : this.explain(error as Error);
    }
  }

  private explain(cause: Error): ConfigError | StorageError {
    if (isDamage(cause)) return damagedFile(cause, [...this.tables.values()].flat());
    if (this.tables.size === 0 && cause.message.startsWith('Catalog Error')) {
      return refusal(['nothing is published in this lake', `${KNOWN_TABLES}${NO_TABLES}`], cause);
    }
    const reason = cause.message.replace(OWN_TABLE_MEANT, '');
    const known = [...this.tables.keys()].join(', ') || NO_TABLES;
    const lines = reason.split('\n').filter((line) => line !== '');
    return refusal([...lines, `${KNOWN_TABLES}${known}`], cause);
  }
}

/** Locked or not, DuckDB lets COPY overwrite the very files that it may read. */
function refuseAllButSelect({ statementType }: DuckDBPreparedStatement): void {
  if (statementType === StatementType.SELECT) return;
  throw refusal([
    `the lake can only be read: use SELECT (received a statement of type ${StatementType[statementType]})`,
  ]);
}

/** @param lines of DuckDB, the last of which may point at a column of the one before */
function refusal(lines: readonly string[], cause?: Error): ConfigError {
  const problems = lines.map((message, index) => ({ path: index === 0 ? 'sql' : '', message }));
  return new ConfigError('The query cannot be run:', problems, { cause });
}
