import type { Pipeline } from '../../../core/pipeline/pipeline';
import { windowDays } from '../../../core/planning/window';
import { ingest } from '../../../core/runs/ingest';
import { replayDays, replayFiles } from '../../../core/runs/replay';
import type { RunEvent } from '../../../core/runs/run-parts';
import { lakeStatus } from '../../../core/status/lake-status';
import { addDays, type Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { type SmallPipeline, smallPipeline } from '../../lake/small-pipeline';
import { NOW, openLeases } from '../../lake/test-lake';
import { nextRun, outcomes, RunLake } from './run-lake';

const DAY = '2026-11-17' as Day;
const NEXT_DAY = '2026-11-18' as Day;

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

async function freshlyIngested(pipeline: Pipeline, days: readonly Day[] = [DAY]): Promise<RunLake> {
  const lake = newLake();
  await ingest(lake.parts(pipeline), nextRun(), days);
  return lake;
}

function revise(revision: number): void {
  clock.advance(1000);
  simulator.setFaults([{ fault: { kind: 'revision', revision } }]);
}

describe('a daily run', () => {
  test('asks for the look-back days again in one request each, and revised values replace the former', async () => {
    const pipeline = smallPipeline({ chunk: 3 });
    const lake = newLake();
    const days = windowDays(pipeline, NOW);
    await ingest(lake.parts(pipeline), nextRun(), [days[0]!]);
    const before = await lake.visible();
    revise(1);
    const asked = simulator.log.length;

    const report = await ingest(lake.parts(pipeline), nextRun(), days);

    expect(days).toEqual([DAY, NEXT_DAY]);
    expect(simulator.log.length - asked).toBe(2);
    expect(outcomes(report)).toEqual({ [DAY]: 'published', [NEXT_DAY]: 'published' });
    const revised = await lake.visible();
    expect(
      Object.keys(before).every((key) => key.startsWith('locations/') || revised[key] !== before[key]),
    ).toBe(true);
    expect(await lake.visible()).toEqual(await (await freshlyIngested(pipeline, days)).visible());
  });

  test('leaves a day as it is when nothing was revised but its lineage', async () => {
    const lake = await freshlyIngested(smallPipeline());
    const before = await lake.visible();
    const named = (await lake.manifest(DAY))!.raw;
    clock.advance(1000);

    const report = await ingest(lake.parts(), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'published' });
    expect(await lake.visible()).toEqual(before);
    expect((await lake.manifest(DAY))!.raw).not.toEqual(named);
  });

  test.each([
    ['superseded', false, [{ fault: { kind: 'revision', revision: 2 } }]],
    ['published', true, []],
  ] as const)(
    'ends as %s when a newer fetch was published meanwhile (forced: %s)',
    async (outcome, force, shown) => {
      const lake = newLake();
      let isOvertaken = false;
      lake.processed.before = async (call, key) => {
        if (isOvertaken || call !== 'put' || !key.startsWith('_leases/')) return;
        isOvertaken = true;
        revise(2);
        await ingest(lake.parts(), nextRun(), [DAY]);
      };

      const late = await ingest(lake.parts(), nextRun({ force }), [DAY]);
      simulator.setFaults(shown);
      const expected = await freshlyIngested(smallPipeline());

      expect(isOvertaken).toBe(true);
      expect(outcomes(late)).toEqual({ [DAY]: outcome });
      expect(await lake.visible()).toEqual(await expected.visible());
      expect(await openLeases(lake.processed)).toEqual([]);
      expect(await lake.keys('_staging/')).toEqual([]);
    },
  );

  test('asks a published day of its own source until it is forced', async () => {
    const day = '2026-11-05' as Day;
    const lake = await freshlyIngested(smallPipeline(), [day]);
    const history = { api: 'archive', models: ['era5'], older_than_days: 5 };
    const pipeline = smallPipeline({ source: { history } });
    const question = { pipeline, processed: lake.processed, now: NOW };

    const kept = await ingest(lake.parts(pipeline), nextRun(), [day]);
    const status = await lakeStatus(question);
    const forced = await ingest(lake.parts(pipeline), nextRun({ force: true }), [day]);
    const after = await lakeStatus(question);

    expect(kept.dates).toMatchObject([{ published: { source: { api: 'forecast' } } }]);
    expect(status.better_from_history).toEqual([{ from: day, to: day, days: 1 }]);
    expect(forced.dates).toMatchObject([
      { outcome: 'published', published: { source: { api: 'archive', models: ['era5'] } } },
    ]);
    expect(after.better_from_history).toEqual([]);
  });

  test('goes on with the other days when one is past its limits', async () => {
    const lake = newLake();
    simulator.setFaults([{ fault: { kind: 'null_hour', hour: `${DAY}T00:00`, hours: 12 } }]);

    const report = await ingest(lake.parts(), nextRun(), [DAY, NEXT_DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'DataQualityError', [NEXT_DAY]: 'published' });
    expect(await lake.manifest(DAY)).toBeUndefined();
    expect(Object.keys(await lake.visible()).filter((key) => key.includes(DAY))).toEqual([]);
  });
});

describe('when the list of locations changed since', () => {
  interface Change {
    readonly what: string;
    readonly before: SmallPipeline;
    readonly after: Pipeline;
  }

  const reordered = smallPipeline({
    extra: { locations: [2, 0, 1].map((index) => locationFile(index)) },
  });

  const CHANGES: readonly Change[] = [
    {
      what: 'one more at the end',
      before: { locations: [0, 3] },
      after: smallPipeline({ locations: [0, 4] }),
    },
    {
      what: 'one more at the start',
      before: { locations: [1, 4] },
      after: smallPipeline({ locations: [0, 4] }),
    },
    {
      what: 'one less at the end',
      before: { locations: [0, 5] },
      after: smallPipeline({ locations: [0, 4] }),
    },
    {
      what: 'one less at the start',
      before: { locations: [0, 5] },
      after: smallPipeline({ locations: [1, 5] }),
    },
    { what: 'another order', before: { locations: [0, 3] }, after: reordered },
    { what: 'smaller chunks', before: { chunk: 3 }, after: smallPipeline({ chunk: 1 }) },
    { what: 'larger chunks', before: { chunk: 1 }, after: smallPipeline({ chunk: 3 }) },
  ];

  test.each(CHANGES)(
    '$what: the day is that of the new list, nothing is left over',
    async ({ before, after }) => {
      const lake = await freshlyIngested(smallPipeline(before));
      const expected = await freshlyIngested(after);

      const report = await ingest(lake.parts(after), nextRun(), [DAY]);

      expect(report.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
      expect(await lake.visible()).toEqual(await expected.visible());
      const { objects, quarantine } = (await lake.manifest(DAY))!;
      expect([...objects, ...quarantine].map(({ key }) => key).sort()).toEqual(
        Object.keys(await lake.visible()),
      );
    },
  );

  test.each(CHANGES.slice(2))('$what: the same from raw alone', async ({ before, after }) => {
    const lake = await freshlyIngested(smallPipeline(before));
    const expected = await freshlyIngested(after);

    await replayDays(lake.offline(after), nextRun(), [DAY]);

    expect(await lake.visible()).toEqual(await expected.visible());
  });

  test('a location that raw does not have leaves the published version in place', async () => {
    const lake = await freshlyIngested(smallPipeline({ locations: [0, 3] }));
    const before = await lake.visible();

    const report = await replayDays(lake.offline(smallPipeline({ locations: [0, 4] })), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'kept' });
    expect(await lake.visible()).toEqual(before);
  });

  test.each([
    [0, 'SourceUnavailableError'],
    [0.5, 'published'],
  ])(
    'a failed request is not made up for by an answer that lacks a location (tolerated: %s)',
    async (share, outcome) => {
      const lake = await freshlyIngested(smallPipeline({ locations: [0, 1] }));
      await lake.loseProcessed();
      const pipeline = smallPipeline({ locations: [0, 2], source: { tolerated_failed_share: share } });
      simulator.setFaults([{ when: { section: 'hourly' }, fault: { kind: 'status', status: 500 } }]);

      const report = await ingest(lake.parts(pipeline), nextRun(), [DAY]);

      expect(outcomes(report)).toEqual({ [DAY]: outcome });
      const missing = (await lake.manifest(DAY))?.tables.weather_hourly?.locations.missing;
      expect(missing).toEqual(share === 0 ? undefined : ['auckland']);
    },
  );

  function locationFile(index: number) {
    const { id, name, latitude, longitude, timezone } = smallPipeline({ locations: [0, 5] }).locations[
      index
    ]!;
    return { id, name, latitude, longitude, timezone };
  }
});

describe('when the tables changed since', () => {
  const hourly = {
    name: 'weather_hourly',
    section: 'hourly',
    columns: [{ source: 'precipitation', unit: 'mm', range: [0, 0.1], max_rejected_share: 1 }],
  };
  const daily = { name: 'weather_daily', section: 'daily', columns: [{ source: 'rain_sum', unit: 'mm' }] };
  const withTables = (...tables: readonly object[]) => smallPipeline({ extra: { tables } });

  test.each([
    ['is removed', withTables(hourly, daily), withTables(daily)],
    ['is added', withTables(daily), withTables(daily, hourly)],
    ['is renamed', withTables(hourly, daily), withTables({ ...hourly, name: 'rain_hourly' }, daily)],
  ])('a table that %s', async (_, before, after) => {
    const lake = await freshlyIngested(before);
    const expected = await freshlyIngested(after);

    await ingest(lake.parts(after), nextRun(), [DAY]);

    expect(await lake.visible()).toEqual(await expected.visible());
  });

  test('a table of the moment does not keep its day from being published, once or twice', async () => {
    const now = {
      name: 'weather_now',
      section: 'current',
      columns: [{ source: 'temperature_2m', unit: '°C' }],
    };
    const pipeline = withTables(now, hourly);
    const lake = newLake();

    const first = await ingest(lake.parts(pipeline), nextRun(), [DAY]);
    const second = await ingest(lake.parts(pipeline), nextRun(), [DAY]);

    expect(first.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
    expect(second.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
  });

  test('a row of the moment that was recorded stays when its day is ingested', async () => {
    const now = {
      name: 'weather_now',
      section: 'current',
      columns: [{ source: 'temperature_2m', unit: '°C' }],
    };
    const pipeline = withTables(now, hourly);
    const lake = newLake();
    const recorded = {
      latitude: 52.5,
      longitude: 13.4,
      utc_offset_seconds: 0,
      current_units: { time: 'iso8601', interval: 'seconds', temperature_2m: '°C' },
      current: { time: `${DAY}T12:00`, interval: 900, temperature_2m: 7 },
    };
    const file = { name: 'now.json', bytes: Buffer.from(JSON.stringify(recorded)) };
    await replayFiles(lake.offline(pipeline), nextRun(), [file]);
    const key = `weather_now/date=${DAY}/small.00000.parquet`;
    const before = (await lake.visible())[key];

    for (const _ of [1, 2]) await ingest(lake.parts(pipeline), nextRun(), [DAY]);

    expect(before).toEqual(expect.any(String));
    expect((await lake.visible())[key]).toBe(before);
    expect((await lake.manifest(DAY))!.tables.weather_hourly!.rows.found).toBe(72);
  });
});

describe('two pipelines that share a lake and their tables', () => {
  const one = smallPipeline({ locations: [0, 3], extra: { name: 'small' } });
  const other = smallPipeline({ locations: [2, 5], extra: { name: 'small-2' } });

  test('leave what is the other one’s alone, whatever they do', async () => {
    const lake = newLake();
    await ingest(lake.parts(one), nextRun(), [DAY]);
    await ingest(lake.parts(other), nextRun(), [DAY]);
    const otherAlone = await freshlyIngested(other);
    const shorter = smallPipeline({ locations: [0, 1], extra: { name: 'small', schema_version: 2 } });
    const shorterAlone = await freshlyIngested(shorter);

    await ingest(lake.parts(shorter), nextRun(), [DAY]);
    await replayDays(lake.offline(other), nextRun(), [DAY]);

    expect(await lake.visible()).toEqual({
      ...(await otherAlone.visible()),
      ...(await shorterAlone.visible()),
    });
    const status = await lakeStatus({ pipeline: other, processed: lake.processed, now: NOW });
    expect(status).toMatchObject({ published: { days: 1 }, partial: [], leases: [] });
  });

  test('may run at once', async () => {
    const lake = newLake();
    const [oneAlone, otherAlone] = [await freshlyIngested(one), await freshlyIngested(other)];

    const reports = await Promise.all(
      [one, other].map((pipeline) => ingest(lake.parts(pipeline), nextRun(), [DAY])),
    );

    expect(reports.map(outcomes)).toEqual([{ [DAY]: 'published' }, { [DAY]: 'published' }]);
    expect(await lake.visible()).toEqual({ ...(await oneAlone.visible()), ...(await otherAlone.visible()) });
  });
});

test('many days are asked for fortnight by fortnight; where that fails, what was kept of each stands in', async () => {
  const lake = newLake();
  const pipeline = smallPipeline({ source: { tolerated_failed_share: 0.5 } });
  const days = Array.from({ length: 30 }, (_, index) => addDays(NEXT_DAY, index - 29));
  await ingest(lake.parts(pipeline), nextRun(), days);
  simulator.setFaults([{ when: { section: 'hourly' }, fault: { kind: 'status', status: 500 } }]);
  const planned: number[] = [];
  const onEvent = (event: RunEvent) => {
    if (event.type === 'planned') planned.push(event.runs.length, event.requests, event.days);
  };

  const report = await ingest(lake.parts(pipeline), nextRun({ onEvent }), days);

  expect(planned).toEqual([3, 12, 30]);
  expect(report.failures).toHaveLength(6);
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
});
