import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPipelineFile } from '../../../adapters/filesystem/pipeline-file';
import { windowDays } from '../../../core/planning/window';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { BuiltCommand, documentOf, logsOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

let command: BuiltCommand;
let simulator: Simulator;
let pipeline: string;

beforeAll(async () => {
  command = await BuiltCommand.build();
  simulator = await startSimulator({ limits: false });
  pipeline = await command.write('small.json', SMALL_PIPELINE);
});

afterAll(async () => {
  await simulator.close();
  await command.remove();
});

beforeEach(() => simulator.setFaults([]));

const globals = (lake: string) => ['--pipeline', pipeline, '--lake', lake, '--source-url', simulator.url];

describe('ingest', () => {
  test('tells of a day that Athena will not show, once it is published', async () => {
    const { code, stdout } = await command.call(['ingest', '--date', '2019-12-31', ...globals('early')]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^2019-12-31 +published/m);
    expect(stdout).toContain('worth knowing: earliest_day: Athena does not show days before 2020-01-01');
  });

  test('publishes a day and says so in one JSON object, its logs on standard error', async () => {
    const ended = await command.call(['ingest', '--date', '2025-03-01', '--json', ...globals('json')]);

    expect(ended.code).toBe(0);
    const document = documentOf(ended);
    expect(document).toMatchObject({
      command: 'ingest',
      exit_code: 0,
      pipeline: 'small',
      lake: 'json',
      simulated: true,
      requests: { sent: 2, reused: 0, failed: 0 },
      outcomes: { published: 1 },
      failures: [],
    });
    expect(document.run_id).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/);
    expect(document.dates).toEqual([
      {
        date: '2025-03-01',
        outcome: 'published',
        partial: false,
        simulated: true,
        source: { api: 'archive', models: ['era5'] },
        rows: { weather_hourly: 48, weather_daily: 2, locations: 2 },
        bytes: expect.any(Number),
        quarantined: 0,
      },
    ]);
    const logs = logsOf(ended);
    expect(logs).not.toHaveLength(0);
    for (const line of logs)
      expect(line).toMatchObject({ pipeline: 'small', run_id: document.run_id, command: 'ingest' });
    expect(logs).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        message: 'The source makes its data up: what is published is marked as simulated',
      }),
    );
    expect(logs).toContainEqual(
      expect.objectContaining({ level: 'INFO', message: 'A date was handled', batch_date: '2025-03-01' }),
    );
  });

  test('shows people a table of the days and warns that they are simulated', async () => {
    const { code, stdout, stderr } = await command.call([
      'ingest',
      '--from',
      '2025-03-01',
      '--to',
      '2025-03-02',
      ...globals('human'),
    ]);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^date +outcome +rows +quarantined +size +note\n2025-03-01 +published +52 +0 +[\d.]+ KiB\n2025-03-02/,
    );
    expect(stdout).toMatch(/^2 days · 2 published · 2 requests sent, 0 reused · [\d.]+ s$/m);
    expect(stdout).toContain('The data is simulated.');
    expect(stderr).toMatch(/^\[\d\d:\d\d:\d\d\] WARN: The source makes its data up/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each([
    [['--quiet'], /^$/],
    [['--verbose'], /INFO: A date was handled {.*"batch_date":"2025-03-01"/],
  ])('with %s says less or more on standard error', async (options, expected) => {
    const { code, stderr } = await command.call([
      ...options,
      'ingest',
      '--date',
      '2025-03-01',
      ...globals('noise'),
    ]);

    expect(code).toBe(0);
    expect(stderr).toMatch(expected);
  });

  test('without dates publishes the newest day and the look-back', async () => {
    const window = async () => windowDays(await loadPipelineFile(pipeline), Date.now());
    const before = await window();

    const ended = await command.call(['ingest', '--json', ...globals('window')]);

    const dates = documentOf(ended).dates.map(({ date }: { date: string }) => date);
    expect([before, await window()]).toContainEqual(dates);
    expect(dates).toHaveLength(2);
  });

  test('takes global options before its name too', async () => {
    const ended = await command.call([...globals('before'), '--json', 'ingest', '--date', '2025-03-01']);

    expect(documentOf(ended)).toMatchObject({ exit_code: 0, lake: 'before', pipeline: 'small' });
  });

  test('takes the default pipeline of the current folder', async () => {
    await command.write('resources/pipelines/weather-daily.json', {
      ...SMALL_PIPELINE,
      name: 'of-this-folder',
    });

    const ended = await command.call([
      'ingest',
      '--date',
      '2025-03-01',
      '--json',
      '--source-url',
      simulator.url,
    ]);

    expect(documentOf(ended)).toMatchObject({ exit_code: 0, pipeline: 'of-this-folder', lake: './lake' });
  });

  test('publishes again what was revised, and leaves what failed as it was', async () => {
    const ingest = () => command.call(['ingest', '--date', '2025-03-01', '--json', ...globals('again')]);
    await ingest();
    simulator.setFaults([{ fault: { kind: 'revision', revision: 2 } }]);
    const revised = documentOf(await ingest());
    simulator.setFaults([{ fault: { kind: 'out_of_range', value: 99, column: 'temperature_2m_mean' } }]);

    const refused = documentOf(await ingest());

    expect(revised.outcomes).toEqual({ published: 1 });
    expect(refused).toMatchObject({ exit_code: 6, outcomes: { failed: 1 } });
    const ended = await command.call(['status', '--json', ...globals('again')]);
    expect(documentOf(ended)).toMatchObject({ published: { days: 1 }, partial: [] });
  });

  test('tells every mistake of the command line and the pipeline file at once', async () => {
    const broken = await command.write('broken.json', {
      ...SMALL_PIPELINE,
      name: 'Not A Name',
      schema_version: 0,
    });

    const ended = await command.call([
      'ingest',
      '--from',
      '2025-02-30',
      '--to',
      'yesterday',
      '--pipeline',
      broken,
      '--json',
    ]);

    expect(ended.code).toBe(2);
    const { error } = documentOf(ended);
    expect(error).toMatchObject({ name: 'ConfigError', retryable: false });
    expect(error.problems.map(({ path }: { path: string }) => path)).toEqual([
      '--from',
      '--to',
      'name',
      'schema_version',
    ]);
  });

  test.each([
    [
      'a day that the calendar lacks',
      ['--date', '2025-02-29'],
      '--date: must be a day of the calendar, written YYYY-MM-DD (received "2025-02-29")',
    ],
    [
      '--date beside --from',
      ['--date', '2025-03-01', '--from', '2025-03-01'],
      '--date: excludes --from and --to',
    ],
    ['--from alone', ['--from', '2025-03-01'], '--to: is missing'],
    ['--to alone', ['--to', '2025-03-01'], '--from: is missing'],
    [
      '--from after --to',
      ['--from', '2025-03-02', '--to', '2025-03-01'],
      '--from: is after --to (2025-03-01); swap them (received 2025-03-02)',
    ],
    ['more than a month', ['--from', '2025-01-01', '--to', '2025-03-01'], 'use backfill'],
    [
      'a day that is not over',
      ['--date', '2999-12-31'],
      '2999-12-31: the day is not over at Honolulu (UTC-10) before 3000-01-01T10:00:00.000Z',
    ],
    ['an unknown option', ['--dat', '2025-03-01'], "unknown option '--dat'"],
    ['an unknown window', ['--wait', 'year'], "argument 'year' is invalid"],
    ['a stray argument', ['2025-03-01'], 'too many arguments'],
  ])('refuses %s with 2 and the way out, and asks nothing', async (_, options, message) => {
    const asked = simulator.log.length;

    const { code, stdout, stderr } = await command.call(['ingest', ...options, ...globals('refused')]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(simulator.log).toHaveLength(asked);
  });

  test.each([
    ['no pipeline file', ['--pipeline', 'missing.json'], 'missing.json'],
    [
      'an address that is none',
      ['--source-url', 'open-meteo'],
      '--source-url: must be an http or https address such as http://localhost:8080 (received "open-meteo")',
    ],
  ])('refuses %s', async (_, options, message) => {
    const { code, stderr } = await command.call([
      'ingest',
      '--date',
      '2025-03-01',
      ...globals('refused'),
      ...options,
    ]);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test.each(['ingest', 'backfill'])('%s tells every mistake of the command line at once', async (name) => {
    const days = ['--from', 'x', '--to', '2025-03-01'];
    const places = ['--pipeline', 'missing.json', '--lake', 's3://A', '--source-url', 'me:secret@server'];

    const ended = await command.call([name, ...days, ...places, '--json']);

    expect(ended.code).toBe(2);
    const paths = documentOf(ended).error.problems.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['--from', 'missing.json', '--lake', '--source-url']);
    expect(ended.stdout).not.toContain('secret');
  });

  test('refuses a keyed plan without a key, and shows a key nowhere', async () => {
    const keyed = await command.write('keyed.json', {
      ...SMALL_PIPELINE,
      source: { ...SMALL_PIPELINE.source, plan: 'keyed' },
    });
    const args = [
      'ingest',
      '--date',
      '2025-03-01',
      '--verbose',
      '--json',
      ...globals('keyed'),
      '--pipeline',
      keyed,
    ];

    const without = await command.call(args);
    const service = await startSimulator({ keyed: { apiKey: 'sesame-open' } });
    const withKey = await command.call([...args, '--source-url', service.url], {
      env: { OPEN_METEO_API_KEY: 'sesame-open' },
    });
    await service.close();

    expect(without.code).toBe(2);
    expect(documentOf(without).error.message).toContain('API key');
    expect(`${withKey.stdout}${withKey.stderr}`).not.toContain('sesame-open');
    expect(withKey.code).toBe(0);
  });

  test.each(['ingest', 'backfill'])('%s of real weather keeps away from simulated days', async (name) => {
    const days = [
      '--from',
      '2025-03-01',
      '--to',
      '2025-03-02',
      '--pipeline',
      pipeline,
      '--lake',
      'simulated',
    ];
    await command.call(['ingest', ...days, '--source-url', simulator.url]);

    const { code, stderr } = await command.call([name, ...days]);

    expect(code).toBe(2);
    expect(stderr).toContain('--lake: the lake holds 2 simulated days of small; name another one');
  });

  test.each(['ingest', 'backfill'])(
    '%s of simulated weather keeps away from real days, before anything of it is kept',
    async (name) => {
      const lake = `real-${name}`;
      const query = 'latitude=52.52&longitude=13.41&start_date=2025-03-01&end_date=2025-03-01';
      const answer = await fetch(`${simulator.url}/v1/archive?${query}&hourly=temperature_2m,precipitation`);
      const recorded = await command.write('real.json', await answer.text());
      await command.call(['replay', recorded, '--pipeline', pipeline, '--lake', lake]);
      const bodies = async () =>
        (await readdir(join(command.folder, lake, 'raw'), { recursive: true })).filter((file) =>
          file.endsWith('.json.gz'),
        );
      const before = await bodies();
      const asked = simulator.log.length;

      const days = ['--from', '2025-03-01', '--to', '2025-03-31'];
      const ended = await command.call([name, ...days, '--json', ...globals(lake)]);

      expect(ended.code).toBe(2);
      expect(documentOf(ended).error).toMatchObject({
        name: 'ConfigError',
        message: expect.stringContaining('the lake holds 1 day of small that is not simulated'),
      });
      expect(simulator.log.length).toBe(asked + 1);
      expect(await bodies()).toEqual(before);
      const status = await command.call(['status', '--json', '--pipeline', pipeline, '--lake', lake]);
      expect(documentOf(status)).toMatchObject({ published: { days: 1 }, simulated: [], leases: [] });
    },
  );

  test('removes what a run staged and left behind long ago', async () => {
    const left = '_staging/small/20200101T000000Z-00000000/weather_daily/date=2020-01-01/small.00000.json';
    await command.write(join('swept/processed', left), '{}');

    const ended = await command.call(['ingest', '--date', '2025-03-01', '--json', ...globals('swept')]);

    expect(ended.code).toBe(0);
    expect(logsOf(ended)).toContainEqual(
      expect.objectContaining({
        message: 'Staging that old runs left behind was removed',
        runs: ['20200101T000000Z-00000000'],
      }),
    );
  });
});
