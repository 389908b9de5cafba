import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { StorageError } from '../../core/errors';
import { QUARANTINE_TABLE_PREFIX } from '../../core/manifest/published-objects';
import { damagedFile, isDamage } from './damaged-file';
import { LakeDatabase, type LakeTables } from './lake-database';

/**
 * Nothing is fetched from the network, nothing is spilled to disk, and nothing of a file is kept from one query to the next:
 * DuckDB's cache does not notice a file that was published again within the same moment, and mixes old bytes with new ones.
 * Its propagation of statistics fails (1.5.5) on the largest or smallest `date` of a table of one file.
 */
const OPTIONS = {
  allow_community_extensions: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  disabled_optimizers: 'statistics_propagation',
  enable_external_file_cache: 'false',
  temp_directory: '',
};

/**
 * A database in memory with a view for each table that has files, and an empty one for a quarantine that has none. The `date=` folder of a file is its column `date`;
 * a column that some files lack is null there. The session's time zone is UTC.
 *
 * Once the views are made, the database is locked: a query reads the files of `tables` and no others, and no network.
 *
 * @throws StorageError when a file is missing or is not Parquet
 */
export async function openLake(tables: LakeTables): Promise<LakeDatabase> {
  const filled = new Map([...tables].filter(([, files]) => files.length > 0));
  const instance = await DuckDBInstance.create(':memory:', OPTIONS);
  const connection = await instance.connect();
  const database = new LakeDatabase(instance, connection, filled);
  try {
    await connection.run(`SET TimeZone = 'UTC'`);
    for (const [name, files] of filled) await connection.run(viewStatement(name, files));
    await addEmptyQuarantine(connection);
    await lock(connection, [...filled.values()].flat());
    return database;
  } catch (cause) {
    database.close();
    const files = [...filled.values()].flat();
    throw isDamage(cause as Error) ? damagedFile(cause as Error, files) : unopened(cause as Error, filled);
  }
}

function unopened(cause: Error, tables: LakeTables): StorageError {
  const reason = cause.message.split('\n')[0];
  return new StorageError(`The lake cannot be opened: ${reason}`, {
    context: { tables: [...tables.keys()] },
    cause,
  });
}

/** `union_by_name`, because a column may have been added to a table after its first files were written. */
function viewStatement(name: string, files: readonly string[]): string {
  return `CREATE VIEW ${identifier(name)} AS SELECT * FROM read_parquet(${textList(files)},
    hive_partitioning = true, hive_types = {'date': DATE}, union_by_name = true)`;
}

/** For each table with places and times out of which no value was taken. Types come from the catalogue: no file is opened again. */
async function addEmptyQuarantine(connection: DuckDBConnection): Promise<void> {
  const found = await connection.runAndReadAll(`
    SELECT places.table_name, times.data_type FROM duckdb_columns() places JOIN duckdb_columns() times USING (table_name)
    WHERE places.column_name = 'location_id' AND times.column_name = 'time'
      AND NOT starts_with(table_name, '${QUARANTINE_TABLE_PREFIX}')`);
  for (const [table, timeType] of found.getRows()) {
    await connection.run(`CREATE VIEW IF NOT EXISTS ${identifier(`${QUARANTINE_TABLE_PREFIX}${table}`)} AS
      SELECT NULL::VARCHAR AS location_id, NULL::${timeType} AS time, NULL::VARCHAR AS "column", NULL::DOUBLE AS value,
        NULL::VARCHAR AS unit, NULL::VARCHAR AS reason, NULL::DATE AS date WHERE false`);
  }
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** In this order: what is allowed cannot be changed once access is off, and the last statement makes it final. */
async function lock(connection: DuckDBConnection, files: readonly string[]): Promise<void> {
  await connection.run(`SET allowed_paths = ${textList(files)}`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

function textList(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')}]`;
}
