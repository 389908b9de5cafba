import { resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { ConfigError } from '../../core/errors';
import { publishedObjects } from '../../core/manifest/published-objects';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { addHelpTexts } from '../help';
import { inLake } from '../in-lake';
import { lakeFolder } from '../lake-address';
import { lakeStores, processedFolder } from '../lake-stores';
import { QUERY_FORMATS, type QueryFormat, queryText } from '../query-text';

interface QueryOptions {
  readonly format?: QueryFormat;
}

const NOT_IN_S3 =
  'ask a lake in S3 with Athena or with a DuckDB that reaches it (README.md, "Read it"), or copy it to this machine: aws s3 sync s3://PROCESSED_BUCKET ./copy/processed, then --lake ./copy';

export function addQueryCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('query')
    .summary('ask the published files with SQL')
    .description('Runs one SELECT over the files that the manifests of the lake list, with DuckDB.')
    .argument('<sql>', 'a SELECT statement; - reads it from standard input')
    .addOption(new Option('--format <format>', 'of the result (default: table)').choices(QUERY_FORMATS))
    .action((sql: string, options: QueryOptions) =>
      run({ command, work: (invocation) => query(invocation, sql, options) }),
    );
  addHelpTexts(command, {
    notes: `Tables go by their names; the day of a row's partition is its column "date". What was taken out of a table is in
quarantine_<table>. The lake can only be read. Days whose manifest is damaged are left out and told, and the
command ends with 7. SHOW TABLES lists the tables, DESCRIBE <table> its columns.`,
    examples: [
      ['ingest-weather query "FROM weather_daily LIMIT 5"', 'a look'],
      [
        'ingest-weather query "SELECT location_id, max(temperature_2m) FROM weather_hourly GROUP BY ALL"',
        'a question',
      ],
      ['ingest-weather query --format csv - < question.sql > answer.csv', 'from file to file'],
    ],
  });
}

async function query(invocation: Invocation, sql: string, { format }: QueryOptions): Promise<CommandResult> {
  const { options, surroundings } = invocation;
  if (options.json && format !== undefined) {
    const message = 'excludes --json, which is a format of its own; use one of them';
    throw new ConfigError('The command line has mistakes:', [
      { path: '--format', message, received: format },
    ]);
  }
  const lake = lakeFolder(options.lake, NOT_IN_S3);
  const statement = sql === '-' ? await textOf(surroundings.stdin) : sql;
  const { columns, rows, damaged } = await inLake(lake, () => ask({ lake, statement, surroundings }));
  return {
    document: { columns, row_count: rows.length, rows },
    text: () => queryText({ columns, rows }, format ?? 'table'),
    failures: damaged.map((error) => ({ what: String(error.context.key), error })),
  };
}

interface Question extends Pick<Invocation, 'surroundings'> {
  /** A folder. */
  readonly lake: string;
  readonly statement: string;
}

async function ask({ lake, statement, surroundings }: Question) {
  const { processed } = await lakeStores(lake, surroundings);
  const { tables: objects, damaged } = await publishedObjects(processed);
  const folder = resolve(processedFolder(lake));
  const tables = [...objects].map(
    ([table, keys]) => [table, keys.map((key) => resolve(folder, key))] as const,
  );
  // Loaded here alone: the library takes longer than most commands do.
  const { openLake } = await import('../../adapters/duckdb/open-lake');
  const database = await openLake(new Map(tables));
  try {
    return { ...(await database.query(statement)), damaged };
  } finally {
    database.close();
  }
}
