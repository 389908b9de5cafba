import { manifestKey } from '../../../core/keys/processed-keys';
import type { Day } from '../../../core/time/day';
import type { RequestItem, RunInput, SlotItem } from '../../../handlers/plan-run/contract';
import type { FinishResult } from '../../../handlers/publish-run/contract';
import { OrchestrationBench, type OrchestrationOptions } from '../../orchestration/orchestration-bench';

const SCHEDULED = { scheduled_time: '2026-11-19T12:00:00Z' };
const WEEK = { from: '2026-11-10', to: '2026-11-16' };

let bench: OrchestrationBench;
afterEach(() => bench.close());

async function start(options: OrchestrationOptions = {}): Promise<void> {
  bench = await OrchestrationBench.start(options);
}

async function planned(input: RunInput) {
  const plan = await bench.plan(input);
  return {
    plan,
    requests: await bench.items<RequestItem>(plan.requests_key),
    slots: await bench.items<SlotItem>(plan.slots_key),
    dates: (await bench.items<{ date: string }>(plan.dates_key)).map(({ date }) => date),
  };
}

const spans = (items: readonly { section: string; chunk: number; from: string; to: string }[]) =>
  items.map(({ section, chunk, from, to }) => `${section} ${chunk} ${from}..${to}`);

test('a plan has one request for each section, chunk and run of days, and a slot for each of them', async () => {
  await start();

  const { plan, requests, slots, dates } = await planned(SCHEDULED);

  const days = '2026-11-17..2026-11-18';
  expect(spans(requests)).toEqual([
    `hourly 0 ${days}`,
    `daily 0 ${days}`,
    `hourly 1 ${days}`,
    `daily 1 ${days}`,
  ]);
  expect(slots.map(({ n }) => n)).toEqual([0, 1, 2, 3]);
  expect(spans(slots)).toEqual(spans(requests));
  expect(dates).toEqual(['2026-11-17', '2026-11-18']);
  expect(plan).toMatchObject({
    bucket: 'processed',
    requests: 4,
    slots: 4,
    dates: 2,
    weight: 6,
    message_groups: 1,
    requests_at_once: 2,
  });
  expect(new Set(requests.map(({ group }) => group))).toEqual(new Set(['0']));
});

test('on a keyed plan the requests are dealt out to as many groups as may be under way', async () => {
  await start({ pipeline: { chunk: 1, source: { plan: 'keyed', concurrency: 4 } } });

  const { plan, requests } = await planned(SCHEDULED);

  expect(requests.map(({ group }) => group)).toEqual(['0', '1', '2', '3', '0', '1']);
  expect(plan).toMatchObject({ message_groups: 4, requests_at_once: 8 });
});

test('a plan that is made again for the same execution is the same plan', async () => {
  await start();
  const first = await bench.plan(SCHEDULED, 'daily-2026-11-19');
  const before = await bench.items(first.requests_key);

  const second = await bench.plan(SCHEDULED, 'daily-2026-11-19');
  const other = await bench.plan(SCHEDULED, 'daily-2026-11-19-again');

  expect(second).toEqual(first);
  expect(await bench.items(second.requests_key)).toEqual(before);
  expect(other.run_id).not.toBe(first.run_id);
});

describe('a backfill', () => {
  test('skips days that are published whole, and has nothing to do when all are', async () => {
    await start();
    await bench.execute({ date: '2026-11-12' });

    const { dates } = await planned(WEEK);
    const first = (await bench.execute(WEEK)) as FinishResult;
    const asked = bench.simulator.log.length;
    const second = (await bench.execute(WEEK)) as FinishResult;

    expect(dates).not.toContain('2026-11-12');
    expect(dates).toHaveLength(6);
    expect(first.dates).toMatchObject({ published: 6, skipped: 1 });
    expect(second).toMatchObject({
      dates: { published: 0, skipped: 7 },
      requests: { planned: 0, answered: 0, failed: 0 },
    });
    expect(bench.simulator.log).toHaveLength(asked);
  });

  test('takes answers that were kept before, unless it is forced', async () => {
    await start();
    await bench.execute(WEEK);
    const asked = bench.simulator.log.length;
    await bench.processed.delete(manifestKey('small', '2026-11-11' as Day));

    const again = (await bench.execute(WEEK)) as FinishResult;
    const reused = bench.simulator.log.length - asked;
    const forced = (await bench.execute({ ...WEEK, force: true })) as FinishResult;

    expect(again.dates).toMatchObject({ published: 1, skipped: 6 });
    expect(reused).toBe(0);
    expect(forced.requests.answered).toBe(4);
    expect(bench.simulator.log.length - asked).toBe(4);
  });

  test('asks again for requests that are named, whatever was kept of them', async () => {
    await start();
    await bench.execute(WEEK);
    const asked = bench.simulator.log.length;
    await bench.processed.delete(manifestKey('small', '2026-11-11' as Day));

    const requests = [{ section: 'hourly', chunk: 0, from: WEEK.from, to: WEEK.to }];
    const again = (await bench.execute({ requests })) as FinishResult;

    expect(again.dates).toMatchObject({ published: 1, skipped: 6 });
    expect(bench.simulator.log.length - asked).toBe(1);
  });

  test('of another pipeline, deployed while a run is under way, is not that run', async () => {
    await start();
    const plan = await bench.plan(WEEK);
    await bench.deploy({ extra: { schema_version: 2 } });

    await bench.fetchAll([plan]);
    await bench.complete(plan);

    expect((await bench.manifest('2026-11-12'))!.schema_version).toBe(1);
  });
});

describe('a redrive', () => {
  test('stages its days whole, and sends nothing else', async () => {
    await start({ pipeline: { source: { tolerated_failed_share: 0.3 } } });
    bench.simulator.setFaults([
      { when: { section: 'daily', locationId: 3 }, fault: { kind: 'status', status: 400 } },
    ]);
    await bench.execute(WEEK);

    const { requests, slots, dates } = await planned({ requests: [{ section: 'daily', chunk: 1, ...WEEK }] });

    expect(spans(requests)).toEqual(['daily 1 2026-11-10..2026-11-16']);
    expect(slots.map(({ section, chunk, n }) => [section, chunk, n])).toEqual([
      ['hourly', 0, null],
      ['daily', 0, null],
      ['hourly', 1, null],
      ['daily', 1, 0],
    ]);
    expect(dates).toHaveLength(7);
  });

  test('of requests that share days publishes each day once', async () => {
    await start();
    const requests = [
      { section: 'daily', chunk: 1, from: '2026-11-10', to: '2026-11-12' },
      { section: 'hourly', chunk: 0, from: '2026-11-12', to: '2026-11-13' },
    ];

    const { dates, slots } = await planned({ requests });

    expect(dates).toEqual(['2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13']);
    expect(spans(slots).filter((slot) => slot.startsWith('hourly 0'))).toEqual([
      'hourly 0 2026-11-10..2026-11-12',
      'hourly 0 2026-11-12..2026-11-13',
    ]);
  });

  test('of days that are whole meanwhile has nothing to do', async () => {
    await start();
    await bench.execute(WEEK);

    const { plan } = await planned({ requests: [{ section: 'daily', chunk: 1, ...WEEK }] });

    expect(plan).toMatchObject({ requests: 0, slots: 0, dates: 0 });
  });
});

test.each<[unknown, RegExp]>([
  [{}, /input: must say what to do, in one way.*\(received \{\}\)/],
  [{ ...SCHEDULED, date: '2026-11-18' }, /in one way/],
  [{ ...WEEK, requests: [{ section: 'daily', chunk: 0, ...WEEK }] }, /in one way/],
  [{ requests: [] }, /input\.requests/],
  [{ requests: [{ section: 'daily', chunk: 9, ...WEEK }] }, /requests\.0: .*chunks 0 to 1.*chunk 9/],
  [
    { requests: [{ section: 'daily', chunk: 0, from: WEEK.to, to: WEEK.from }] },
    /requests\[0\]\.from: is after to/,
  ],
  [{ requests: [{ section: 'weekly', chunk: 0, ...WEEK }] }, /asks for hourly, daily/],
  [{ scheduled_time: '<aws.scheduler.scheduled-time>' }, /was not replaced/],
  [{ date: '2026-11-19' }, /2026-11-19: the day is not over at Honolulu/],
  [{ from: '2026-11-10' }, /input\.to: is missing/],
  [{ dates: '2026-11-10' }, /input\.dates: no such key here; did you mean date\?/],
])('the input %j is refused before anything is written', async (input, says) => {
  await start();

  await expect(bench.plan(input as RunInput)).rejects.toThrow(says);

  expect(await bench.keys('')).toEqual([]);
});
