import type { Pipeline } from '../../../core/pipeline/pipeline';
import { backfill, ingest } from '../../../core/runs/ingest';
import { replayDays, replayFiles } from '../../../core/runs/replay';
import { type Day, daysBetween } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { smallPipeline } from '../../lake/small-pipeline';
import { NOW, objectsUnder } from '../../lake/test-lake';
import { nextRun, outcomes, RunLake } from './run-lake';

const FIRST = '2026-11-15' as Day;
const MIDDLE = '2026-11-16' as Day;
const LAST = '2026-11-17' as Day;
const DAYS = [FIRST, MIDDLE, LAST];

let simulator: Simulator;
let clock: VirtualClock;

beforeAll(async () => {
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now(), limits: false });
});
afterEach(() => simulator.setFaults([]));
afterAll(() => simulator.close());

function newLake(): RunLake {
  return new RunLake({ sourceUrl: simulator.url, clock });
}

/** A lake into which each day was ingested by itself. */
async function ingestedLake(pipeline?: Pipeline): Promise<RunLake> {
  const lake = newLake();
  for (const day of DAYS) await ingest(lake.parts(pipeline), nextRun(), [day]);
  return lake;
}

function withTables(hourly: readonly object[], extra: object = {}): Pipeline {
  const daily = [{ source: 'precipitation_sum', unit: 'mm', max_null_share: 1 }];
  return smallPipeline({
    extra: {
      tables: [
        { name: 'weather_hourly', section: 'hourly', columns: hourly },
        { name: 'weather_daily', section: 'daily', columns: daily },
      ],
      ...extra,
    },
  });
}

const TEMPERATURE = { source: 'temperature_2m', unit: '°C', max_rejected_share: 1 };
const PRECIPITATION = { source: 'precipitation', unit: 'mm' };

describe('a replay of days', () => {
  test('finds published days as they are, from raw alone', async () => {
    const lake = await ingestedLake();
    const before = await objectsUnder(lake.processed, '');

    const report = await replayDays(lake.offline(), nextRun(), DAYS);

    expect(outcomes(report)).toEqual({ [FIRST]: 'unchanged', [MIDDLE]: 'unchanged', [LAST]: 'unchanged' });
    expect(report).toMatchObject({ sent: 0, reused: 0, failures: [] });
    expect([...(await objectsUnder(lake.processed, '')).keys()]).toEqual([...before.keys()]);
  });

  test('makes everything again when nothing processed is left, to the same bytes', async () => {
    const lake = await ingestedLake();
    const before = await lake.visible();
    await lake.loseProcessed();

    const report = await replayDays(lake.offline(), nextRun(), DAYS);

    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
    expect(await lake.visible()).toEqual(before);
  });

  test('also of a backfill, days of one answer as of several', async () => {
    const lake = newLake();
    const span = { from: '2026-10-20' as Day, to: LAST };
    await backfill(lake.parts(), nextRun(), span);
    clock.advance(1000);
    await ingest(lake.parts(), nextRun(), [MIDDLE, LAST]);
    const before = await lake.visible();
    await lake.loseProcessed();

    await replayDays(lake.offline(), nextRun(), daysBetween(span.from, span.to));

    expect(await lake.visible()).toEqual(before);
  });

  test.each([
    ['a tightened range', withTables([{ ...TEMPERATURE, range: [5, 12] }, PRECIPITATION])],
    ['another unit', withTables([{ ...TEMPERATURE, unit: '°F' }, PRECIPITATION])],
    ['a column dropped', withTables([PRECIPITATION])],
    ['a column renamed', withTables([{ ...TEMPERATURE, name: 'air' }, PRECIPITATION])],
    ['another type', withTables([{ ...TEMPERATURE, type: 'float64' }, PRECIPITATION])],
    ['a raised schema version', withTables([TEMPERATURE, PRECIPITATION], { schema_version: 2 })],
    [
      'a table more of the same section',
      withTables([TEMPERATURE, PRECIPITATION], {
        tables: [
          { name: 'weather_hourly', section: 'hourly', columns: [TEMPERATURE] },
          { name: 'rain_hourly', section: 'hourly', columns: [PRECIPITATION] },
          { name: 'weather_daily', section: 'daily', columns: [{ source: 'precipitation_sum', unit: 'mm' }] },
        ],
      }),
    ],
  ])('lets the files follow the pipeline: %s', async (_, changed) => {
    const lake = await ingestedLake(withTables([TEMPERATURE, PRECIPITATION]));
    const expected = await ingestedLake(changed);
    const before = await lake.visible();

    const report = await replayDays(lake.offline(changed), nextRun(), DAYS);

    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
    expect(await lake.visible()).not.toEqual(before);
    expect(await lake.visible()).toEqual(await expected.visible());
  });

  test('fails for a day whose raw object is gone, naming it, and goes on with the others', async () => {
    const lake = await ingestedLake();
    const before = await lake.visible();
    const [gone] = (await lake.bodies()).filter((key) => key.includes(`/${MIDDLE}_`));
    await lake.raw.delete(gone!);

    const report = await replayDays(lake.offline(), nextRun(), DAYS);

    expect(outcomes(report)).toEqual({ [FIRST]: 'unchanged', [MIDDLE]: 'StorageError', [LAST]: 'unchanged' });
    expect(report.dates[1]).toMatchObject({ error: { message: expect.stringContaining(gone!) } });
    expect(await lake.visible()).toEqual(before);
  });

  test('refuses, without a manifest, a day of which an answer is gone, and says how many', async () => {
    const lake = await ingestedLake();
    const [gone] = (await lake.bodies()).filter((key) => key.includes(`/${MIDDLE}_`));
    await lake.raw.delete(gone!);
    await lake.loseProcessed();

    const report = await replayDays(lake.offline(), nextRun(), DAYS);

    expect(outcomes(report)).toEqual({
      [FIRST]: 'published',
      [MIDDLE]: 'DataQualityError',
      [LAST]: 'published',
    });
    expect(report.dates[1]).toMatchObject({ error: { message: expect.stringMatching(/1 of 4 requests/) } });
  });

  test('refuses such a day also when its neighbours are published', async () => {
    const lake = await ingestedLake();
    const [gone] = (await lake.bodies()).filter((key) => key.includes(`/${MIDDLE}_`));
    await lake.raw.delete(gone!);
    for (const key of await lake.keys()) if (key.includes(MIDDLE)) await lake.processed.delete(key);

    const report = await replayDays(lake.offline(), nextRun(), DAYS);

    expect(outcomes(report)).toEqual({
      [FIRST]: 'unchanged',
      [MIDDLE]: 'DataQualityError',
      [LAST]: 'unchanged',
    });
  });

  test('says of a day whose answers were kept at another offset how they are read', async () => {
    const casablanca = {
      id: 'casablanca',
      name: 'Casablanca',
      latitude: 33.57,
      longitude: -7.59,
      timezone: 'Africa/Casablanca',
    };
    const at = (offset: object) => smallPipeline({ extra: { locations: [{ ...casablanca, ...offset }] } });
    const lake = newLake();
    await ingest(lake.parts(at({ utc_offset_hours: 0 })), nextRun(), [FIRST]);
    await lake.loseProcessed();

    const refused = await replayDays(lake.offline(at({})), nextRun(), [FIRST]);
    const read = await replayDays(lake.offline(at({ utc_offset_hours: 0 })), nextRun(), [FIRST]);

    const message = expect.stringContaining('the location says "utc_offset_hours": 0');
    expect(refused.dates).toMatchObject([{ day: FIRST, error: { name: 'SourceContractError', message } }]);
    expect(outcomes(read)).toEqual({ [FIRST]: 'published' });
  });

  test('says of a day without any raw object that there is none, and how to get it', async () => {
    const lake = await ingestedLake();
    const never = '2026-11-18' as Day;

    const report = await replayDays(lake.offline(), nextRun(), [LAST, never]);

    expect(report.dates[1]).toMatchObject({
      day: never,
      error: {
        name: 'ConfigError',
        retryable: false,
        message: expect.stringMatching(/2026-11-18: no raw answer of this lake .*; ingest it/),
      },
    });
  });

  test('takes the latest answer that decodes for days without a manifest', async () => {
    const lake = await ingestedLake();
    clock.advance(1000);
    simulator.setFaults([{ fault: { kind: 'revision', revision: 1 } }]);
    await ingest(lake.parts(), nextRun(), DAYS);
    const revised = await lake.visible();
    clock.advance(1000);
    simulator.setFaults([{ fault: { kind: 'trailing_text' } }]);
    await ingest(lake.parts(), nextRun(), DAYS);
    await lake.loseProcessed();

    await replayDays(lake.offline(), nextRun(), DAYS);

    expect(await lake.visible()).toEqual(revised);
  });

  test('keeps to the answers that the manifest names, however many came later', async () => {
    const lake = await ingestedLake();
    const before = await lake.visible();
    clock.advance(1000);
    simulator.setFaults([{ when: { section: 'hourly' }, fault: { kind: 'null_column' } }]);
    await ingest(lake.parts(), nextRun(), DAYS);

    const report = await replayDays(lake.offline(), nextRun(), DAYS);

    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['unchanged']));
    expect(await lake.visible()).toEqual(before);
  });

  test('leaves a day partial that was published so', async () => {
    const pipeline = smallPipeline({ source: { tolerated_failed_share: 0.3 } });
    const lake = newLake();
    simulator.setFaults([
      { when: { section: 'hourly', locationId: 3 }, fault: { kind: 'status', status: 500 } },
    ]);
    await ingest(lake.parts(pipeline), nextRun(), [MIDDLE]);

    const again = await replayDays(lake.offline(), nextRun(), [MIDDLE]);
    const raised = smallPipeline({ extra: { schema_version: 2 } });
    const report = await replayDays(lake.offline(raised), nextRun(), [MIDDLE]);

    expect(outcomes(again)).toEqual({ [MIDDLE]: 'unchanged' });
    expect(report.dates).toMatchObject([{ outcome: 'published', published: { partial: true } }]);
    expect(await lake.manifest(MIDDLE)).toMatchObject({ schema_version: 2 });
  });

  test('makes a table of a section that is never asked for again from recorded files, and does without', async () => {
    const current = {
      name: 'weather_now',
      section: 'current',
      columns: [{ source: 'temperature_2m', unit: '°C' }],
    };
    const tables = [
      { name: 'weather_hourly', section: 'hourly', columns: [TEMPERATURE, PRECIPITATION] },
      current,
    ];
    const withCurrent = smallPipeline({ extra: { tables } });
    const lake = await ingestedLake(withCurrent);
    const recorded = await fetch(
      `${simulator.url}/v1/forecast?latitude=52.52&longitude=13.41&current=temperature_2m&hourly=temperature_2m,precipitation&start_date=${LAST}&end_date=${LAST}`,
    );
    const bytes = Buffer.from(await recorded.text());
    await replayFiles(lake.offline(withCurrent), nextRun(), [{ name: 'now.json', bytes }]);
    const before = await lake.visible();
    expect(Object.keys(before)).toContainEqual(expect.stringMatching(/^weather_now\/date=2026-11-19\//));
    await lake.loseProcessed();

    const report = await replayDays(lake.offline(withCurrent), nextRun(), [...DAYS, '2026-11-19' as Day]);

    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
    expect(await lake.visible()).toEqual(before);
  });

  test('reads each answer once, however many days there are', async () => {
    const lake = newLake();
    const days = daysBetween('2026-10-20' as Day, LAST);
    for (const day of days) await ingest(lake.parts(), nextRun(), [day]);
    const raised = smallPipeline({ extra: { schema_version: 2 } });
    const bodies = await lake.bodies();
    const read: string[] = [];
    lake.raw.before = (call, key) => {
      if (call === 'get' && key.endsWith('.json.gz')) read.push(key);
    };

    await replayDays(lake.offline(raised), nextRun(), days);

    expect(read.sort()).toEqual(bodies);
  });

  test('stops when it is told to', async () => {
    const lake = await ingestedLake();
    const stopped = replayDays(
      lake.offline(),
      nextRun({ signal: AbortSignal.abort(new Error('stop')) }),
      DAYS,
    );

    await expect(stopped).rejects.toThrow('stop');
  });
});
