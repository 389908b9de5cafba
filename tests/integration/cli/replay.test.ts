import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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

/** An answer as somebody may have recorded it. */
async function recordAnswer(from: string, to: string): Promise<string> {
  const query = `latitude=52.52&longitude=13.41&start_date=${from}&end_date=${to}&hourly=temperature_2m,precipitation`;
  return (await fetch(`${simulator.url}/v1/archive?${query}`)).text();
}

async function hashesUnder(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.parquet'));
  const paths = files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.includes('/.'));
  const hash = async (path: string) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  return Object.fromEntries(
    await Promise.all(paths.sort().map(async (path) => [path.slice(folder.length), await hash(path)])),
  );
}

describe('replay of dates', () => {
  test('makes the very same files again from raw, without asking anybody', async () => {
    const span = [
      '--from',
      '2025-03-01',
      '--to',
      '2025-03-03',
      '--pipeline',
      pipeline,
      '--lake',
      'again',
      '--json',
    ];
    await command.call(['ingest', ...span, '--source-url', simulator.url]);
    const before = await hashesUnder(join(command.folder, 'again/processed'));
    await rm(join(command.folder, 'again/processed'), { recursive: true });

    const ended = await command.call(['replay', ...span, '--source-url', 'http://127.0.0.1:1']);

    expect(documentOf(ended)).toMatchObject({
      exit_code: 0,
      outcomes: { published: 3 },
      requests: { sent: 0, reused: 0 },
    });
    expect(Object.keys(before)).toHaveLength(9);
    expect(await hashesUnder(join(command.folder, 'again/processed'))).toEqual(before);
  });

  test('fails for a day that raw does not hold', async () => {
    const ended = await command.call([
      'replay',
      '--date',
      '2025-03-01',
      '--pipeline',
      pipeline,
      '--lake',
      'none',
      '--json',
    ]);

    expect(ended.code).toBe(2);
    expect(documentOf(ended)).toMatchObject({
      outcomes: { failed: 1 },
      dates: [
        { error: { name: 'ConfigError', retryable: false, message: expect.stringContaining('ingest it') } },
      ],
    });
  });

  test('asks a keyed plan for no key', async () => {
    const source = { ...SMALL_PIPELINE.source, plan: 'keyed' };
    const keyed = await command.write('keyed.json', { ...SMALL_PIPELINE, source });
    const date = ['--date', '2025-03-01', '--lake', 'unkeyed'];
    await command.call(['ingest', ...date, '--pipeline', pipeline, '--source-url', simulator.url]);

    const { code } = await command.call(['replay', ...date, '--pipeline', keyed]);

    expect(code).toBe(0);
  });
});

describe('replay of files', () => {
  test('takes an answer through the pipeline that init drafts from it, which passes check', async () => {
    const answer = await command.write(
      'recorded/berlin.json',
      await recordAnswer('2025-03-01', '2025-03-02'),
    );

    const drafted = await command.call([
      'init',
      '--from',
      answer,
      '--output',
      'drafts/berlin.json',
      '--json',
    ]);
    const checked = await command.call(['check', 'drafts/berlin.json', '--json']);
    const replayed = await command.call([
      'replay',
      answer,
      '--pipeline',
      'drafts/berlin.json',
      '--lake',
      'drafted',
      '--json',
    ]);
    const asked = await command.call([
      'query',
      'SELECT time, temperature_2m FROM weather_hourly ORDER BY time',
      '--lake',
      'drafted',
      '--json',
    ]);

    expect(documentOf(drafted)).toMatchObject({
      exit_code: 0,
      output: 'drafts/berlin.json',
      pipeline: { name: 'berlin' },
    });
    expect(documentOf(checked)).toMatchObject({ exit_code: 0, files: [{ valid: true, pipeline: 'berlin' }] });
    expect(documentOf(replayed)).toMatchObject({
      exit_code: 0,
      outcomes: { published: 2 },
      simulated: false,
    });
    const { hourly } = JSON.parse(await readFile(answer, 'utf8'));
    const rows = hourly.time.map((time: string, index: number) => [
      `${time}:00Z`,
      hourly.temperature_2m[index],
    ]);
    expect(documentOf(asked).rows).toEqual(rows);
  });

  test('takes a folder, packed files too, and publishes days that are not whole as partial', async () => {
    const kept = await recordAnswer('2025-03-05', '2025-03-06');
    await command.write('mixed/a.json.gz', gzipSync(kept));
    await command.write('mixed/b.json', await recordAnswer('2025-03-07', '2025-03-07'));
    await command.write('mixed/notes.txt', 'not an answer');

    const ended = await command.call([
      'replay',
      'mixed',
      '--pipeline',
      pipeline,
      '--lake',
      'mixed-lake',
      '--json',
    ]);

    const document = documentOf(ended);
    expect(document).toMatchObject({ exit_code: 0, outcomes: { published: 3 } });
    expect(document.dates[0]).toMatchObject({
      date: '2025-03-05',
      partial: true,
      missing: expect.arrayContaining([
        expect.objectContaining({
          table: 'weather_hourly',
          rows_expected: 48,
          rows_found: 24,
          locations_missing: ['honolulu'],
        }),
      ]),
    });
  });

  describe('of a simulator', () => {
    const RAW = 'made-up/raw/small/2025-03-01_2025-03-02';
    const replay = (what: readonly string[], lake: string) =>
      command.call(['replay', ...what, '--pipeline', pipeline, '--lake', lake, '--json']);
    const status = async (lake: string) =>
      documentOf(await command.call(['status', '--pipeline', pipeline, '--lake', lake, '--json']));

    beforeAll(async () => {
      const days = ['--from', '2025-03-01', '--to', '2025-03-02', '--source-url', simulator.url];
      await command.call(['ingest', ...days, '--pipeline', pipeline, '--lake', 'made-up']);
      await command.write('real.json', await recordAnswer('2025-03-03', '2025-03-03'));
    });

    test('are marked as in the raw folder that they lie in, whose questions are passed over', async () => {
      const ended = await replay([RAW], 'marked');
      const again = await replay(['--date', '2025-03-01'], 'marked');

      expect(documentOf(ended)).toMatchObject({
        exit_code: 0,
        simulated: true,
        failures: [],
        outcomes: { published: 2 },
      });
      expect(documentOf(again)).toMatchObject({ exit_code: 0, simulated: true });
      expect(await status('marked')).toMatchObject({ simulated: [{ days: 2 }] });
    });

    test('are refused when the metadata that marks them was left behind', async () => {
      await cp(join(command.folder, RAW), join(command.folder, 'stripped'), { recursive: true });

      const ended = await replay(['stripped'], 'unmarked');

      expect(ended.code).toBe(2);
      const { message } = documentOf(ended).error;
      expect(message.match(/is a raw answer without its metadata/g)).toHaveLength(2);
      expect(message).toContain('npm run pull-raw');
      expect(await status('unmarked')).toMatchObject({ published: { days: 0 } });
    });

    test('do not fill up what real answers lack of a day', async () => {
      await cp(join(command.folder, 'made-up/raw'), join(command.folder, 'raw-only/raw'), {
        recursive: true,
      });
      const real = await command.write('real-1.json', await recordAnswer('2025-03-01', '2025-03-01'));

      const ended = await replay([real], 'raw-only');

      expect(documentOf(ended)).toMatchObject({ exit_code: 0, simulated: false, dates: [{ partial: true }] });
    });

    test.each([
      ['real answers among simulated days', ['real.json'], [RAW], 'the lake holds 2 simulated days of small'],
      [
        'simulated answers among real days',
        [RAW],
        ['real.json'],
        'the lake holds 1 day of small that is not simulated',
      ],
      ['simulated and real answers together', [RAW, 'real.json'], [], '2 files of 3 are simulated'],
    ])('do not mix: refuses %s with 2', async (name, paths, before, message) => {
      const lake = name.replaceAll(' ', '-');
      if (before.length > 0) await replay(before, lake);
      const { published, simulated } = await status(lake);

      const ended = await replay(paths, lake);

      expect(ended.code).toBe(2);
      expect(documentOf(ended).error.message).toContain(message);
      expect(await status(lake)).toMatchObject({ published, simulated });
    });
  });

  test('refuses a file that is no answer with 5 and publishes the others', async () => {
    const good = await command.write('two/good.json', await recordAnswer('2025-03-05', '2025-03-05'));
    const bad = await command.write(
      'two/bad.json',
      '{"hourly": {"time": ["2025-03-05T00:00"], "temperature_2m": [1, 2]}}',
    );

    const ended = await command.call([
      'replay',
      good,
      bad,
      '--pipeline',
      pipeline,
      '--lake',
      'two-lake',
      '--json',
    ]);

    expect(ended.code).toBe(5);
    expect(documentOf(ended)).toMatchObject({
      outcomes: { published: 1 },
      failures: [{ what: 'file bad.json', error: { name: 'SourceContractError' } }],
    });
    expect(logsOf(ended)).toContainEqual(
      expect.objectContaining({ message: 'A recorded answer was refused', file: 'bad.json' }),
    );
  });

  test.each([
    ['a path that is not there', ['missing.json'], 'missing.json: there is no such file; name a file'],
    ['a path through a file', ['small.json/a.json'], 'a.json: a file lies where its path needs a folder'],
    ['a folder without answers', ['empty'], 'the folder holds no .json and no .json.gz file'],
    ['a packed file that is none', ['torn.json.gz'], 'torn.json.gz: the file is not gzip; restore it from a copy'],
    ['files beside dates', ['--date', '2025-03-01', 'small.json'], 'Dates and files exclude each other'],
  ])('refuses %s', async (_, args, message) => {
    await command.write('empty/notes.txt', '');
    await command.write('torn.json.gz', 'torn');

    const { code, stderr } = await command.call([
      'replay',
      ...args,
      '--pipeline',
      pipeline,
      '--lake',
      'refused',
    ]);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
