import {
  type DuckDBConnection,
  type DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import {
  ConfigError,
  type ConfigProblem,
  type IngestErrorOptions,
  type StorageError,
} from '../../core/errors';
import { damagedFile, isDamage } from './damaged-file';
import { type PlainValue, toPlainValue } from './to-plain-value';

export interface QueryResult {
  /** In the order of the query; names may repeat. `type` as DuckDB spells it. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly PlainValue[])[];
}

/** Name of each table to its Parquet files, as absolute paths. */
export type LakeTables = ReadonlyMap<string, readonly string[]>;

/** Of tables like the one asked for, DuckDB names its own too. */
const OWN_TABLE_MEANT = /\nDid you mean "(pg_|duckdb_|sqlite_|information_schema)[^\n]*/;

/** What DuckDB adds to a fault of its own: the frames of its library. */
const OWN_STACK = /\s*Stack Trace:[\s\S]*/;

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
    const known = `Tables in this lake: ${[...this.tables.keys()].join(', ') || 'none yet: ingest a day first'}`;
    if (this.tables.size === 0 && cause.message.startsWith('Catalog Error'))
      return refusal('nothing is published in this lake', { details: [known], cause });
    const [message = '', ...details] = cause.message
      .replace(OWN_STACK, '')
      .replace(OWN_TABLE_MEANT, '')
      .split('\n');
    return refusal(message, { details: [...details, known], cause });
  }
}

/** Locked or not, DuckDB lets COPY overwrite the very files that it may read. */
function refuseAllButSelect({ statementType }: DuckDBPreparedStatement): void {
  if (statementType === StatementType.SELECT) return;
  throw refusal(
    `the lake can only be read: use SELECT (received a statement of type ${StatementType[statementType]})`,
  );
}

function refusal(
  message: string,
  { details, cause }: Pick<ConfigProblem, 'details'> & Pick<IngestErrorOptions, 'cause'> = {},
): ConfigError {
  const problem = { path: 'sql', message, ...(details !== undefined && { details }) };
  return new ConfigError('The query cannot be run:', [problem], { cause });
}
