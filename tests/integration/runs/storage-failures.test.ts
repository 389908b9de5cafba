import { StorageError } from '../../../core/errors';
import { leaseKey, manifestKey } from '../../../core/keys/processed-keys';
import { readLease } from '../../../core/publish/lease';
import { backfill, ingest } from '../../../core/runs/ingest';
import { replayDays } from '../../../core/runs/replay';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { smallPipeline } from '../../lake/small-pipeline';
import { NOW, openLeases } from '../../lake/test-lake';
import type { HookedStore, StoreCall } from './hooked-store';
import { nextRun, outcomes, RunLake } from './run-lake';

const DAYS = ['2026-11-15', '2026-11-16', '2026-11-17'] as Day[];
const [FIRST, MIDDLE, LAST] = DAYS as [Day, Day, Day];
const WRITES: ReadonlySet<StoreCall> = new Set(['put', 'copy', 'delete']);

let simulator: Simulator;
let clock: VirtualClock;

beforeAll(async () => {
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now(), limits: false });
});
beforeEach(() => clock.advance(1000));
afterAll(() => simulator.close());

function newLake(): RunLake {
  return new RunLake({ sourceUrl: simulator.url, clock });
}

async function expectedBytes(): Promise<Record<string, string>> {
  const lake = newLake();
  await ingest(lake.parts(), nextRun(), DAYS);
  return lake.visible();
}

/** Calls of which the key matches fail; `times` of them. */
function fail(store: HookedStore, calls: StoreCall, key: RegExp, times = Infinity): void {
  let left = times;
  store.before = (call, found) => {
    if (call !== calls || !key.test(found) || left-- <= 0) return;
    throw new StorageError('No space left on the device.', { context: { key: found } });
  };
}

function mend({ raw, processed }: RunLake): void {
  raw.before = () => {};
  processed.before = () => {};
}

/** Every published object is one that its manifest lists, unless the day is marked as being republished. */
async function expectNothingHalfPublished(lake: RunLake): Promise<void> {
  const visible = await lake.visible();
  for (const day of DAYS) {
    const lease = await readLease(lake.processed, 'small', day);
    if (lease?.state === 'promoting') continue;
    const manifest = await lake.manifest(day);
    const listed = [...(manifest?.objects ?? []), ...(manifest?.quarantine ?? [])];
    expect(Object.entries(visible).filter(([key]) => key.includes(day))).toEqual(
      listed.map(({ key, sha256 }) => [key, sha256]).sort(),
    );
  }
}

describe('when the processed bucket fails for one day', () => {
  test.each([
    ['staging its objects', 'put', new RegExp(`^_staging/.*date=${MIDDLE}`)],
    ['taking its lease', 'put', new RegExp(`^${leaseKey('small', MIDDLE)}$`)],
    ['promoting its objects', 'copy', new RegExp(`^weather_daily/date=${MIDDLE}`)],
    ['writing its manifest', 'put', new RegExp(`^${manifestKey('small', MIDDLE)}$`)],
  ] as const)('%s, the other days are published and the next run completes it', async (_, call, key) => {
    const lake = newLake();
    fail(lake.processed, call, key);

    const report = await ingest(lake.parts(), nextRun(), DAYS);
    mend(lake);
    await expectNothingHalfPublished(lake);
    const next = await ingest(lake.parts(), nextRun(), DAYS);

    expect(outcomes(report)).toEqual({
      [FIRST]: 'published',
      [MIDDLE]: 'StorageError',
      [LAST]: 'published',
    });
    expect(next.dates[1]).toMatchObject({ day: MIDDLE, outcome: 'published' });
    expect(await lake.visible()).toEqual(await expectedBytes());
    expect(await openLeases(lake.processed)).toEqual([]);
    expect(await lake.keys('_staging/')).toEqual([]);
  });

  test('removing the staging, what was published is reported all the same', async () => {
    const lake = newLake();
    fail(lake.processed, 'delete', /^_staging\//, 1);

    const report = await ingest(lake.parts(), nextRun(), DAYS);

    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['published']));
    expect(lake.warnings).toContainEqual({
      message: 'Staging could not be removed',
      fields: expect.objectContaining({ key: expect.stringMatching(/^_staging\//) }),
    });
  });
});

test('a disk that is full for good fails every day, and publishes nothing by halves', async () => {
  const lake = newLake();
  await ingest(lake.parts(), nextRun(), [FIRST]);
  const before = await lake.visible();
  fail(lake.processed, 'put', /./);

  const report = await ingest(lake.parts(), nextRun(), DAYS);
  mend(lake);

  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['StorageError']));
  expect(await lake.visible()).toEqual(before);
  await ingest(lake.parts(), nextRun(), DAYS);
  expect(await lake.visible()).toEqual(await expectedBytes());
});

test('a raw bucket that is full fails requests before they are sent', async () => {
  const lake = newLake();
  fail(lake.raw, 'put', /./);
  const asked = simulator.log.length;

  const report = await ingest(lake.parts(), nextRun(), DAYS);

  expect(simulator.log.length - asked).toBe(0);
  expect(report.failures.map(({ error }) => error.name)).toEqual(new Array(4).fill('StorageError'));
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['StorageError']));
  expect(await lake.visible()).toEqual({});
  expect((await lake.keys()).filter((key) => !key.startsWith('_leases/'))).toEqual([]);
  expect(await openLeases(lake.processed)).toEqual([]);
});

test('a body that cannot be kept fails its request alone, and the next backfill asks for it alone', async () => {
  const lake = newLake();
  fail(lake.raw, 'put', /\.json\.gz$/, 1);

  const report = await backfill(lake.parts(), nextRun(), { from: FIRST, to: LAST });
  const next = await backfill(lake.parts(), nextRun(), { from: FIRST, to: LAST });

  expect(report).toMatchObject({ sent: 3, failures: [{ error: { name: 'StorageError' } }] });
  expect(next).toMatchObject({ sent: 1, reused: 3 });
  expect(await lake.visible()).toEqual(await expectedBytes());
});

test.each([
  ['a request object', 'get', /\.request\.json$/],
  ['a body', 'get', /\.json\.gz$/],
  ['the listing', 'list', /./],
] as const)('raw that cannot be read for a moment (%s) fails days, not the replay', async (_, call, key) => {
  const lake = newLake();
  for (const day of DAYS) await ingest(lake.parts(), nextRun(), [day]);
  const before = await lake.visible();
  await lake.loseProcessed();
  fail(lake.raw, call, key, 1);

  const report = await replayDays(lake.offline(), nextRun(), DAYS);
  await expectNothingHalfPublished(lake);
  const next = await replayDays(lake.offline(), nextRun(), DAYS);

  expect(Object.values(outcomes(report))).toContain('published');
  expect(Object.values(outcomes(next))).not.toContain('StorageError');
  expect(await lake.visible()).toEqual(before);
});

test('whichever write fails, the lake is whole or marked, and the next run completes it', async () => {
  const revised = smallPipeline({ extra: { schema_version: 2 } });
  const expected = newLake();
  await ingest(expected.parts(revised), nextRun(), [FIRST]);
  let writes = 0;
  for (let failing = 1; failing <= writes + 1; failing += 3) {
    const lake = newLake();
    await ingest(lake.parts(), nextRun(), [FIRST]);
    let count = 0;
    const hook = (call: StoreCall, key: string) => {
      if (WRITES.has(call) && ++count === failing) throw new StorageError(`${call} ${key} failed.`);
    };
    lake.raw.before = hook;
    lake.processed.before = hook;
    const report = await ingest(lake.parts(revised), nextRun(), [FIRST]);
    mend(lake);
    writes = count;

    await expectNothingHalfPublished(lake);
    expect(report.dates).toHaveLength(1);
    await ingest(lake.parts(revised), nextRun(), [FIRST]);
    expect(await lake.visible()).toEqual(await expected.visible());
  }
  expect(writes).toBeGreaterThan(25);
});
