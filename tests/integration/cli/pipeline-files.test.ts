import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_PIPELINE_FILE } from '../../../cli/global-options';
import { BuiltCommand, documentOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

let command: BuiltCommand;
let pipeline: string;

beforeAll(async () => {
  command = await BuiltCommand.build();
  pipeline = await command.write('small.json', SMALL_PIPELINE);
});

afterAll(() => command.remove());

const PLACE = ['--latitude', '-36.85', '--longitude', '174.76'];

describe('check', () => {
  test("finds the package's own default pipeline valid from anywhere", async () => {
    const ended = await command.call(['check', '--json']);

    expect(documentOf(ended)).toMatchObject({
      exit_code: 0,
      files: [
        {
          file: expect.stringContaining(DEFAULT_PIPELINE_FILE),
          valid: true,
          pipeline: 'weather-daily',
          locations: 10,
        },
      ],
      failures: [],
    });
  });

  test('tells every mistake of every file and ends with 2', async () => {
    const wrong = await command.write('wrong.json', { ...SMALL_PIPELINE, schema_version: 'one', tables: [] });
    const torn = await command.write('torn.json', '{"name": ');

    const ended = await command.call(['check', wrong, pipeline, torn, '--json']);

    expect(ended.code).toBe(2);
    const { files, failures } = documentOf(ended);
    expect(files.map(({ valid }: { valid: boolean }) => valid)).toEqual([false, true, false]);
    expect(failures).toMatchObject([
      {
        what: wrong,
        error: { name: 'ConfigError', problems: [{ path: 'schema_version' }, { path: 'tables' }] },
      },
      { what: torn, error: { name: 'ConfigError' } },
    ]);
  });

  test('passes over JSON Schemas, which lie among pipelines', async () => {
    const schema = await command.write('pipeline.schema.json', { type: 'object' });

    const ended = await command.call(['check', schema, pipeline, '--json']);
    const alone = await command.call(['check', schema]);

    expect(documentOf(ended)).toMatchObject({ exit_code: 0, files: [{ file: pipeline, valid: true }] });
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('name a pipeline file')]);
  });

  test('says how many prefixes Athena lists for a query that names no day', async () => {
    const source = { api: 'climate', models: ['mri_agcm3_2_s'] };
    const file = await command.write('climate.json', {
      ...SMALL_PIPELINE,
      source,
      earliest_day: '2049-12-31',
    });

    const { stdout } = await command.call(['check', file]);
    const document = documentOf(await command.call(['check', file, '--json']));

    expect(stdout).toContain(
      'in Athena: 2049-12-31 to 2050-12-31; a query that names no date lists 366 prefixes of a table',
    );
    expect(document.files[0].athena).toEqual({ from: '2049-12-31', to: '2050-12-31', prefixes: 366 });
  });

  test('warns of what is worth knowing without failing', async () => {
    const source = { api: 'archive', plan: 'keyed' };
    const file = await command.write('unpinned.json', { ...SMALL_PIPELINE, source });

    const { code, stdout } = await command.call(['check', file]);

    expect(code).toBe(0);
    expect(stdout).toContain(`${file}: valid (small: 2 locations, 2 tables, 4 columns)`);
    expect(stdout).toContain('worth knowing: source.models: without a model the archive mixes several');
    expect(stdout).toContain(
      'worth knowing: source.plan: a keyed plan needs the environment variable OPEN_METEO_API_KEY',
    );
  });
});

describe('check --schedule', () => {
  test('warns of an hour at which some location has not ended its day', async () => {
    const { code, stdout } = await command.call(['check', '--schedule', 'cron(30 5 * * ? *)']);

    expect(code).toBe(0);
    expect(stdout).toContain('worth knowing: schedule.expression: fires at 05:30 UTC');
    expect(stdout).toContain('Honolulu (UTC-10)');
  });

  test("reads the hour on the clock of the schedule's zone", async () => {
    const early = ['check', '--schedule', 'cron(0 6 * * ? *)'];

    const inUtc = await command.call(early);
    const inNewYork = await command.call([...early, '--schedule-timezone', 'America/New_York']);

    expect(inUtc.stdout).toContain('schedule.expression');
    expect(inNewYork.stdout).not.toContain('schedule.expression');
  });

  test('warns of a schedule that ends, and refuses one that never fires', async () => {
    const ending = await command.call(['check', '--schedule', 'cron(30 10 * * ? 2020)']);
    const never = await command.call(['check', '--schedule', 'cron(30 10 31 2 ? *)']);

    expect(ending.stdout).toContain('worth knowing: schedule.expression: nothing runs after 2020');
    expect(never).toMatchObject({ code: 2, stderr: expect.stringContaining('never fires') });
  });

  test('refuses a schedule that AWS would refuse, with every mistake', async () => {
    const wrong = ['--schedule', '30 10 * * *', '--schedule-timezone', 'Mars/Olympus'];

    const ended = await command.call(['check', ...wrong, '--json']);

    expect(ended.code).toBe(2);
    expect(documentOf(ended).error.problems).toMatchObject([
      { path: '--schedule', received: '30 10 * * *' },
      { path: '--schedule-timezone', received: 'Mars/Olympus' },
    ]);
  });

  test('tells the mistakes of the files beside those of the schedule, each under its title', async () => {
    const { code, stderr } = await command.call(['check', '--schedule', 'daily', 'missing.json', pipeline]);

    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^ConfigError: Several things are wrong:\n {2}The schedule is wrong:\n {4}- --schedule: .*\n {2}The pipeline file missing\.json cannot be read:\n {4}- missing\.json: .*\n$/,
    );
  });
});

describe('init', () => {
  test('drafts a pipeline for variables at a place, on standard output', async () => {
    const ended = await command.call([
      'init',
      '--variables',
      'temperature_2m,daily:temperature_2m_max',
      ...PLACE,
    ]);
    const file = await command.write('drafted.json', ended.stdout);

    const checked = await command.call(['check', file, '--json']);

    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      name: 'weather',
      locations: [{ latitude: -36.85, longitude: 174.76 }],
    });
    expect(documentOf(checked)).toMatchObject({
      exit_code: 0,
      files: [{ tables: ['weather_hourly', 'weather_daily'] }],
    });
  });

  test('does not replace a file unless told to', async () => {
    const args = ['init', '--variables', 'rain', '--output', 'kept.json', ...PLACE];
    await command.write('kept.json', 'mine');

    const refused = await command.call(args);
    const kept = await readFile(join(command.folder, 'kept.json'), 'utf8');
    const forced = await command.call([...args, '--force']);

    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('replace it with --force');
    expect(kept).toBe('mine');
    expect(forced.code).toBe(0);
    expect(forced.stdout).toContain('ingest-weather check kept.json');
    expect(JSON.parse(await readFile(join(command.folder, 'kept.json'), 'utf8'))).toMatchObject({
      name: 'weather',
    });
  });

  test('tells all that an answer does not say, and takes it from the command line', async () => {
    const bare = await command.write('bare.json', { time: ['2025-03-01T00:00'], temperature_2m: [1.5] });
    const said = [
      '--section',
      'hourly',
      '--unit',
      'temperature_2m=°C',
      '--utc-offset-seconds',
      '0',
      ...PLACE,
    ];

    const asked = await command.call(['init', '--from', bare, '--section', 'hourly', '--json']);
    const told = await command.call(['init', '--from', bare, ...said, '--json']);

    const paths = documentOf(asked).error.problems.map(({ path }: { path: string }) => path);
    expect(asked.code).toBe(2);
    expect(paths).toEqual(['--latitude, --longitude', '--utc-offset-seconds', '--unit temperature_2m=UNIT']);
    expect(documentOf(told)).toMatchObject({
      exit_code: 0,
      pipeline: { recorded: { units: { temperature_2m: '°C' } } },
    });
  });

  test.each([
    ['nothing said', [], ['--from: name an answer']],
    ['half of a place', ['--variables', 'rain', '--latitude', '1'], ['--longitude: is missing']],
    [
      'an answer and variables',
      ['--from', 'small.json', '--variables', 'rain'],
      ['--variables: excludes --from'],
    ],
    [
      'words about no answer',
      ['--variables', 'rain', '--section', 'hourly', ...PLACE],
      ['--section: is about an answer'],
    ],
    [
      'numbers and units that are none',
      ['--from', 'small.json', '--latitude', 'north', '--longitude', '1', '--unit', 'rain'],
      ['--latitude: must be a number (received "north")', '--unit: must be a column and its unit'],
    ],
    [
      'a variable that nobody knows',
      ['--variables', 'temperatur_2m', ...PLACE],
      ['did you mean temperature_2m'],
    ],
    [
      'all that is wrong at once',
      [
        ...['--latitude', 'north', '--longitude', '500', '--timezone', 'Mars/X', '--name', 'A B'],
        ...['--variables', 'temperatur_2m'],
      ],
      [
        '--latitude: must be a number (received "north")',
        '--longitude: must be at most 180 (received 500)',
        '--timezone: must be an IANA time zone name, for example Europe/Berlin (received "Mars/X")',
        '--name: must have 1 to 64 lower-case letters',
        'temperatur_2m: no variable of the catalogue; did you mean temperature_2m?',
      ],
    ],
    [
      'an answer that is not there',
      ['--from', 'missing.json'],
      ['missing.json: there is no such file; name a file'],
    ],
    ['a folder for an answer', ['--from', '.'], ['.: it is a folder; name a file']],
    [
      'a folder for the output',
      ['--variables', 'rain', ...PLACE, '--output', '.'],
      ['it is a folder; name a file'],
    ],
    [
      'a folder for an output that may be replaced',
      ['--variables', 'rain', ...PLACE, '--output', '.', '--force'],
      ['it is a folder; name a file'],
    ],
    [
      'an output below a file',
      ['--variables', 'rain', ...PLACE, '--output', 'html.json/a.json', '--force'],
      ['a file lies in the way; choose another name'],
    ],
    ['an answer that is no JSON', ['--from', 'html.json'], ['JSON is expected, and this looks like HTML']],
    [
      'an API that there is not',
      ['--variables', 'rain', '--api', 'tea-leaves', ...PLACE],
      ["'tea-leaves' is invalid"],
    ],
  ])('refuses %s', async (_, args, messages) => {
    await command.write('html.json', '<html>');

    const { code, stdout, stderr } = await command.call(['init', ...args]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const message of messages) expect(stderr).toContain(message);
  });
});

describe('plan', () => {
  test('tells requests, weight, shares, time, rows and bytes of a backfill, without a network', async () => {
    const args = ['plan', '--from', '2024-01-01', '--to', '2025-12-31', '--pipeline', pipeline];

    const ended = await command.call([...args, '--json', '--source-url', 'http://127.0.0.1:1']);
    const { stdout } = await command.call(args);

    const { total, ...report } = documentOf(ended);
    expect(report).toMatchObject({
      exit_code: 0,
      planned: 'backfill',
      pipeline: 'small',
      runs: [{ days: 366 }, { days: 365 }],
    });
    expect(total).toMatchObject({ days: 731, locations: 2, requests: 4, rows: { weather_hourly: 731 * 48 } });
    expect(total.quota_share.day).toBeCloseTo(total.weight.total / 10_000);
    expect(stdout).toContain('small          backfill of 731 days, 2 locations');
    expect(stdout).toMatch(/^2024-01-01 {2}2024-12-31 {2}archive era5 +2/m);
  });

  test('plans the daily run when nothing is said', async () => {
    const ended = await command.call(['plan', '--json', '--pipeline', pipeline]);

    expect(documentOf(ended)).toMatchObject({
      exit_code: 0,
      planned: 'ingest',
      total: { days: 2, requests: 2 },
    });
  });

  test('warns of days before all that the API has', async () => {
    const args = ['plan', '--from', '1930-01-01', '--to', '1930-12-31', '--pipeline', pipeline];

    const { code, stdout } = await command.call(args);
    const document = documentOf(await command.call([...args, '--json']));

    expect(code).toBe(0);
    expect(stdout).toContain('worth knowing: 1930-01-01: the archive API has nothing before 1940-01-01');
    expect(document.warnings).toMatchObject([{ path: '1930-01-01' }, { path: 'earliest_day' }]);
  });

  test.each([
    ['2019-12-31', [expect.objectContaining({ path: 'earliest_day' })]],
    ['2020-01-01', []],
  ])('warns of days that Athena would not show: from %s', async (from, warnings) => {
    const args = ['plan', '--from', from, '--to', '2020-02-29', '--pipeline', pipeline, '--json'];

    expect(documentOf(await command.call(args)).warnings).toEqual(warnings);
  });

  test('refuses a day that is not over', async () => {
    const { code, stderr } = await command.call(['plan', '--date', '2999-12-31', '--pipeline', pipeline]);

    expect(code).toBe(2);
    expect(stderr).toContain('the day is not over');
  });
});
