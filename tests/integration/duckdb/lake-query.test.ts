import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DuckDBTimestampTZValue } from '@duckdb/node-api';
import type { LakeDatabase } from '../../../adapters/duckdb/lake-database';
import { openLake } from '../../../adapters/duckdb/open-lake';
import { ConfigError, StorageError } from '../../../core/errors';
import { columnOf } from '../parquet/batch-of';
import { LakeFolder } from './lake-folder';

const NOON = Date.UTC(2026, 0, 1, 12);

describe('a query of the lake', () => {
  let folder: LakeFolder;
  let lake: LakeDatabase;
  beforeAll(async () => {
    folder = new LakeFolder("it's a [lake]*-");
    const temperature = (cells: (number | null)[]) => columnOf('float32', cells, { name: 'temperature_2m' });
    const time = (...cells: number[]) => columnOf('timestamp', cells, { name: 'time' });
    const hourly = [
      folder.write('weather_hourly', '2026-01-01', [time(NOON, NOON + 1), temperature([17.7, null])]),
      folder.write('weather_hourly', '2026-01-02', [
        time(NOON + 86_400_000),
        temperature([-0.3]),
        columnOf('string', ['東京'], { name: 'city' }),
      ]),
    ];
    const daily = [
      folder.write('weather_daily', '2026-01-01', [columnOf('date', [20_454], { name: 'time' })]),
    ];
    lake = await openLake(
      new Map([
        ['weather_hourly', hourly],
        ['weather_daily', daily],
        ['locations', []],
      ]),
    );
  });
  afterAll(() => {
    lake.close();
    folder.remove();
  });

  it('sees every file of a table, its folder as the column date, and null where a file lacks a column', async () => {
    const { columns, rows } = await lake.query(
      'SELECT date, time, temperature_2m, city FROM weather_hourly ORDER BY time',
    );

    expect(columns).toEqual([
      { name: 'date', type: 'DATE' },
      { name: 'time', type: 'TIMESTAMP WITH TIME ZONE' },
      { name: 'temperature_2m', type: 'FLOAT' },
      { name: 'city', type: 'VARCHAR' },
    ]);
    expect(rows).toEqual([
      ['2026-01-01', '2026-01-01T12:00:00Z', 17.7, null],
      ['2026-01-01', '2026-01-01T12:00:00.001Z', null, null],
      ['2026-01-02', '2026-01-02T12:00:00Z', -0.3, '東京'],
    ]);
  });

  it.each([
    ['of one file', 'weather_daily', '2026-01-01', 1],
    ['of several files', 'weather_hourly', '2026-01-02', 3],
  ])('gives the newest day of a table %s', async (_, table, day, count) => {
    const { rows } = await lake.query(`SELECT max(date), count(*) FROM ${table}`);

    expect(rows).toEqual([[day, count]]);
  });

  it('joins tables and goes by UTC, wherever it runs', async () => {
    const offset = DuckDBTimestampTZValue.timezoneOffsetInMinutes;
    DuckDBTimestampTZValue.timezoneOffsetInMinutes = 330;
    try {
      const { rows } = await lake.query(`
        SELECT current_setting('TimeZone'), h.time, CAST(h.time AS DATE), h.time + INTERVAL 13 HOUR
        FROM weather_hourly h JOIN weather_daily d ON d.date = h.date AND d.time = h.date
        WHERE temperature_2m IS NOT NULL`);

      expect(rows).toEqual([['UTC', '2026-01-01T12:00:00Z', '2026-01-01', '2026-01-02T01:00:00Z']]);
    } finally {
      DuckDBTimestampTZValue.timezoneOffsetInMinutes = offset;
    }
  });

  it.each([
    ['NULL', null],
    ['42::BIGINT', 42],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['18446744073709551615::UBIGINT', '18446744073709551615'],
    ['sum(7)', 7],
    ['0.1::FLOAT', 0.1],
    ['16777216::FLOAT', 16_777_216],
    ['103.288445::FLOAT', 103.288445],
    ['1.17549435e-38::FLOAT', 1.1754944e-38],
    ['0.1::DOUBLE', 0.1],
    ['0.1::FLOAT::DOUBLE', 0.10000000149011612],
    ['1.50::DECIMAL(5,2)', '1.50'],
    ['true', true],
    ["'text'", 'text'],
    ["DATE '1969-12-31'", '1969-12-31'],
    ["TIMESTAMP '2026-01-01 10:00:00'", '2026-01-01T10:00:00'],
    ["TIMESTAMPTZ '1969-12-31 23:59:59'", '1969-12-31T23:59:59Z'],
    ["TIMESTAMPTZ 'infinity'", 'infinity'],
    ["TIME '10:00'", '10:00:00'],
    ['[1, 2]', [1, 2]],
    ['[[17.7::FLOAT, NULL], []]', [[17.7, null], []]],
    ['array_value(1, 2)', [1, 2]],
    ["{'a': 1, 'b': [DATE '2026-01-31']}", { a: 1, b: ['2026-01-31'] }],
    ["MAP {'k': 17.7::FLOAT}", { k: 17.7 }],
    ['NULL::INTEGER[]', null],
    ['INTERVAL 1 DAY', '1 day'],
  ])('gives %s as %j', async (expression, expected) => {
    const { rows } = await lake.query(`SELECT ${expression}`);

    expect(rows).toEqual([[expected]]);
  });

  it('keeps columns of one name apart, and says the columns of a result without rows', async () => {
    const { columns, rows } = await lake.query('SELECT 1 AS a, 2 AS a WHERE false');

    expect(columns).toEqual([
      { name: 'a', type: 'INTEGER' },
      { name: 'a', type: 'INTEGER' },
    ]);
    expect(rows).toEqual([]);
  });

  it.each([
    'DESCRIBE weather_hourly',
    'SUMMARIZE weather_daily',
    'SHOW TABLES',
    'FROM weather_daily;',
    'VALUES (1)',
  ])('takes %s for a question too', async (sql) => {
    expect((await lake.query(sql)).rows.length).toBeGreaterThan(0);
  });

  it.each([
    ['SELEC 1', 'Parser Error: syntax error at or near "SELEC"'],
    ['SELECT nope FROM weather_hourly', 'Binder Error: Referenced column "nope" not found'],
    ['SELECT * FROM station', 'Table with name station does not exist'],
    ['SELECT * FROM locations', 'Table with name locations does not exist'],
    ['SELECT 1 / []', 'Binder Error'],
    ["SELECT CAST('x' AS INTEGER)", 'Conversion Error'],
    ['SELECT $1', 'Values were not provided'],
    ['SELECT 1; SELECT 2', 'Cannot prepare multiple statements at once'],
    ['', 'No statement to prepare'],
    ['-- nothing', 'No statement to prepare'],
  ])('refuses %j with the reason and the tables that there are', async (sql, reason) => {
    const refused = lake.query(sql);

    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(reason);
    await expect(refused).rejects.toThrow('Tables in this lake: weather_hourly, weather_daily');
  });

  it('shows where it is wrong, under its own line', async () => {
    const refused = lake.query('SELECT nope\nFROM weather_daily');

    await expect(refused).rejects.toThrow(/^ {4}LINE 1: SELECT nope$/m);
    await expect(refused).rejects.toThrow(/^ {4} +\^$/m);
  });

  it('is answered again after one that was refused', async () => {
    await lake.query('SELECT nope').catch(() => undefined);

    expect((await lake.query('SELECT 1')).rows).toEqual([[1]]);
  });

  it('says that a lake is empty', async () => {
    const empty = await openLake(new Map([['weather_hourly', []]]));

    await expect(empty.query('SELECT * FROM weather_hourly')).rejects.toThrow(
      'nothing is published in this lake\n    Tables in this lake: none yet: ingest a day first',
    );

    expect((await empty.query('SELECT 1')).rows).toEqual([[1]]);
    empty.close();
  });

  it('sees what was published last, also where files were replaced since the lake was opened', async () => {
    const cells = (run: number) =>
      Array.from({ length: 1 + (run % 50) }, (_, row) => (run * 7919 * row) % 1013);
    const publish = (run: number) =>
      folder.write('again', '2026-01-01', [columnOf('int32', cells(run), { name: 'x' })]);
    const database = await openLake(new Map([['again', [publish(0)]]]));

    for (let run = 1; run <= 200; run += 1) {
      publish(run);
      const { rows } = await database.query('SELECT x FROM again');
      expect(rows.flat()).toEqual(cells(run));
    }
    database.close();
  });

  it('is a StorageError when a file has gone since the lake was opened', async () => {
    const path = folder.write('gone', '2026-01-01', [columnOf('int32', [1])]);
    const database = await openLake(new Map([['gone', [path]]]));
    rmSync(path);

    await expect(database.query('SELECT * FROM gone')).rejects.toThrow(StorageError);
    database.close();
  });

  it.each<[string, (path: string) => void]>([
    ['is not there', (path) => rmSync(path)],
    ['is cut short', (path) => writeFileSync(path, 'PAR1')],
    ['is something else', (path) => writeFileSync(path, '{"hourly": {}} and so on')],
  ])('cannot even be asked when a file %s', async (_, damage) => {
    const path = folder.write('damaged', '2026-01-01', [columnOf('int32', [1])]);
    damage(path);

    const opened = openLake(new Map([['damaged', [path]]]));

    await expect(opened).rejects.toThrow(StorageError);
    await expect(opened).rejects.toThrow(path);
    await expect(opened).rejects.toThrow(
      /with the pipeline weather-daily: ingest-weather replay --date 2026-01-01$/,
    );
    await expect(opened).rejects.not.toThrow('CREATE VIEW');
  });

  it('says of a file that is damaged inside that the lake, and not the question, is to be mended', async () => {
    const path = folder.write('damaged', '2026-01-01', [columnOf('string', ['a', 'b'])]);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0, 4, 40));
    const database = await openLake(new Map([['damaged', [path]]]));

    const refused = database.query('FROM damaged');

    await expect(refused).rejects.toThrow(StorageError);
    await expect(refused).rejects.toThrow('ingest-weather replay --date DAY');
    database.close();
  });

  it('finds an empty quarantine of a table out of which nothing was taken', async () => {
    const columns = (cells: number) => [
      columnOf('string', ['berlin'], { name: 'location_id' }),
      columnOf('date', [cells], { name: 'time' }),
    ];
    const taken = [columnOf('string', ['rain'], { name: 'column' })];
    const database = await openLake(
      new Map([
        ['clean', [folder.write('clean', '2026-01-01', columns(20_454))]],
        ['spoilt', [folder.write('spoilt', '2026-01-01', columns(20_454))]],
        ['quarantine_spoilt', [folder.write('_quarantine', '2026-01-01', taken)]],
        [
          'places',
          [folder.write('places', '2026-01-01', [columnOf('string', ['a'], { name: 'location_id' })])],
        ],
      ]),
    );

    const { columns: found, rows } = await database.query('FROM quarantine_clean');

    expect(rows).toEqual([]);
    expect(found.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'location_id VARCHAR',
      'time DATE',
      'column VARCHAR',
      'value DOUBLE',
      'unit VARCHAR',
      'reason VARCHAR',
      'date DATE',
    ]);
    expect((await database.query('SELECT "column" FROM quarantine_spoilt')).rows).toEqual([['rain']]);
    await expect(database.query('FROM quarantine_places')).rejects.toThrow('does not exist');
    database.close();
  });
});
