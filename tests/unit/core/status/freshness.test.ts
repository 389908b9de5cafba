import fc from 'fast-check';
import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { writeManifest } from '../../../../core/manifest/manifest-store';
import { newestDay } from '../../../../core/planning/window';
import { dueDay, lastDeadline, MAX_OVERDUE_DAYS, overdueDays } from '../../../../core/status/freshness';
import { addDays, type Day } from '../../../../core/time/day';
import { manifestOf } from '../../../lake/manifest-of';
import { locationsAt } from '../../../weather/pipeline-of';

const DAY_MS = 86_400_000;
const DUE = '2026-03-09' as Day;
const hours = fc.integer({ min: 0, max: 23 });
const instants = fc.integer({ min: Date.UTC(1940, 0, 1), max: Date.UTC(2100, 0, 1) });
const pipelineAt = (offsets: readonly number[], lag = 0) => ({
  locations: locationsAt(offsets),
  window: { lag_days: lag, look_back_days: 0 },
});

describe('lastDeadline', () => {
  test('is the hour itself, of the day of the instant or of the day before', () => {
    fc.assert(
      fc.property(instants, hours, (now, hour) => {
        const deadline = lastDeadline(now, hour);
        expect(deadline).toBeLessThanOrEqual(now);
        expect(now - deadline).toBeLessThan(DAY_MS);
        expect(new Date(deadline).toISOString()).toMatch(/T\d\d:00:00\.000Z$/);
        expect(new Date(deadline).getUTCHours()).toBe(hour);
      }),
    );
  });

  test.each([
    ['2026-03-10T11:59:59.999Z', 12, '2026-03-09T12:00:00.000Z'],
    ['2026-03-10T12:00:00.000Z', 12, '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T00:00:00.000Z', 0, '2026-03-10T00:00:00.000Z'],
    ['2026-03-01T22:59:59.999Z', 23, '2026-02-28T23:00:00.000Z'],
  ])('at %s with the hour %i it is %s', (now, hour, expected) => {
    expect(new Date(lastDeadline(Date.parse(now), hour)).toISOString()).toBe(expected);
  });
});

describe('dueDay', () => {
  test.each([
    ['2026-03-10T11:59:59Z', '2026-03-08'],
    ['2026-03-10T12:00:00Z', '2026-03-09'],
    ['2026-03-11T11:59:59Z', '2026-03-09'],
  ])('at %s, for the hour 12 and a location ten hours behind, it is %s', (now, expected) => {
    expect(dueDay(pipelineAt([-10]), Date.parse(now), 12)).toBe(expected);
  });

  test('is a day further back where a location ends the day after the hour, and by the lag', () => {
    const now = Date.parse('2026-03-10T13:00:00Z');
    expect(dueDay(pipelineAt([-12]), now, 11)).toBe('2026-03-08');
    expect(dueDay(pipelineAt([-10], 2), now, 12)).toBe('2026-03-07');
  });

  test('is over, and never newer than what a run at this instant would take', () => {
    fc.assert(
      fc.property(fc.integer({ min: -12, max: 14 }), instants, hours, (offset, now, hour) => {
        const pipeline = pipelineAt([offset]);
        expect(dueDay(pipeline, now, hour) <= newestDay(pipeline, now)).toBe(true);
        expect(dueDay(pipeline, now, hour) >= addDays(newestDay(pipeline, now), -1)).toBe(true);
      }),
    );
  });
});

describe('overdueDays', () => {
  const storeWith = async (...days: Day[]) => {
    const store = new MemoryObjectStore();
    for (const day of days) await writeManifest(store, manifestOf(day));
    return store;
  };

  test('are the days without a manifest back to the newest one that has one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(MAX_OVERDUE_DAYS + 5),
        fc.array(fc.nat(20), { maxLength: 5 }),
        async (gap, older) => {
          const newest = addDays(DUE, -gap);
          const store = await storeWith(newest, ...older.map((days) => addDays(newest, -days)));
          const { days: overdue } = await overdueDays(store, 'test', DUE);
          expect(overdue).toHaveLength(Math.min(gap, MAX_OVERDUE_DAYS));
          overdue.forEach((day, index) => {
            expect(day).toBe(addDays(DUE, -index));
          });
        },
      ),
    );
  });

  test('are none when the day due is published, and newer days change nothing', async () => {
    expect((await overdueDays(await storeWith(DUE), 'test', DUE)).days).toEqual([]);
    const store = await storeWith(addDays(DUE, 1), addDays(DUE, -1));
    expect((await overdueDays(store, 'test', DUE)).days).toEqual([DUE]);
  });

  test('are counted for each pipeline on its own', async () => {
    const store = await storeWith(DUE);
    expect((await overdueDays(store, 'test-2', DUE)).days).toHaveLength(MAX_OVERDUE_DAYS);
  });
});
