import fc from 'fast-check';
import { ConfigError } from '../../../../core/errors';
import type { Location } from '../../../../core/pipeline/pipeline';
import { assertOver, dayEnd, newestDay, windowDays } from '../../../../core/planning/window';
import { addDays, type Day, dayNumber, daySpan } from '../../../../core/time/day';
import { BERLIN, locationsAt, NEW_YORK, pipelineOf } from '../../../weather/pipeline-of';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const offsets = fc.array(fc.integer({ min: -12, max: 14 }), { minLength: 1, maxLength: 5 });
/** 1940 to 2100, to the millisecond. */
const instants = fc.integer({ min: Date.UTC(1940, 0, 1), max: Date.UTC(2100, 0, 1) });

/** Whether the day has ended on the clock of every location and on UTC's, told by what these clocks show. */
function isOver(day: Day, locations: readonly Location[], now: number): boolean {
  return [0, ...locations.map(({ offsetHours }) => offsetHours)].every(
    (hours) => new Date(now + hours * HOUR_MS).toISOString().slice(0, 10) > day,
  );
}

const windowOf = (lag: number, lookBack: number) => ({ lag_days: lag, look_back_days: lookBack });

describe('newestDay', () => {
  test('is over in UTC and at every location, and the day after it is not', () => {
    fc.assert(
      fc.property(offsets, instants, (hours, now) => {
        const locations = locationsAt(hours);
        const newest = newestDay({ locations, window: windowOf(0, 0) }, now);
        expect(isOver(newest, locations, now)).toBe(true);
        expect(isOver(addDays(newest, 1), locations, now)).toBe(false);
      }),
    );
  });

  test('never goes back as time goes on, and the lag takes days off it', () => {
    fc.assert(
      fc.property(offsets, instants, fc.nat(3 * DAY_MS), fc.nat(90), (hours, now, later, lag) => {
        const locations = locationsAt(hours);
        const newest = newestDay({ locations, window: windowOf(0, 0) }, now);
        expect(newestDay({ locations, window: windowOf(0, 0) }, now + later) >= newest).toBe(true);
        expect(newestDay({ locations, window: windowOf(lag, 0) }, now)).toBe(addDays(newest, -lag));
      }),
    );
  });

  test.each([
    ['2026-03-10T11:59:59.999Z', [-12], '2026-03-08'],
    ['2026-03-10T12:00:00.000Z', [-12], '2026-03-09'],
    ['2026-03-10T00:00:00.000Z', [14], '2026-03-09'],
    ['2026-03-09T23:59:59.999Z', [14], '2026-03-08'],
    ['2026-03-10T04:59:59.999Z', [1, -5], '2026-03-08'],
    ['2026-03-10T05:00:00.000Z', [1, -5], '2026-03-09'],
    ['2024-03-01T00:00:00.000Z', [0], '2024-02-29'],
  ])('at %s with locations at %j it is %s', (instant, hours, expected) => {
    const locations = locationsAt(hours);
    expect(newestDay({ locations, window: windowOf(0, 0) }, Date.parse(instant))).toBe(expected);
  });

  test('goes by standard time in summer too', () => {
    const { locations } = pipelineOf({ locations: [NEW_YORK] });
    const fiveOClock = Date.parse('2026-07-10T05:00:00Z');
    expect(newestDay({ locations, window: windowOf(0, 0) }, fiveOClock - 1)).toBe('2026-07-08');
    expect(newestDay({ locations, window: windowOf(0, 0) }, fiveOClock)).toBe('2026-07-09');
  });

  test('goes by the offset that a location states in place of its zone', () => {
    const { locations } = pipelineOf({ locations: [{ ...BERLIN, utc_offset_hours: -3 }] });
    const now = Date.parse('2026-03-10T02:59:59Z');
    expect(newestDay({ locations, window: windowOf(0, 0) }, now)).toBe('2026-03-08');
  });
});

describe('dayEnd', () => {
  test('is the first instant at which the day is over everywhere', () => {
    fc.assert(
      fc.property(offsets, instants, (hours, instant) => {
        const locations = locationsAt(hours);
        const day = newestDay({ locations, window: windowOf(0, 0) }, instant);
        const end = dayEnd(day, locations);
        expect(isOver(day, locations, end.instant)).toBe(true);
        expect(isOver(day, locations, end.instant - 1)).toBe(false);
        expect(end.location?.offsetHours ?? 0).toBe(Math.min(0, ...hours));
      }),
    );
  });
});

describe('windowDays', () => {
  test('are the look-back days and the newest one, oldest first', () => {
    fc.assert(
      fc.property(offsets, instants, fc.nat(13), fc.nat(30), (hours, now, lookBack, lag) => {
        const pipeline = { locations: locationsAt(hours), window: windowOf(lag, lookBack) };
        const days = windowDays(pipeline, now);
        expect(days).toHaveLength(lookBack + 1);
        expect(days.at(-1)).toBe(newestDay(pipeline, now));
        days.forEach((day, index) => {
          expect(daySpan(days[0]!, day)).toBe(index + 1);
        });
      }),
    );
  });
});

describe('assertOver', () => {
  const { locations } = pipelineOf();
  const days = ['2026-03-08', '2026-03-09', '2026-03-10'] as Day[];

  test('lets days pass that are over', () => {
    expect(() => assertOver(days, locations, Date.parse('2026-03-11T05:00:00Z'))).not.toThrow();
  });

  test('names every day that is not over, the location that is last and the moment it will be', () => {
    const refused = refusalAt('2026-03-10T04:59:00Z');
    expect(refused.problems.map(({ path }) => path)).toEqual(['2026-03-09', '2026-03-10']);
    expect(refused.problems[0]!.message).toContain('at New York (UTC-5) before 2026-03-10T05:00:00.000Z');
    expect(refused.problems[1]!.message).toContain('2026-03-11T05:00:00.000Z');
  });

  test('says so when UTC itself is last', () => {
    const east = pipelineOf({ locations: [BERLIN] }).locations;
    expect(() => assertOver(days, east, Date.parse('2026-03-10T12:00:00Z'))).toThrow(
      /2026-03-10: the day is not over in UTC before 2026-03-11T00:00:00.000Z/,
    );
  });

  test('asks for no lag: a day that is over may be asked for by name', () => {
    const end = dayEnd('2026-03-10' as Day, locations).instant;
    expect(dayNumber('2026-03-11' as Day) * DAY_MS + 5 * HOUR_MS).toBe(end);
    expect(() => assertOver(['2026-03-10' as Day], locations, end)).not.toThrow();
    expect(() => assertOver(['2026-03-10' as Day], locations, end - 1)).toThrow(ConfigError);
  });

  function refusalAt(instant: string): ConfigError {
    try {
      assertOver(days, locations, Date.parse(instant));
    } catch (error) {
      if (error instanceof ConfigError) return error;
      throw error;
    }
    throw new Error('nothing was refused');
  }
});
