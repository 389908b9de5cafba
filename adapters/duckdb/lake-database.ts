import {
  type DuckDBConnection,
  type DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import { ConfigError, StorageError } from '../../core/errors';
import { type PlainValue, toPlainValue } from './to-plain-value';

export interface QueryResult {
  /** In the order of the query; names may repeat. `type` as DuckDB spells it. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly PlainValue[])[];
}

/** A lake that can be asked but not changed. Made by `openLake`. */
export class LakeDatabase {
  constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    /** Tables that have files. */
    readonly tables: readonly string[],
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
    if (cause.message.startsWith('IO Error')) {
      return new StorageError(`A file of the lake cannot be read: ${cause.message}`, { cause });
    }
    const known = this.tables.length === 0 ? 'none yet: ingest a day first' : this.tables.join(', ');
    return refusal(`${cause.message}\nTables in this lake: ${known}`, cause);
  }
}

/** Locked or not, DuckDB lets COPY overwrite the very files that it may read. */
function refuseAllButSelect({ statementType }: DuckDBPreparedStatement): void {
  if (statementType === StatementType.SELECT) return;
  throw refusal(
    `the lake can only be read: use SELECT (received a statement of type ${StatementType[statementType]})`,
  );
}

function refusal(message: string, cause?: Error): ConfigError {
  return new ConfigError('The query cannot be run:', [{ path: 'sql', message }], { cause });
}
