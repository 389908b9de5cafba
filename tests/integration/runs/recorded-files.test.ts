import type { Pipeline } from '../../../core/pipeline/pipeline';
import { backfill, ingest } from '../../../core/runs/ingest';
import type { RecordedFile } from '../../../core/runs/recorded-file';
import { replayDays, replayFiles } from '../../../core/runs/replay';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { type SmallPipeline, smallPipeline } from '../../lake/small-pipeline';
import { NOW } from '../../lake/test-lake';
import { nextRun, outcomes, RunLake } from './run-lake';

const DAY = '2026-11-16' as Day;
const NEXT_DAY = '2026-11-17' as Day;
const OLD_DAY = '2026-01-10' as Day;

let simulator: Simulator;
let clock: VirtualClock;

beforeAll(async () => {
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now(), limits: false });
});
beforeEach(() => clock.advance(1000));
afterEach(() => simulator.setFaults([]));
afterAll(() => simulator.close());

function newLake(): RunLake {
  return new RunLake({ sourceUrl: simulator.url, clock });
}

const COLUMNS = [
  { source: 'temperature_2m', unit: '°C' },
  { source: 'precipitation', unit: 'mm' },
];

/** Two cities in two chunks and one table, so that a file may cover a day. */
function twoCities(more: SmallPipeline = {}): Pipeline {
  const tables = [{ name: 'weather_hourly', section: 'hourly', columns: COLUMNS }];
  return smallPipeline({ locations: [0, 2], chunk: 1, extra: { tables }, ...more });
}

const BERLIN = { latitude: 52.52, longitude: 13.41 };
const AUCKLAND = { latitude: -36.85, longitude: 174.76 };

interface Recording {
  readonly place?: { readonly latitude: number; readonly longitude: number };
  readonly from?: Day;
  readonly to?: Day;
  /** Rows kept, from the first on. */
  readonly rows?: number;
  /** In place of every temperature. */
  readonly temperature?: number;
}

/** An answer as somebody may have recorded it. */
async function record(name: string, recording: Recording = {}): Promise<RecordedFile> {
  const { place = BERLIN, from = DAY, to = from, rows, temperature } = recording;
  const query = `latitude=${place.latitude}&longitude=${place.longitude}&start_date=${from}&end_date=${to}`;
  const api = from < '2026-09-01' ? 'archive' : 'forecast';
  const answer = await fetch(`${simulator.url}/v1/${api}?${query}&hourly=temperature_2m,precipitation`);
  const json = JSON.parse(await answer.text());
  for (const name of Object.keys(json.hourly)) json.hourly[name] = json.hourly[name].slice(0, rows);
  if (temperature !== undefined) json.hourly.temperature_2m.fill(temperature);
  return { name, bytes: Buffer.from(JSON.stringify(json)) };
}

async function temperatures(lake: RunLake, day = DAY): Promise<{ rows: number; min: number; max: number }> {
  const { columns, rows } = (await lake.manifest(day))!.tables.weather_hourly!;
  const { min, max } = columns.temperature_2m!;
  return { rows: rows.found, min: min!, max: max! };
}

function replay(lake: RunLake, files: readonly RecordedFile[], pipeline = twoCities()) {
  return replayFiles(lake.offline(pipeline), nextRun(), files);
}

describe('recorded files', () => {
  test('of one location each make a whole day together', async () => {
    const lake = newLake();
    const files = [await record('berlin.json'), await record('auckland.json', { place: AUCKLAND })];

    const report = await replay(lake, files);

    expect(report.dates).toMatchObject([{ day: DAY, outcome: 'published', published: { partial: false } }]);
    expect((await lake.manifest(DAY))!.raw).toHaveLength(2);
  });

  test('of a day completed by later files, one after the other, give what they give together', async () => {
    const together = newLake();
    const apart = newLake();
    const files = [await record('berlin.json'), await record('auckland.json', { place: AUCKLAND })];
    await replay(together, files);

    const first = await replay(apart, files.slice(0, 1));
    const second = await replay(apart, files.slice(1));

    expect(first.dates).toMatchObject([{ outcome: 'published', published: { partial: true } }]);
    expect(second.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
    expect(await apart.visible()).toEqual(await together.visible());
  });

  test.each([
    ['the one with most rows of a day wins', 24, 12, 1],
    ['wherever it stands', 12, 24, 2],
    ['and of equal ones the last', 24, 24, 2],
  ])('of the same place: %s', async (_, firstRows, secondRows, winner) => {
    const lake = newLake();
    const files = [
      await record('first.json', { rows: firstRows, temperature: 1 }),
      await record('second.json', { rows: secondRows, temperature: 2 }),
    ];

    const report = await replay(lake, files, twoCities({ locations: [0, 1] }));

    expect(report.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
    expect(await temperatures(lake)).toEqual({ rows: 24, min: winner, max: winner });
  });

  test('keep the day with most rows also when a shorter one comes in a later run, and when all is made again', async () => {
    const lake = newLake();
    const alone = twoCities({ locations: [0, 1] });
    await replay(lake, [await record('long.json', { temperature: 1 })], alone);
    const before = await lake.visible();
    clock.advance(1000);

    const report = await replay(lake, [await record('short.json', { rows: 7, temperature: 2 })], alone);
    expect(await lake.visible()).toEqual(before);
    await lake.loseProcessed();
    const again = await replayDays(lake.offline(alone), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'unchanged' });
    expect(outcomes(again)).toEqual({ [DAY]: 'published' });
    expect(await lake.visible()).toEqual(before);
  });

  test('that are bad are listed and leave nothing; the good ones among them are published', async () => {
    const lake = newLake();
    const bad = ['{"hourly":', '[]', '{}', '<html>', ''].map((text, index) => ({
      name: `bad-${index}.json`,
      bytes: Buffer.from(text),
    }));
    const empty = await record('no-rows.json', { rows: 0 });
    const files = [bad[0]!, await record('good.json'), ...bad.slice(1), empty];

    const report = await replay(lake, files);

    expect(report.failures.map(({ what, error }) => `${what}: ${error.name}`)).toEqual([
      ...bad.map(({ name }) => `file ${name}: SourceContractError`),
      'file no-rows.json: SourceContractError',
    ]);
    expect(outcomes(report)).toEqual({ [DAY]: 'published' });
    expect(await lake.bodies()).toHaveLength(1);
  });

  test('that cover a day in part are published as partial, and made again so from raw alone', async () => {
    const lake = newLake();
    const answer = await record('berlin.json', { to: NEXT_DAY });
    await replay(lake, [answer]);
    const before = await lake.visible();
    await lake.loseProcessed();

    const report = await replayDays(lake.offline(twoCities()), nextRun(), [DAY, NEXT_DAY]);

    expect(report.dates).toMatchObject([
      { day: DAY, outcome: 'published', published: { partial: true } },
      { day: NEXT_DAY, outcome: 'published', published: { partial: true } },
    ]);
    expect(await lake.visible()).toEqual(before);
  });

  test('of a day in part are completed by the next ingest', async () => {
    const lake = newLake();
    await replay(lake, [await record('berlin.json', { temperature: 3 })]);
    const expected = newLake();
    await ingest(expected.parts(twoCities()), nextRun(), [DAY]);

    const report = await ingest(lake.parts(twoCities()), nextRun(), [DAY]);

    expect(report.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
    expect(await lake.visible()).toEqual(await expected.visible());
  });

  test.each(['ingest', 'backfill'] as const)(
    'of an old day in part are completed by %s from the source that serves old days',
    async (command) => {
      const history = { api: 'archive', models: ['era5'], older_than_days: 90 };
      const pipeline = twoCities({ source: { history } });
      const lake = newLake();
      await replay(lake, [await record('old.json', { from: OLD_DAY })], pipeline);

      const parts = lake.parts(pipeline);
      const report =
        command === 'ingest'
          ? await ingest(parts, nextRun(), [OLD_DAY])
          : await backfill(parts, nextRun(), { from: OLD_DAY, to: OLD_DAY });

      expect(report.failures).toEqual([]);
      expect(report.dates).toMatchObject([
        { outcome: 'published', published: { partial: false, source: { api: 'archive' } } },
      ]);
    },
  );

  test('make up for a failed request of the day', async () => {
    const lake = newLake();
    await replay(lake, [await record('berlin.json', { temperature: 3 })]);
    simulator.setFaults([{ when: { locationId: 1 }, fault: { kind: 'status', status: 500 } }]);

    const report = await ingest(lake.parts(twoCities()), nextRun(), [DAY]);

    expect(report.failures).toHaveLength(1);
    expect(report.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
    expect((await temperatures(lake)).rows).toBe(48);
  });

  test('never make a published day worse', async () => {
    const lake = newLake();
    await ingest(lake.parts(twoCities()), nextRun(), [DAY]);
    const before = await lake.visible();
    clock.advance(1000);

    const shorter = await replay(lake, [await record('short.json', { rows: 20, temperature: 9 })]);
    expect(await lake.visible()).toEqual(before);
    const whole = await replay(lake, [await record('whole.json', { temperature: 9 })]);

    expect(outcomes(shorter)).toEqual({ [DAY]: 'unchanged' });
    expect(whole.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
    expect((await temperatures(lake)).rows).toBe(48);
  });

  test('brought twice change nothing', async () => {
    const lake = newLake();
    const files = [await record('berlin.json'), await record('auckland.json', { place: AUCKLAND })];
    await replay(lake, files);
    clock.advance(1000);

    const report = await replay(lake, files);

    expect(outcomes(report)).toEqual({ [DAY]: 'unchanged' });
    expect(await lake.bodies()).toHaveLength(2);
  });
});
