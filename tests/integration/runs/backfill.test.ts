import { gunzipSync, gzipSync } from 'node:zlib';
import { leaseKey } from '../../../core/keys/processed-keys';
import type { Pipeline } from '../../../core/pipeline/pipeline';
import { Lease } from '../../../core/publish/lease';
import { backfill, ingest } from '../../../core/runs/ingest';
import type { RunEvent } from '../../../core/runs/run-parts';
import { type Day, daysBetween } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { type SmallPipeline, smallPipeline } from '../../lake/small-pipeline';
import { NOW, openLeases } from '../../lake/test-lake';
import { nextRun, outcomes, RunLake } from './run-lake';

/** Runs of whole months: Oct 25 to 31 and Nov 1 to 17. */
const SPAN = { from: '2026-10-25' as Day, to: '2026-11-17' as Day };
const OCTOBER_31 = '2026-10-31' as Day;
const NOVEMBER_1 = '2026-11-01' as Day;
const NOVEMBER_3 = '2026-11-03' as Day;

let simulator: Simulator;
let clock: VirtualClock;

beforeAll(async () => {
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now(), limits: false });
});
afterEach(() => simulator.setFaults([]));
afterAll(() => simulator.close());

const HOURLY = [
  ['temperature_2m', '°C'],
  ['relative_humidity_2m', '%'],
  ['dew_point_2m', '°C'],
  ['precipitation', 'mm'],
  ['pressure_msl', 'hPa'],
  ['surface_pressure', 'hPa'],
  ['cloud_cover', '%'],
  ['wind_speed_10m', 'm/s'],
  ['wind_direction_10m', '°'],
  ['wind_gusts_10m', 'm/s'],
].map(([source, unit]) => ({ source, unit }));
const DAILY = [{ source: 'precipitation_sum', unit: 'mm', max_null_share: 1 }];

/** As many variables as make days beyond the fourteenth weigh, and a bound that a month of the span keeps but the span does not. */
function monthly({ source, extra, ...more }: SmallPipeline = {}): Pipeline {
  const tables = [
    { name: 'weather_hourly', section: 'hourly', columns: HOURLY },
    { name: 'weather_daily', section: 'daily', columns: DAILY },
  ];
  return smallPipeline({
    ...more,
    source: { max_weight_per_request: 3, ...source },
    extra: { tables, ...extra },
  });
}

function newLake(): RunLake {
  return new RunLake({ sourceUrl: simulator.url, clock, settings: { limits: NO_LIMITS } });
}

const NO_LIMITS = { minute: 1e9, hour: 1e9, day: 1e9 };

describe('a backfill of some weeks', () => {
  test.each([
    ['within one source', monthly()],
    ['across the switch from history to the recent source', monthly({ source: historyAfter(10) })],
    ['with one location to a chunk', monthly({ chunk: 1 })],
  ])('gives the keys and bytes of its days ingested one by one, %s', async (_, pipeline) => {
    const together = newLake();
    const alone = newLake();

    const report = await backfill(together.parts(pipeline), nextRun(), SPAN);
    for (const day of daysBetween(SPAN.from, SPAN.to)) await ingest(alone.parts(pipeline), nextRun(), [day]);

    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
    expect(await together.visible()).toEqual(await alone.visible());
    expect((await together.keys('_manifests/')).length).toBe(24);
  });

  test('publishes each calendar run and removes its staging before the next is asked for', async () => {
    const lake = newLake();
    const staged = new Set<string>();
    const monthsAtOnce: number[] = [];
    lake.processed.before = (call, key) => {
      if (!key.startsWith('_staging/')) return;
      if (call === 'delete') staged.delete(key);
      if (call !== 'put' || !key.includes('date=')) return;
      staged.add(key);
      monthsAtOnce.push(new Set([...staged].map((one) => /date=(\d{4}-\d{2})/.exec(one)![1])).size);
    };
    const events: string[] = [];
    const onEvent = (event: RunEvent) => {
      if (event.type === 'request') events.push(`request ${event.request.from}`);
      if (event.type === 'date') events.push(`date ${event.result.day.slice(0, 7)}`);
    };

    await backfill(lake.parts(monthly()), nextRun({ onEvent }), SPAN);

    expect(Math.max(...monthsAtOnce)).toBe(1);
    expect(events.filter((event, index) => event !== events[index - 1])).toEqual([
      'request 2026-10-25',
      'date 2026-10',
      'request 2026-11-01',
      'date 2026-11',
    ]);
    expect(staged.size).toBe(0);
    expect(await lake.keys('_staging/')).toEqual([]);
  });

  test('goes on after it was aborted, and sends no request whose answer it has', async () => {
    const lake = newLake();
    const whole = newLake();
    await backfill(whole.parts(monthly()), nextRun(), SPAN);
    const abort = new AbortController();
    let sent = 0;
    const onEvent = (event: RunEvent) => {
      if (event.type === 'request' && ++sent === 6) abort.abort(new Error('enough'));
    };

    const aborted = backfill(lake.parts(monthly()), nextRun({ onEvent, signal: abort.signal }), SPAN);
    await expect(aborted).rejects.toThrow('enough');
    const before = simulator.log.length;
    const resumed = await backfill(lake.parts(monthly()), nextRun(), SPAN);

    expect(simulator.log.length - before).toBe(2);
    expect(resumed).toMatchObject({ sent: 2, reused: 2 });
    expect(outcomes(resumed)).toMatchObject({ [OCTOBER_31]: 'skipped', [NOVEMBER_1]: 'published' });
    expect(await lake.visible()).toEqual(await whole.visible());
  });

  test('stops when it is told to also where nothing needs to be sent', async () => {
    const lake = newLake();
    await backfill(lake.parts(monthly()), nextRun(), SPAN);
    await lake.loseProcessed();
    const abort = new AbortController();
    const onEvent = () => abort.abort(new Error('enough'));

    const aborted = backfill(lake.parts(monthly()), nextRun({ onEvent, signal: abort.signal }), SPAN);

    await expect(aborted).rejects.toThrow('enough');
    expect(await lake.keys('_manifests/')).toEqual([]);
  });

  test('fails the run of a failed request alone, and the next time asks for that one only', async () => {
    const lake = newLake();
    simulator.setFaults([
      { when: { section: 'daily', locationId: 3, date: SPAN.from }, fault: { kind: 'trailing_text' } },
    ]);

    const first = await backfill(lake.parts(monthly()), nextRun(), SPAN);
    simulator.setFaults([]);
    const second = await backfill(lake.parts(monthly()), nextRun(), SPAN);

    expect(outcomes(first)).toMatchObject({ [OCTOBER_31]: 'SourceContractError', [NOVEMBER_1]: 'published' });
    expect(second).toMatchObject({ sent: 1, reused: 3, failures: [] });
    expect(outcomes(second)).toMatchObject({ [OCTOBER_31]: 'published', [NOVEMBER_1]: 'skipped' });
  });

  test('asks anew for everything when forced', async () => {
    const lake = newLake();
    await backfill(lake.parts(monthly()), nextRun(), SPAN);
    simulator.setFaults([{ fault: { kind: 'revision', revision: 1 } }]);

    const forced = await backfill(lake.parts(monthly()), nextRun({ force: true }), SPAN);

    expect(forced).toMatchObject({ sent: 8, reused: 0 });
    expect(new Set(Object.values(outcomes(forced)))).toEqual(new Set(['published']));
  });

  test('takes days that history serves better from there only when forced', async () => {
    const lake = newLake();
    await backfill(lake.parts(monthly()), nextRun(), SPAN);
    const pipeline = monthly({ source: historyAfter(10) });

    const kept = await backfill(lake.parts(pipeline), nextRun(), SPAN);
    const forced = await backfill(lake.parts(pipeline), nextRun({ force: true }), SPAN);

    expect(new Set(Object.values(outcomes(kept)))).toEqual(new Set(['skipped']));
    expect(new Set(Object.values(outcomes(forced)))).toEqual(new Set(['published']));
    expect((await lake.manifest(NOVEMBER_3))!.source).toEqual({ api: 'archive', models: ['era5'] });
    expect((await lake.manifest(SPAN.to))!.source).toEqual({ api: 'forecast', models: [] });
  });
});

function historyAfter(older_than_days: number) {
  return { history: { api: 'archive', models: ['era5'], older_than_days } };
}

describe('a day that is published is skipped', () => {
  async function publishedLake(pipeline = monthly()): Promise<RunLake> {
    const lake = newLake();
    await backfill(lake.parts(pipeline), nextRun(), SPAN);
    return lake;
  }

  test('unless it is partial', async () => {
    const lake = newLake();
    const pipeline = monthly({ source: { tolerated_failed_share: 0.5 } });
    simulator.setFaults([{ when: { locationId: 3 }, fault: { kind: 'status', status: 500 } }]);
    const partial = await backfill(lake.parts(pipeline), nextRun(), SPAN);
    simulator.setFaults([]);

    const whole = await backfill(lake.parts(pipeline), nextRun(), SPAN);
    const again = await backfill(lake.parts(pipeline), nextRun(), SPAN);

    expect(partial.dates).toContainEqual(
      expect.objectContaining({ day: NOVEMBER_3, published: expect.objectContaining({ partial: true }) }),
    );
    expect(whole).toMatchObject({ sent: 4, reused: 4 });
    expect(whole.dates).toContainEqual(
      expect.objectContaining({ day: NOVEMBER_3, published: expect.objectContaining({ partial: false }) }),
    );
    expect(new Set(Object.values(outcomes(again)))).toEqual(new Set(['skipped']));
  });

  test('unless its lease says that it was left half promoted', async () => {
    const lake = await publishedLake();
    const { processed: store, clock: time, holders } = lake.parts();
    const lease = await Lease.take(
      { store, clock: time, holders },
      { pipeline: 'small', day: NOVEMBER_3, runId: 'dead' },
    );
    await lease.markPromoting(['weather_hourly']);
    await lease.release();
    const chunk = (await lake.keys(`weather_hourly/date=${NOVEMBER_3}/`))[0]!;
    const wanted = await lake.visible();
    await lake.processed.delete(chunk);

    const report = await backfill(lake.parts(monthly()), nextRun(), SPAN);

    expect(outcomes(report)).toMatchObject({ [NOVEMBER_3]: 'published', [NOVEMBER_1]: 'skipped' });
    expect(report.sent).toBe(0);
    expect(await lake.visible()).toEqual(wanted);
    expect(await openLeases(lake.processed)).toEqual([]);
  });

  test('unless its lease cannot be read, which may have said so', async () => {
    const lake = await publishedLake();
    const chunk = (await lake.keys(`weather_hourly/date=${NOVEMBER_3}/`))[0]!;
    const wanted = await lake.visible();
    await lake.processed.delete(chunk);
    await lake.processed.put(leaseKey('small', NOVEMBER_3), Buffer.from('{"run_id": "de'));

    const report = await backfill(lake.parts(monthly()), nextRun(), SPAN);

    expect(outcomes(report)).toMatchObject({ [NOVEMBER_3]: 'published', [NOVEMBER_1]: 'skipped' });
    expect(await lake.visible()).toEqual(wanted);
    expect(await openLeases(lake.processed)).toEqual([]);
  });

  test('unless it is of an older schema, and then nothing is asked for', async () => {
    const lake = await publishedLake();
    const raised = monthly({ extra: { schema_version: 2 } });
    const expected = newLake();
    await backfill(expected.parts(raised), nextRun(), SPAN);

    const report = await backfill(lake.parts(raised), nextRun(), SPAN);

    expect(report.sent).toBe(0);
    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
    expect(await lake.visible()).toEqual(await expected.visible());
  });

  test('unless the pipeline has other locations since', async () => {
    const lake = await publishedLake(monthly({ locations: [0, 2] }));
    const expected = newLake();
    await backfill(expected.parts(monthly()), nextRun(), SPAN);

    const report = await backfill(lake.parts(monthly()), nextRun(), SPAN);

    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
    expect(report).toMatchObject({ sent: 4, reused: 4 });
    expect(await lake.visible()).toEqual(await expected.visible());
  });

  test('and what was fetched after the backfill is not lost when its schema is raised', async () => {
    const lake = await publishedLake();
    clock.advance(1000);
    simulator.setFaults([{ fault: { kind: 'revision', revision: 2 } }]);
    await ingest(lake.parts(monthly()), nextRun(), [NOVEMBER_3]);
    const raised = monthly({ extra: { schema_version: 2 } });
    const expected = newLake();
    await ingest(expected.parts(raised), nextRun(), [NOVEMBER_3]);
    simulator.setFaults([]);

    const report = await backfill(lake.parts(raised), nextRun(), SPAN);

    expect(outcomes(report)[NOVEMBER_3]).toBe('published');
    const onDay = async (one: RunLake) =>
      Object.entries(await one.visible()).filter(([key]) => key.includes(NOVEMBER_3));
    expect(await onDay(lake)).toEqual(await onDay(expected));
  });
});

test('a backfill keeps below every limit, announces its waits and outlasts them', async () => {
  const limits = { minute: 4, hour: 16, day: 40 };
  const time = new VirtualClock(NOW);
  const strict = await startSimulator({ clock: () => time.now(), limits });
  const lake = new RunLake({ sourceUrl: strict.url, clock: time, settings: { limits } });
  const pipeline = smallPipeline({ source: { max_weight_per_request: 2, ...historyAfter(30) } });
  const waits: (string | undefined)[] = [];
  const onEvent = (event: RunEvent) => {
    if (event.type !== 'wait' || event.wait.reason === 'lease') return;
    expect(event.wait.until).toBeGreaterThan(time.now());
    waits.push(event.wait.window);
  };

  const report = await backfill(lake.parts(pipeline), nextRun({ onEvent, patience: 'day' }), {
    from: '2026-01-01' as Day,
    to: '2026-09-30' as Day,
  });
  await strict.close();

  expect(report).toMatchObject({ sent: 36, failures: [] });
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
  expect(strict.log.map(({ status }) => status)).toEqual(new Array(36).fill(200));
  expect(new Set(waits)).toEqual(new Set(['minute', 'hour', 'day']));
  expect(time.now() - NOW).toBeGreaterThan(86_400_000 / 2);
});

test('a backfill that may not wait ends each run with the moment to come back, and goes on then', async () => {
  const limits = { minute: 5, hour: 7, day: 40 };
  const time = new VirtualClock(NOW);
  const strict = await startSimulator({ clock: () => time.now(), limits });
  const lake = new RunLake({ sourceUrl: strict.url, clock: time, settings: { limits } });

  const first = await backfill(lake.parts(monthly()), nextRun({ patience: 'minute' }), SPAN);
  time.advance(3_600_000);
  const second = await backfill(lake.parts(monthly()), nextRun({ patience: 'minute' }), SPAN);
  await strict.close();

  expect(outcomes(first)).toMatchObject({
    [OCTOBER_31]: 'published',
    [NOVEMBER_1]: 'SourceUnavailableError',
  });
  expect(first.failures[0]!.error.context.retry_at).toEqual(expect.any(String));
  expect(outcomes(second)).toMatchObject({ [OCTOBER_31]: 'skipped', [NOVEMBER_1]: 'published' });
  expect(strict.log.map(({ status }) => status)).toEqual(new Array(8).fill(200));
});

test('an answer that lies in raw and is not what was written is asked for again, and no other', async () => {
  const lake = newLake();
  await backfill(lake.parts(monthly()), nextRun(), SPAN);
  await lake.loseProcessed();
  const [body] = (await lake.bodies()).filter((key) => key.includes(`/${NOVEMBER_1}_`));
  const found = (await lake.raw.get(body!))!;
  const other = gzipSync(Buffer.concat([gunzipSync(found.body), Buffer.from(' ')]));
  await lake.raw.put(body!, other, { metadata: found.info.metadata });

  const report = await backfill(lake.parts(monthly()), nextRun(), SPAN);

  expect(report).toMatchObject({ sent: 1, failures: [] });
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
  expect(lake.warnings.map(({ fields }) => fields?.key)).toContain(body);
  const { raw } = (await lake.manifest(NOVEMBER_1))!;
  expect(raw.map(({ key }) => key)).not.toContain(body);
});

test('days that another run publishes while the backfill is under way are not made again', async () => {
  const lake = newLake();
  let isBetweenRuns = false;
  lake.processed.before = async (call, key) => {
    if (isBetweenRuns || call !== 'delete' || !key.startsWith('_staging/')) return;
    isBetweenRuns = true;
    await ingest(lake.parts(monthly()), nextRun(), [NOVEMBER_3]);
  };

  const report = await backfill(lake.parts(monthly()), nextRun(), SPAN);

  expect(outcomes(report)).toMatchObject({ [NOVEMBER_1]: 'published', [NOVEMBER_3]: 'skipped' });
});
