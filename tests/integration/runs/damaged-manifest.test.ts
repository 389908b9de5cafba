import { manifestKey } from '../../../core/keys/processed-keys';
import { publishedObjects } from '../../../core/manifest/published-objects';
import { backfill, ingest } from '../../../core/runs/ingest';
import { replayDays } from '../../../core/runs/replay';
import type { RunReport } from '../../../core/runs/run-parts';
import { overdueDays } from '../../../core/status/freshness';
import { lakeStatus } from '../../../core/status/lake-status';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { smallPipeline } from '../../lake/small-pipeline';
import { NOW } from '../../lake/test-lake';
import { nextRun, outcomes, RunLake } from './run-lake';

const DAYS = ['2026-11-15', '2026-11-16', '2026-11-17'] as Day[];
const [FIRST, MIDDLE, LAST] = DAYS as [Day, Day, Day];

const DAMAGES: readonly (readonly [name: string, spoil: (whole: Uint8Array) => Uint8Array])[] = [
  ['cut', (whole) => whole.subarray(0, whole.length >> 1)],
  ['empty', () => new Uint8Array()],
  ['NUL bytes', (whole) => new Uint8Array(whole.length)],
  ['{}', () => Buffer.from('{}')],
  ['null', () => Buffer.from('null')],
];

let simulator: Simulator;
let clock: VirtualClock;

beforeAll(async () => {
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now(), limits: false });
});
beforeEach(() => clock.advance(1000));
afterAll(() => simulator.close());

/** A lake with every day published, of which the middle one's manifest is damaged. */
async function damagedLake(spoil = DAMAGES[0]![1]): Promise<RunLake> {
  const lake = new RunLake({ sourceUrl: simulator.url, clock });
  await ingest(lake.parts(), nextRun(), DAYS);
  const key = manifestKey('small', MIDDLE);
  const { body } = (await lake.processed.get(key))!;
  await lake.processed.put(key, spoil(body));
  return lake;
}

/** The day's own error names its manifest and says how the day is made again. */
function expectTold({ dates }: RunReport): void {
  const [failed] = dates.filter(({ outcome }) => outcome === 'failed');
  expect(failed).toMatchObject({
    day: MIDDLE,
    error: {
      name: 'StorageError',
      message: expect.stringMatching(/_manifests\/small\/date=2026-11-16.*replay --date 2026-11-16/),
    },
  });
}

const RAISED = smallPipeline({ extra: { schema_version: 2 } });

describe.each(DAMAGES)('one manifest that is damaged (%s)', (_, spoil) => {
  test.each<[string, (lake: RunLake) => Promise<RunReport>]>([
    ['an ingest', (lake) => ingest(lake.parts(RAISED), nextRun(), DAYS)],
    ['a backfill', (lake) => backfill(lake.parts(RAISED), nextRun(), { from: FIRST, to: LAST })],
    [
      'a forced backfill',
      (lake) => backfill(lake.parts(RAISED), nextRun({ force: true }), { from: FIRST, to: LAST }),
    ],
    ['a replay', (lake) => replayDays(lake.offline(RAISED), nextRun(), DAYS)],
  ])('stops its own day of %s, and no other', async (_name, run) => {
    const lake = await damagedLake(spoil);

    const report = await run(lake);

    expect(outcomes(report)).toEqual({ [FIRST]: 'published', [MIDDLE]: 'StorageError', [LAST]: 'published' });
    expectTold(report);
    expect(await lake.manifest(LAST)).toMatchObject({ schema_version: 2 });
  });

  test('is told by status, which knows the other days', async () => {
    const { processed } = await damagedLake(spoil);

    const status = await lakeStatus({ pipeline: smallPipeline(), processed, now: NOW });

    expect(status.damaged).toEqual([
      { date: MIDDLE, reason: expect.stringContaining('replay --date 2026-11-16') },
    ]);
    expect(status.published).toMatchObject({ days: 3, first: FIRST, last: LAST });
    expect(status.simulated).toEqual([
      { from: FIRST, to: FIRST, days: 1 },
      { from: LAST, to: LAST, days: 1 },
    ]);
    expect(status.gaps.flatMap(({ from }) => from)).not.toContain(MIDDLE);
  });

  test('leaves the objects of the other days to a query, and is told', async () => {
    const { processed } = await damagedLake(spoil);

    const { tables, damaged } = await publishedObjects(processed);

    const days = tables.get('weather_hourly')!.map((key) => /date=([^/]+)/.exec(key)![1]);
    expect([...new Set(days)]).toEqual([FIRST, LAST]);
    expect(damaged.map(({ context }) => context.key)).toEqual([manifestKey('small', MIDDLE)]);
  });
});

test('a replay makes the day again once its damaged manifest was removed, as the error says', async () => {
  const lake = await damagedLake();
  const before = await lake.visible();
  await lake.processed.delete(manifestKey('small', MIDDLE));

  const report = await replayDays(lake.offline(), nextRun(), DAYS);

  expect(outcomes(report)).toEqual({ [FIRST]: 'unchanged', [MIDDLE]: 'published', [LAST]: 'unchanged' });
  expect(await lake.visible()).toEqual(before);
});

test('a due day whose manifest is damaged is overdue, and the days before it are looked at', async () => {
  const { processed } = await damagedLake();
  await processed.delete(manifestKey('small', LAST));

  const { days, damaged } = await overdueDays(processed, 'small', LAST);

  expect(days).toEqual([LAST, MIDDLE]);
  expect(damaged.map(({ context }) => context.key)).toEqual([manifestKey('small', MIDDLE)]);
});
