import { PRICES, type PriceName, priceOf } from '../../../../core/costs/prices';
import { runUsage } from '../../../../core/costs/run-usage';

const SMALL = { requests: 2, dates: 1, objects: 3, values: 1_000_000, tables: 3, memoryMib: 1_769 };

describe('what a run uses', () => {
  it('is counted by hand: two requests, one date, three objects', () => {
    const { usage, seconds, accessLogGib } = runUsage(SMALL);

    // Fetched and transformed twice, published once, planned and ended.
    expect(usage.invocations).toBe(2 + 2 + 1 + 2);
    expect(usage.state_transitions).toBe(2 * (2 + 2 + 1) + 8);
    expect(usage.queue_calls).toBe(6);
    // Requests 10, objects 9, date 4, run 5, listings 6 of a date and 3 of the run.
    expect(usage.bucket_writes).toBe(10 + 9 + 5 + 5 + 9);
    // Requests 12, objects 9, date 6, run 44.
    expect(usage.bucket_reads).toBe(12 + 9 + 6 + 44);
    // 7 invocations of 3,000 bytes, 18 transitions of 1,500.
    expect(usage.log_lines).toBeCloseTo(48_000 / 1024 ** 3, 12);
    // Each invocation; one in a hundred of 109 calls; a line of 700 bytes for each of these.
    expect(usage.traces).toBe(7);
    expect(usage.key_calls).toBeCloseTo(1.09, 12);
    expect(accessLogGib).toBeCloseTo(76_300 / 1024 ** 3, 12);
    // Source 4 s; values 74 ms and objects 21 ms on one processor; 109 calls of 30 ms; 7 invocations of 50 ms.
    expect(seconds).toBeCloseTo(4 + 0.095 + 3.27 + 0.35, 9);
    expect(usage.function_seconds).toBeCloseTo(7.715 * (1_769 / 1_024), 9);
  });

  it('takes less work of a function with more processor, and as much waiting', () => {
    const whole = runUsage(SMALL).seconds;
    const half = runUsage({ ...SMALL, memoryMib: SMALL.memoryMib / 2 }).seconds;

    expect(half - whole).toBeCloseTo(0.095, 9);
  });
});

describe('prices', () => {
  it.each<[PriceName, number, number]>([
    ['state_transitions', 4_000, 0.1],
    ['invocations', 5_000_000, 1],
    ['queue_calls', 1_000_000, 0.5],
    ['bucket_writes', 200_000, 1],
    ['bucket_reads', 1_000_000, 0.4],
    ['storage', 100, 2.3],
    ['function_seconds', 75_000, 1.000005],
    ['alarms', 24, 2.4],
    ['traces', 200_000, 1],
    ['key_calls', 1_000_000, 3],
    ['secrets', 5, 2],
  ])('of %s: %d cost %d dollars', (name, amount, usd) => {
    expect(priceOf(name, amount)).toBeCloseTo(usd, 9);
  });

  it('all have a unit', () => {
    for (const { usd, per, unit } of Object.values(PRICES)) {
      expect([usd > 0, per > 0, unit.length > 0]).toEqual([true, true, true]);
    }
  });
});
