import fc from 'fast-check';
import { shortestSeconds } from '../../../../core/planning/shortest-time';

const FREE = {
  limits: { minute: 600, hour: 5_000, day: 10_000 },
  windows: { minute_seconds: 60, hour_seconds: 3_600, day_seconds: 86_400, margin_seconds: 5 },
};
const repeat = (weight: number, count: number) => Array.from({ length: count }, () => weight);

describe('shortestSeconds', () => {
  it.each<[string, number[], number | null]>([
    ['nothing takes no time', [], 0],
    ['what fits one minute is sent at once', repeat(100, 6), 0],
    ['the seventh hundred waits for the minute and its margin', repeat(100, 7), 65],
    ['each further minute begins a minute later', repeat(100, 13), 125],
    ['what does not fit beside the former leaves room unused', repeat(400, 3), 125],
    ['fractions add up to the limit', repeat(0.1, 6_000), 0],
    ['the hour is in the way after five thousand', [...repeat(500, 10), 500], 3_605],
    ['the day is in the way after ten thousand', [...repeat(500, 20), 500], 86_405],
    ['a request above a limit is never sent', [601], null],
  ])('%s', (_, weights, seconds) => {
    expect(shortestSeconds(weights, FREE)).toBe(seconds);
  });

  it('goes by the limits and lengths it is given', () => {
    const windows = { minute_seconds: 10, hour_seconds: 25, day_seconds: 100, margin_seconds: 1 };
    const limits = { minute: 10, hour: 20, day: 30 };

    expect(shortestSeconds(repeat(10, 2), { limits, windows })).toBe(11);
    expect(shortestSeconds(repeat(10, 3), { limits, windows })).toBe(26);
    expect(shortestSeconds(repeat(10, 4), { limits, windows })).toBe(101);
  });

  it('sends nothing that a window has no room for, and waits no longer than it must', () => {
    const windows = { minute_seconds: 4, hour_seconds: 12, day_seconds: 36, margin_seconds: 1 };
    const limits = { minute: 10, hour: 21, day: 33 };
    const kinds = [
      [limits.minute, windows.minute_seconds],
      [limits.hour, windows.hour_seconds],
      [limits.day, windows.day_seconds],
    ] as const;
    const windowAt = (time: number, length: number) => Math.max(0, Math.floor((time - 1) / length));
    /** Tries every second. */
    const patient = (weights: readonly number[]): number => {
      const used = new Map<string, number>();
      let now = 0;
      for (const weight of weights) {
        const keys = () => kinds.map(([, length]) => `${length}:${windowAt(now, length)}`);
        while (keys().some((key, kind) => (used.get(key) ?? 0) + weight > kinds[kind]![0])) now += 1;
        for (const key of keys()) used.set(key, (used.get(key) ?? 0) + weight);
      }
      return now;
    };

    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 60 }), (weights) => {
        expect(shortestSeconds(weights, { limits, windows })).toBe(patient(weights));
      }),
    );
  });
});
