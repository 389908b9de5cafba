import { DeadlineExceededError } from '../../../core/errors';
import { publishedDays } from '../../../core/manifest/manifest-store';
import { backfill, ingest } from '../../../core/runs/ingest';
import type { RunEvent } from '../../../core/runs/run-parts';
import { type Day, daysBetween } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { NOW, openLeases } from '../../lake/test-lake';
import { nextRun, outcomes, RunLake } from './run-lake';

const DAYS = daysBetween('2026-11-01' as Day, '2026-11-12' as Day);

let simulator: Simulator;
let clock: VirtualClock;
let lake: RunLake;
let controller: AbortController;

beforeEach(async () => {
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now() });
  lake = new RunLake({ sourceUrl: simulator.url, clock });
  controller = new AbortController();
});
afterEach(() => simulator.close());

const stop = () => controller.abort(new DeadlineExceededError('The time is over.'));
const run = () => ingest(lake.parts(), nextRun({ signal: controller.signal }), DAYS);

/** Stops at the first call of the store that is of this kind and about such a key. */
function stopAt(kind: string, keys: RegExp): void {
  lake.processed.before = (call, key) => {
    if (call === kind && keys.test(key)) stop();
  };
}

test('told to stop while a request is under way, it asks no more and every date has failed with the reason', async () => {
  simulator.setFaults([{ when: { nth: 2 }, fault: { kind: 'hang' } }]);
  const ended = run();
  while (simulator.log.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  setTimeout(stop, 50);

  const report = await ended;

  expect(outcomes(report)).toEqual(Object.fromEntries(DAYS.map((day) => [day, 'DeadlineExceededError'])));
  expect(simulator.log.length).toBeLessThanOrEqual(2);
  expect(await lake.visible()).toEqual({});
});

test('told to stop while it stages, it begins no further day', async () => {
  stopAt('put', /^_staging\//);

  const report = await run();

  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['DeadlineExceededError']));
  const staged = await lake.keys('_staging/');
  const days = new Set(staged.map((key) => /date=([\d-]+)/.exec(key)?.[1]));
  expect(days.size).toBeGreaterThan(0);
  expect(days.size).toBeLessThan(DAYS.length);
});

test('told to stop inside a promotion, it brings that to its end and begins no other', async () => {
  stopAt('copy', /^weather_hourly\//);

  const report = await run();

  const told = outcomes(report);
  const published = DAYS.filter((day) => told[day] === 'published');
  const failed = DAYS.filter((day) => told[day] === 'DeadlineExceededError');
  expect(published.length).toBeGreaterThan(0);
  expect(failed.length).toBeGreaterThan(0);
  expect(published.length + failed.length).toBe(DAYS.length);
  expect(await publishedDays(lake.processed, 'small')).toEqual(published);
  const visibleDays = new Set(Object.keys(await lake.visible()).map((key) => /date=([\d-]+)/.exec(key)?.[1]));
  expect(visibleDays).toEqual(new Set(published));
  expect(await openLeases(lake.processed)).toEqual([]);
});

test('told to stop before it began, it asks nothing and still reports', async () => {
  stop();

  const report = await run();

  expect(report.dates).toHaveLength(DAYS.length);
  expect(simulator.log).toEqual([]);
});

test('told to stop, a backfill tells each day once: what was published before as skipped', async () => {
  const before = DAYS.slice(0, 3);
  await ingest(lake.parts(), nextRun(), before);
  stopAt('put', /^_staging\//);
  const told: string[] = [];
  const onEvent = (event: RunEvent) => {
    if (event.type === 'date') told.push(event.result.day);
  };
  const options = nextRun({ signal: controller.signal, onEvent });

  const report = await backfill(lake.parts(), options, { from: DAYS[0]!, to: DAYS.at(-1)! });

  expect(told).toHaveLength(DAYS.length);
  expect(new Set(told)).toEqual(new Set(DAYS));
  expect(outcomes(report)).toEqual(
    Object.fromEntries(DAYS.map((day) => [day, before.includes(day) ? 'skipped' : 'DeadlineExceededError'])),
  );
});

test('told to stop for a reason that is no error of a run, it rejects with that reason', async () => {
  const reason = new Error('Interrupted.');
  lake.processed.before = (call) => {
    if (call === 'put') controller.abort(reason);
  };

  await expect(run()).rejects.toBe(reason);
});
