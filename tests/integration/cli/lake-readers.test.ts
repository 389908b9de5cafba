import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deployedDocument } from '../../../core/pipeline/pipeline-object';
import { MAX_OVERDUE_DAYS } from '../../../core/status/freshness';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { BuiltCommand, documentOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

let command: BuiltCommand;
let simulator: Simulator;
let globals: string[];

beforeAll(async () => {
  command = await BuiltCommand.build();
  simulator = await startSimulator({ limits: false });
  const column = { source: 'temperature_2m', unit: '°C', range: [-95, 60], max_rejected_share: 1 };
  const [hourly, daily] = SMALL_PIPELINE.tables;
  const tables = [{ ...hourly, columns: [column] }, daily];
  const pipeline = await command.write('small.json', { ...SMALL_PIPELINE, tables });
  globals = ['--pipeline', pipeline, '--lake', 'lake'];
  simulator.setFaults([
    { when: { section: 'hourly' }, fault: { kind: 'out_of_range', value: 99, column: 'temperature_2m' } },
  ]);
  await command.call([
    'ingest',
    '--from',
    '2025-03-01',
    '--to',
    '2025-03-02',
    ...globals,
    '--source-url',
    simulator.url,
  ]);
  simulator.setFaults([]);
  await command.call(['ingest', '--date', '2025-03-04', ...globals, '--source-url', simulator.url]);
});

afterAll(async () => {
  await simulator.close();
  await command.remove();
});

describe('status', () => {
  test('tells machines everything', async () => {
    const document = documentOf(await command.call(['status', '--json', ...globals]));

    expect(document).toMatchObject({
      command: 'status',
      exit_code: 0,
      pipeline: 'small',
      published: { days: 3, first: '2025-03-01', last: '2025-03-04' },
      freshness: { newest_published: '2025-03-04', days_overdue: expect.any(Number) },
      partial: [],
      leases: [],
      simulated: [{ days: 2 }, { days: 1 }],
      sizes: { quarantine: { objects: 1, rows: 1 }, total: { objects: 10 } },
    });
    expect(document.gaps[0]).toEqual({ from: '2025-03-03', to: '2025-03-03', days: 1 });
    expect(document.freshness.days_overdue).toBeGreaterThan(0);
    expect(document.quality).toContainEqual(
      expect.objectContaining({ table: 'weather_hourly', column: 'temperature_2m', rows: 144, rejected: 1 }),
    );
  });

  test('tells people what is there and what is wrong', async () => {
    const { code, stdout } = await command.call(['status', ...globals]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^published +3 days, 2025-03-01 to 2025-03-04$/m);
    expect(stdout).toMatch(/^freshness +[\d,]+ days overdue/m);
    expect(stdout).toMatch(/^gaps +2025-03-03, /m);
    expect(stdout).toMatch(/^simulated +2025-03-01 to 2025-03-02 \(2\), 2025-03-04$/m);
    expect(stdout).toMatch(/^quarantine +1 +1 /m);
    expect(stdout).toMatch(/^weather_hourly\.temperature_2m +0 +1 +0 +0\.69 % +2025-03-01$/m);
    expect(stdout).not.toMatch(/^(partial|republishing|held by a run|better from history) /m);
  });

  describe('without --pipeline', () => {
    test('tells people of the pipelines that the lake holds, not of one that it does not hold', async () => {
      const { code, stdout } = await command.call(['status', '--lake', 'lake']);

      expect(code).toBe(0);
      expect(stdout).toMatch(/^small +lake$/m);
      expect(stdout).toMatch(/^published +3 days, 2025-03-01 to 2025-03-04$/m);
      expect(stdout).toMatch(/^freshness +newest day 2025-03-04 \(status --pipeline FILE tells/m);
      expect(stdout).toMatch(/^gaps +2025-03-03$/m);
      expect(stdout).not.toContain('nothing is published');
    });

    test('tells machines of them beside the default one', async () => {
      const document = documentOf(await command.call(['status', '--json', '--lake', 'lake']));

      expect(document).toMatchObject({
        pipeline: 'weather-daily',
        published: { days: 0 },
        other_pipelines: [
          {
            pipeline: 'small',
            published: { days: 3 },
            freshness: { newest_due: null, newest_published: '2025-03-04', days_overdue: null },
          },
        ],
      });
    });

    test('knows what is due of a pipeline whose deployed document lies in the lake', async () => {
      const config = join(command.folder, 'lake/raw/config/small.json');
      await mkdir(dirname(config), { recursive: true });
      await writeFile(config, JSON.stringify(deployedDocument(SMALL_PIPELINE)));

      const document = documentOf(await command.call(['status', '--json', '--lake', 'lake']));

      await rm(config);
      expect(document.other_pipelines[0].freshness.days_overdue).toBeGreaterThan(0);
    });

    test('tells a deployed document that cannot be used, and all that the lake itself says', async () => {
      const config = join(command.folder, 'lake/raw/config/small.json');
      await mkdir(dirname(config), { recursive: true });
      await writeFile(config, '{"name":');

      const { code, stdout, stderr } = await command.call(['status', '--lake', 'lake']);

      await rm(config);
      expect(code).toBe(2);
      expect(stdout).toMatch(/^published +3 days, 2025-03-01 to 2025-03-04$/m);
      expect(stderr).toMatch(/^Failed: small\nConfigError: The pipeline config\/small\.json is not JSON:$/m);
    });

    test('of an empty lake says that the default pipeline is not published', async () => {
      const { stdout } = await command.call(['status', '--lake', 'nowhere']);

      expect(stdout).toMatch(
        /^weather-daily: nothing is published in nowhere, a folder that does not exist\./,
      );
    });
  });

  test('shows the control characters of an address escaped', async () => {
    const { code, stdout } = await command.call(['status', ...globals, '--lake', 'no\u001b[2J\nwhere']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^small: nothing is published in no\\u001b\[2J\\nwhere, a folder/);
  });

  test('of a lake that is not there says that nothing is published', async () => {
    const { code, stdout } = await command.call(['status', ...globals, '--lake', 'nowhere']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^small: nothing is published in nowhere, a folder that does not exist\./);
    expect(await readdir(command.folder)).not.toContain('nowhere');
  });

  test.each([
    ['is not there', 'nowhere'],
    ['has another pipeline only', 'lake'],
  ])('of a lake that %s counts as many days overdue as an alarm needs', async (_, lake) => {
    const other = await command.write('other.json', { ...SMALL_PIPELINE, name: 'other' });

    const document = documentOf(
      await command.call(['status', '--json', '--pipeline', other, '--lake', lake]),
    );

    expect(document).toMatchObject({
      exit_code: 0,
      freshness: { newest_published: null, days_overdue: MAX_OVERDUE_DAYS },
    });
  });

  describe('with a manifest that was damaged', () => {
    const manifest = () => join(command.folder, 'lake/processed/_manifests/small/date=2025-03-04.json');
    let whole: Buffer;

    beforeAll(async () => {
      whole = await readFile(manifest());
      await writeFile(manifest(), whole.subarray(0, 100));
    });
    afterAll(() => writeFile(manifest(), whole));

    test('tells the day, and all of the others, and ends with 7', async () => {
      const ended = await command.call(['status', '--json', ...globals]);

      expect(ended.code).toBe(7);
      const document = documentOf(ended);
      expect(document).toMatchObject({
        published: { days: 3 },
        damaged: [{ date: '2025-03-04' }],
        simulated: [{ from: '2025-03-01', to: '2025-03-02' }],
        failures: [{ what: '2025-03-04', error: { name: 'StorageError' } }],
      });
      expect(document.failures[0].error.message).toMatch(/small\/date=2025-03-04.*replay --date 2025-03-04/);
    });

    test('tells people the same', async () => {
      const { code, stdout, stderr } = await command.call(['status', ...globals]);

      expect(code).toBe(7);
      expect(stdout).toMatch(/^damaged manifests +2025-03-04$/m);
      expect(stderr).toMatch(/Failed: 2025-03-04\n.*replay --date 2025-03-04/);
    });

    test('leaves the other days to a query, which tells the one and ends with 7', async () => {
      const sql = 'SELECT count(*) AS n, max(date) AS last FROM weather_daily';
      const ended = await command.call(['query', sql, '--format', 'csv', '--lake', 'lake']);

      expect(ended).toMatchObject({ code: 7, stdout: 'n,last\n4,2025-03-02\n' });
      expect(ended.stderr).toMatch(/small\/date=2025-03-04.*replay --date 2025-03-04/);
    });

    test('lets a run of other days pass', async () => {
      const ended = await command.call(['replay', '--date', '2025-03-02', ...globals]);

      expect(ended.code).toBe(0);
    });
  });

  describe('with a raw answer that was cut', () => {
    const folder = () => join(command.folder, 'lake/raw/small/2025-03-04_2025-03-04');
    const status = () => command.call(['status', ...globals]);
    let file: string;
    let whole: Buffer;

    beforeAll(async () => {
      const name = (await readdir(folder())).find((one) => one.endsWith('.json.gz'));
      file = join(folder(), name!);
      whole = await readFile(file);
      await writeFile(file, whole.subarray(0, -9));
    });
    afterAll(() => writeFile(file, whole));

    test('tells what a replay found, and later that it was made whole', async () => {
      const replayed = await command.call(['replay', '--date', '2025-03-04', ...globals]);
      const found = await status();
      const document = documentOf(await command.call(['status', '--json', ...globals]));
      await writeFile(file, whole);
      const repaired = await status();

      expect(replayed.code).toBe(7);
      expect(replayed.stderr).toMatch(/is cut short\..*backfill --force --from 2025-03-04 --to 2025-03-04/);
      expect(found).toMatchObject({ code: 0 });
      expect(found.stdout).toMatch(/^damaged raw +small\/\S+\.json\.gz is cut short \(of 2025-03-04\)$/m);
      expect(document.raw).toMatchObject({
        damaged: [{ reason: 'is cut short', dates: ['2025-03-04'] }],
        repaired: [],
      });
      expect(repaired.stdout).toMatch(/^repaired raw +small\/\S+\.json\.gz$/m);
      expect(repaired.stdout).not.toContain('damaged raw');
    });
  });

  test('has the day again after a damaged manifest was removed and the day replayed, as it says', async () => {
    const manifest = join(command.folder, 'lake/processed/_manifests/small/date=2025-03-04.json');
    const { raw, objects } = JSON.parse(await readFile(manifest, 'utf8'));
    await rm(manifest);

    const { code } = await command.call(['replay', '--date', '2025-03-04', ...globals]);

    expect(code).toBe(0);
    expect(JSON.parse(await readFile(manifest, 'utf8'))).toMatchObject({ raw, objects });
  });
});

describe('query', () => {
  test.each([
    ['is gone', undefined],
    ['is cut', 'PAR1'],
  ])('with a file that %s says how to make the day again, which does it', async (_, content) => {
    const file = join(command.folder, 'lake/processed/weather_daily/date=2025-03-04/small.00000.parquet');
    const whole = await readFile(file);
    await (content === undefined ? rm(file) : writeFile(file, content));

    const damaged = await command.call(['query', 'FROM weather_daily', '--lake', 'lake']);
    const replayed = await command.call(['replay', '--date', '2025-03-04', ...globals]);

    expect(damaged.code).toBe(7);
    expect(damaged.stderr).toContain('with the pipeline small: ingest-weather replay --date 2025-03-04');
    expect(replayed.code).toBe(0);
    expect(await readFile(file)).toEqual(whole);
  });

  test('sends a question about a lake in S3 where it can be answered', async () => {
    const { code, stderr } = await command.call([
      'query',
      'FROM weather_daily',
      '--lake',
      's3://weather-lake',
    ]);

    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('with Athena or with a DuckDB that reaches it'),
    ]);
  });

  const SQL = `SELECT location_id, date, temperature_2m_mean > -100 AS is_warm, NULL AS nothing
    FROM weather_daily WHERE date = '2025-03-01' ORDER BY location_id`;

  test.each([
    [
      'table',
      /^location_id +date +is_warm +nothing\nberlin +2025-03-01 +true\nhonolulu +2025-03-01 +true\n\(2 rows\)\n$/,
    ],
    ['csv', /^location_id,date,is_warm,nothing\nberlin,2025-03-01,true,\nhonolulu,2025-03-01,true,\n$/],
  ])('prints a %s', async (format, expected) => {
    const { code, stdout, stderr } = await command.call(['query', SQL, '--format', format, '--lake', 'lake']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(expected);
  });

  test('prints JSON, an object for each row', async () => {
    const { stdout } = await command.call(['query', SQL, '--format', 'json', '--lake', 'lake']);

    expect(JSON.parse(stdout)).toEqual(
      ['berlin', 'honolulu'].map((id) => ({
        location_id: id,
        date: '2025-03-01',
        is_warm: true,
        nothing: null,
      })),
    );
  });

  test('tells machines columns and rows in one object', async () => {
    const document = documentOf(await command.call(['query', SQL, '--json', '--lake', 'lake']));

    expect(document).toMatchObject({
      exit_code: 0,
      row_count: 2,
      columns: [
        { name: 'location_id', type: 'VARCHAR' },
        { name: 'date', type: 'DATE' },
        { name: 'is_warm' },
        { name: 'nothing' },
      ],
      rows: [
        ['berlin', '2025-03-01', true, null],
        ['honolulu', '2025-03-01', true, null],
      ],
    });
  });

  test('reads a statement from standard input', async () => {
    const ended = await command.call(['query', '-', '--format', 'csv', '--lake', 'lake'], {
      stdin: 'SELECT count(*) AS n FROM weather_hourly;\n',
    });

    expect(ended).toMatchObject({ code: 0, stdout: 'n\n144\n' });
  });

  test('finds what was taken out of a table in its quarantine', async () => {
    const sql = 'SELECT "column", value, unit, reason FROM quarantine_weather_hourly';

    const { stdout } = await command.call(['query', sql, '--format', 'csv', '--lake', 'lake']);

    expect(stdout).toBe('column,value,unit,reason\ntemperature_2m,99,°C,out_of_range\n');
  });

  test('does not see files that no manifest lists', async () => {
    const path = join(command.folder, 'lake/processed/_manifests/small/date=2025-03-04.json');
    const manifest = await readFile(path);
    await rm(path);

    const { stdout } = await command.call([
      'query',
      'SELECT count(*) AS n FROM weather_daily',
      '--format',
      'csv',
      '--lake',
      'lake',
    ]);

    await writeFile(path, manifest);
    expect(stdout).toBe('n\n4\n');
  });

  test.each([
    ['a table that is not there', ['SELECT * FROM wether_daily'], 'weather_daily'],
    ['no SQL', ['SELEC 1'], 'syntax error'],
    ['a write', ['CREATE TABLE mine AS SELECT 1'], 'the lake can only be read'],
    ['a format that there is not', ['SELECT 1', '--format', 'xml'], "argument 'xml' is invalid"],
    ['a format beside --json', ['SELECT 1', '--format', 'csv', '--json'], 'excludes --json'],
    ['no statement', [], "missing required argument 'sql'"],
  ])('refuses %s with 2', async (_, args, message) => {
    const { code, stderr } = await command.call(['query', ...args, '--lake', 'lake']);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('of an empty lake names the way out', async () => {
    const { code, stderr } = await command.call(['query', 'FROM weather_daily', '--lake', 'empty']);

    expect(code).toBe(2);
    expect(stderr).toContain('none yet: ingest a day first');
  });
});
