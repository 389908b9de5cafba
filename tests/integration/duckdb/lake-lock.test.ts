import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LakeDatabase } from '../../../adapters/duckdb/lake-database';
import { openLake } from '../../../adapters/duckdb/open-lake';
import { ConfigError } from '../../../core/errors';
import { columnOf } from '../parquet/batch-of';
import { LakeFolder } from './lake-folder';

/** Paths of one lake: `published` is a table's file, `beside` lies next to it but in no table, `target` does not exist. */
interface Paths {
  readonly published: string;
  readonly beside: string;
  readonly target: string;
}

const OUTSIDE = 'file system operations are disabled by configuration';
const READ_ONLY = 'the lake can only be read';
const LOCKED = 'the configuration has been locked';

describe('a locked lake', () => {
  let folder: LakeFolder;
  let lake: LakeDatabase;
  let paths: Paths;
  beforeAll(async () => {
    folder = new LakeFolder();
    const published = folder.write('weather_hourly', '2026-01-01', [columnOf('int32', [1], { name: 'x' })]);
    paths = { published, beside: `${published}.csv`, target: join(folder.root, 'target') };
    writeFileSync(paths.beside, 'secret\n1\n');
    lake = await openLake(new Map([['weather_hourly', [published]]]));
  });
  afterAll(() => {
    lake.close();
    folder.remove();
  });

  it.each<[string, (paths: Paths) => string, string]>([
    ['a file of the system', () => "SELECT * FROM read_csv('/etc/passwd')", OUTSIDE],
    ['a file by its name', () => "SELECT * FROM '/etc/passwd'", 'does not exist'],
    ['a text file', () => "SELECT * FROM read_text('/etc/passwd')", OUTSIDE],
    ['a folder', () => "SELECT * FROM glob('/etc/*')", OUTSIDE],
    ['a file beside the table’s', ({ beside }) => `SELECT * FROM read_csv('${beside}')`, OUTSIDE],
    ['the network', () => "SELECT * FROM read_parquet('https://example.com/x.parquet')", OUTSIDE],
    ['a bucket', () => "SELECT * FROM read_parquet('s3://bucket/x.parquet')", OUTSIDE],
  ])('does not read %s', async (_, sql, reason) => {
    await expectRefusal(sql(paths), reason);
  });

  it.each<[string, (paths: Paths) => string, string]>([
    ['COPY to a new file', ({ target }) => `COPY (SELECT 1) TO '${target}'`, OUTSIDE],
    [
      'COPY over a published file',
      ({ published }) => `COPY (SELECT 1) TO '${published}' (FORMAT csv, USE_TMP_FILE false)`,
      READ_ONLY,
    ],
    [
      'COPY under EXPLAIN ANALYZE',
      ({ published }) => `EXPLAIN ANALYZE COPY (SELECT 1) TO '${published}' (FORMAT csv, USE_TMP_FILE false)`,
      READ_ONLY,
    ],
    ['EXPORT', ({ target }) => `EXPORT DATABASE '${target}'`, OUTSIDE],
    ['ATTACH', ({ target }) => `ATTACH '${target}'`, READ_ONLY],
    ['ATTACH of a published file', ({ published }) => `ATTACH '${published}'`, READ_ONLY],
    ['CREATE TABLE', () => 'CREATE TABLE t AS SELECT 1', READ_ONLY],
    ['DROP VIEW', () => 'DROP VIEW weather_hourly', READ_ONLY],
    ['INSTALL', () => 'INSTALL httpfs', READ_ONLY],
    ['LOAD', () => 'LOAD httpfs', READ_ONLY],
    ['CALL', ({ target }) => `CALL enable_logging(storage_path = '${target}')`, READ_ONLY],
    ['PREPARE', ({ target }) => `PREPARE p AS COPY (SELECT 1) TO '${target}'`, OUTSIDE],
    ['SET', () => 'SET threads = 1', READ_ONLY],
  ])('refuses %s, and every file stays as it is', async (_, sql, reason) => {
    const before = readFileSync(paths.published);
    const files = readdirSync(folder.root, { recursive: true });

    await expectRefusal(sql(paths), reason);

    expect(readFileSync(paths.published)).toEqual(before);
    expect(readdirSync(folder.root, { recursive: true })).toEqual(files);
    expect((await lake.query('SELECT x FROM weather_hourly')).rows).toEqual([[1]]);
  });

  it.each([
    'enable_external_access = true',
    "allowed_directories = ['/']",
    "temp_directory = '/tmp'",
    'autoload_known_extensions = true',
    'lock_configuration = false',
  ])('cannot be unlocked by SET %s, even by one who gets past the check of statements', async (setting) => {
    const { connection } = lake as unknown as { connection: { run(sql: string): Promise<unknown> } };

    await expect(connection.run(`SET ${setting}`)).rejects.toThrow(LOCKED);
  });

  it('spills nothing to the working directory', async () => {
    await lake.query('SELECT count(*) FROM (SELECT * FROM range(2000000) ORDER BY hash(range))');

    expect(existsSync('.tmp')).toBe(false);
  });

  it.each([
    ['allow_community_extensions', false],
    ['autoinstall_known_extensions', false],
    ['autoload_known_extensions', false],
    ['enable_external_access', false],
    ['lock_configuration', true],
    ['temp_directory', ''],
  ])('has %s set to %j', async (setting, expected) => {
    expect((await lake.query(`SELECT current_setting('${setting}')`)).rows).toEqual([[expected]]);
  });

  async function expectRefusal(sql: string, reason: string): Promise<void> {
    const refused = lake.query(sql);
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(reason);
  }
});
