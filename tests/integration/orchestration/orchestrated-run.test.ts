import type { FinishResult } from '../../../handlers/publish-run/contract';
import { openLeases } from '../../lake/test-lake';
import { OrchestrationBench, type OrchestrationOptions } from '../../orchestration/orchestration-bench';

const SCHEDULED = { scheduled_time: '2026-11-19T12:00:00Z' };
/** Ten requests a run: five locations of one chunk each, two sections. */
const TEN_REQUESTS = { locations: [0, 5] as [number, number], chunk: 1 };
const HOUR_MS = 3_600_000;

let bench: OrchestrationBench;
afterEach(() => bench.close());

async function start(options: OrchestrationOptions = {}): Promise<void> {
  bench = await OrchestrationBench.start(options);
}

const refusing = (locationId: number) => [
  {
    when: { locationId, section: 'hourly' as const },
    fault: { kind: 'status' as const, status: 400, body: '{"error":true,"reason":"No such place"}' },
  },
];

test('a run publishes every day, tells what it did, and leaves nothing staged but its own notes', async () => {
  await start();

  const result = await bench.execute(SCHEDULED);

  expect(result).toEqual({
    pipeline: 'small',
    run_id: expect.stringMatching(/^20261119T120000Z-[0-9a-f]{8}$/),
    dates: { published: 2, partial: 0, unchanged: 0, skipped: 0 },
    requests: { planned: 4, answered: 4, failed: 0 },
  });
  const staged = await bench.keys('_staging/');
  expect(staged.filter((key) => !key.includes('/_run/'))).toEqual([]);
  expect(await openLeases(bench.processed)).toEqual([]);
  expect([...bench.tokens.ends.values()]).toEqual(Array(4).fill('succeeded'));
  expect(bench.metric('DaysPublished')).toBe(2);
  expect(bench.metric('RowsPublished')).toBeGreaterThan(0);
});

describe('a quota', () => {
  const limits = { minute: 3, hour: 5000, day: 10_000 };

  test('that is shared by all requests is never overstepped, and every request is sent once', async () => {
    await start({
      pipeline: { ...TEN_REQUESTS, source: { limits, max_weight_per_request: 3 } },
      simulator: { limits },
    });
    const before = bench.clock.now();

    await bench.execute(SCHEDULED);

    expect(bench.statuses).toEqual(Array(10).fill(200));
    expect(bench.clock.now() - before).toBeGreaterThan(2 * 60_000);
    expect(bench.metric('RequestsHeld')).toBeGreaterThan(0);
    expect(bench.metric('RequestsRetried')).toBe(0);
    expect(bench.deadLetters).toEqual([]);
  });

  test('of which others take a part under way is waited for, burns no attempt and loses nothing', async () => {
    await start({
      pipeline: TEN_REQUESTS,
      simulator: { limits: { minute: 4, hour: 7, day: 9 } },
    });
    const before = bench.clock.now();

    const { requests } = (await bench.execute(SCHEDULED)) as FinishResult;

    expect(requests).toEqual({ planned: 10, answered: 10, failed: 0 });
    expect(bench.statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(bench.statuses).toContain(429);
    expect(bench.clock.now() - before).toBeGreaterThan(11 * HOUR_MS);
    expect(bench.metric('RequestsRetried')).toBe(0);
    expect(bench.deadLetters).toEqual([]);
    expect(bench.metric('TokensGone')).toBe(0);
  });

  test('with windows of seconds is kept as well', async () => {
    const windows = { minute_seconds: 5, hour_seconds: 20, day_seconds: 60, margin_seconds: 1 };
    const short = { minute: 3, hour: 6, day: 20 };
    await start({
      pipeline: { ...TEN_REQUESTS, source: { limits: short, windows, max_weight_per_request: 3 } },
      simulator: { limits: short, windows: { minuteMs: 5000, hourMs: 20_000, dayMs: 60_000 } },
    });
    const before = bench.clock.now();

    await bench.execute(SCHEDULED);

    expect(bench.statuses).toEqual(Array(10).fill(200));
    expect(bench.clock.now() - before).toBeLessThan(120_000);
  });
});

describe('a request that is refused for good', () => {
  test('leaves a dead letter with the reason, the day partial and the others whole; the redrive completes it', async () => {
    await start({ pipeline: { ...TEN_REQUESTS, source: { tolerated_failed_share: 0.2 } } });
    bench.simulator.setFaults(refusing(5));

    const result = (await bench.execute(SCHEDULED)) as FinishResult;

    expect(result.dates).toMatchObject({ published: 2, partial: 2 });
    expect(result.requests).toEqual({ planned: 10, answered: 9, failed: 1 });
    expect(bench.deadLetters).toMatchObject([
      {
        item: { section: 'hourly', chunk: 4, from: '2026-11-17', to: '2026-11-18' },
        reason: { name: 'SourceRejectedError', message: expect.stringContaining('No such place') },
        attempts: 1,
        execution: 'execution-1',
      },
    ]);
    expect([...bench.tokens.ends.values()].filter((end) => end !== 'succeeded')).toEqual([
      bench.deadLetters[0]!.reason,
    ]);
    const missing = async () =>
      (await bench.manifest('2026-11-18'))!.tables.weather_hourly!.locations.missing;
    expect(await missing()).toEqual(['quito']);

    bench.simulator.setFaults([]);
    bench.clock.advance(1000);
    const asked = bench.simulator.log.length;
    const { section, chunk, from, to } = bench.deadLetters[0]!.item!;
    const redriven = (await bench.execute({ requests: [{ section, chunk, from, to }] })) as FinishResult;

    expect(redriven.dates).toEqual({ published: 2, partial: 0, unchanged: 0, skipped: 0 });
    expect(bench.simulator.log.length - asked).toBe(1);
    expect(await missing()).toEqual([]);
  });

  test('that the pipeline does not tolerate fails the run, with the reason and what became of each day', async () => {
    await start({ pipeline: TEN_REQUESTS });
    bench.simulator.setFaults(refusing(5));

    const error = await bench.execute(SCHEDULED).catch((thrown: Error) => thrown);

    expect(error).toMatchObject({ name: 'RunFailedError', retryable: false });
    expect((error as Error).message).toMatch(
      /2 of 2 days failed.*\n.*2026-11-17, 2026-11-18: SourceRejectedError: .*No such place/,
    );
    expect(await bench.keys('_manifests/')).toEqual([]);
    expect(bench.metric('DaysFailed')).toBe(2);
  });
});

describe('an outage', () => {
  test('is outlasted: failed requests go to the tail until the source is back', async () => {
    await start();
    bench.simulator.setFaults([{ when: { times: 12 }, fault: { kind: 'status', status: 503 } }]);

    const { requests } = (await bench.execute(SCHEDULED)) as FinishResult;

    expect(requests).toMatchObject({ answered: 4, failed: 0 });
    expect(bench.metric('RequestsRetried')).toBe(12);
    expect(bench.deadLetters).toEqual([]);
  });

  test('that does not end is given up after six hours of tries for each request', async () => {
    await start({ pipeline: { chunk: 5 } });
    bench.simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);
    const before = bench.clock.now();

    await expect(bench.execute(SCHEDULED)).rejects.toMatchObject({ name: 'RunFailedError' });

    expect(bench.statuses).toHaveLength(2 * 12);
    expect(bench.deadLetters.map(({ attempts, reason }) => [attempts, reason.name])).toEqual([
      [12, 'SourceUnavailableError'],
      [12, 'SourceUnavailableError'],
    ]);
    expect(bench.clock.now() - before).toBeGreaterThan(6 * HOUR_MS);
    expect(bench.tokens.ends.size).toBe(2);
  });
});
