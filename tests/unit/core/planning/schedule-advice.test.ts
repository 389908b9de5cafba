import fc from 'fast-check';
import type { Location } from '../../../../core/pipeline/pipeline';
import { scheduleAdvice } from '../../../../core/planning/schedule-advice';
import { newestDay } from '../../../../core/planning/window';
import { addDays, dayOfInstant } from '../../../../core/time/day';
import { zoneOffsetSeconds } from '../../../../core/time/zone';
import { BERLIN, locationsAt, NEW_YORK, pipelineOf } from '../../../weather/pipeline-of';

const QUARTER_MS = 900_000;
const HONOLULU = { ...BERLIN, id: 'honolulu', name: 'Honolulu', timezone: 'Pacific/Honolulu' };
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'Asia/Tokyo'];

const pipeline = pipelineOf({ locations: [BERLIN, HONOLULU] });
const adviceOn = (expression: string, timezone = 'UTC', of: typeof pipeline = pipeline) =>
  scheduleAdvice(of, { expression, timezone }).map(({ message }) => message);

describe('scheduleAdvice', () => {
  test('names the firing, the location that is last, when its day ends and the earliest expression', () => {
    expect(scheduleAdvice(pipeline, { expression: 'cron(30 5 * * ? *)', timezone: 'UTC' })).toEqual([
      {
        path: 'schedule.expression',
        message:
          'fires at 05:30 UTC, when the day before is not over at Honolulu (UTC-10) and the run ends with the day before that: wait until 10:00 UTC; the earliest expression is cron(0 10 * * ? *) in UTC',
      },
    ]);
  });

  test.each([
    ['the first safe minute', 'cron(0 10 * * ? *)', 'UTC', []],
    ['the minute before', 'cron(59 9 * * ? *)', 'UTC', ['09:59 UTC']],
    ['a list', 'cron(0 4,16 * * ? *)', 'UTC', ['04:00 UTC']],
    ['a range', 'cron(0 8-12 * * ? *)', 'UTC', ['08:00 UTC', '09:00 UTC']],
    ['a step', 'cron(0 0/8 * * ? *)', 'UTC', ['00:00 UTC', '08:00 UTC']],
    ['a wildcard', 'cron(0 * * * ? *)', 'UTC', ['00:00 UTC', '03:00 UTC', 'at 6 times more']],
    [
      'an hour that is early in summer only',
      'cron(0 11 * * ? *)',
      'Europe/Berlin',
      ['11:00 Europe/Berlin (09:00 UTC for a part of the year)', 'cron(0 12 * * ? *) in Europe/Berlin'],
    ],
    [
      'an hour that is early all year',
      'cron(0 9 * * ? *)',
      'Europe/Berlin',
      ['09:00 Europe/Berlin (07:00 and 08:00 UTC)'],
    ],
    ['a month of winter', 'cron(0 11 * DEC,JAN,FEB ? *)', 'Europe/Berlin', []],
    ['a month with both', 'cron(0 11 * 3 ? *)', 'Europe/Berlin', ['09:00 UTC for a part of the year']],
    [
      'an evening that is the next day in UTC',
      'cron(0 20 ? * MON *)',
      'America/New_York',
      ['20:00 America/New_York (00:00 and 01:00 UTC)', 'cron(0 6 ? * MON *)'],
    ],
    ['a zone off the hour', 'cron(0 15 * * ? *)', 'Asia/Kolkata', ['(09:30 UTC)', 'cron(30 15 * * ? *)']],
    ['a rate of unknown phase', 'rate(12 hours)', 'UTC', ['rate counts from', 'cron(0 10 * * ? *) in UTC']],
    ['a moment', 'at(2026-07-01T11:59:59)', 'Europe/Berlin', ['fires at 2026-07-01T09:59:59.000Z']],
    ['a moment that is late enough', 'at(2026-07-01T12:00:00)', 'Europe/Berlin', []],
    ['a moment in winter', 'at(2026-12-01T11:00:00)', 'Europe/Berlin', []],
  ])('judges %s', (_, expression, timezone, parts) => {
    const messages = adviceOn(expression, timezone);

    expect(messages).toHaveLength(parts.length === 0 ? 0 : 1);
    for (const part of parts) expect(messages[0]).toContain(part);
  });

  test('has nothing to say where no location is west of UTC', () => {
    const east = pipelineOf({ locations: [BERLIN] });
    for (const expression of ['cron(0 0 * * ? *)', 'rate(1 hour)', 'at(2026-07-01T00:00:00)']) {
      expect(adviceOn(expression, 'UTC', east)).toEqual([]);
    }
  });

  test('takes a lag for what its author wants', () => {
    const lagging = pipelineOf({ locations: [NEW_YORK], window: { lag_days: 5, look_back_days: 0 } });
    expect(adviceOn('cron(0 5 * * ? *)', 'UTC', lagging)).toEqual([]);
    expect(adviceOn('cron(0 4 * * ? *)', 'UTC', lagging)).toHaveLength(1);
    expect(adviceOn('at(2026-07-01T05:00:00)', 'UTC', lagging)).toEqual([]);
    expect(adviceOn('at(2026-07-01T04:59:59)', 'UTC', lagging)).toHaveLength(1);
  });

  test('warns of exactly the schedules that some day of the year make a run end a day short', () => {
    fc.assert(
      fc.property(schedules, offsets, ({ hours, minutes, timezone }, hoursEast) => {
        const locations = locationsAt(hoursEast);
        const expression = `cron(${minutes.join(',')} ${hours.join(',')} * * ? *)`;
        const [message] = adviceOn(expression, timezone, { ...pipeline, locations });

        expect(message !== undefined).toBe(firesShort(locations, { hours, minutes, timezone }));
        const earliest = /earliest expression is (cron\(.*?\)) in/.exec(message ?? '')?.[1];
        if (message !== undefined) {
          expect(adviceOn(earliest!, timezone, { ...pipeline, locations })).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

interface FiringTimes {
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly timezone: string;
}

const offsets = fc.array(fc.integer({ min: -12, max: 14 }), { minLength: 1, maxLength: 3 });
const schedules = fc.record({
  hours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 }),
  minutes: fc.uniqueArray(fc.constantFrom(0, 15, 30, 45), { minLength: 1, maxLength: 2 }),
  timezone: fc.constantFrom(...ZONES),
});

/** Whether any quarter of an hour of the year is a firing whose newest day is not the day before. */
function firesShort(locations: readonly Location[], { hours, minutes, timezone }: FiringTimes): boolean {
  const window = { lag_days: 0, look_back_days: 0 };
  return quartersOf(timezone).some(({ instant, wallClock }) => {
    if (!hours.includes(Math.floor(wallClock / 60)) || !minutes.includes(wallClock % 60)) return false;
    return newestDay({ locations, window }, instant) < addDays(dayOfInstant(instant), -1);
  });
}

interface Quarter {
  readonly instant: number;
  /** Minute of the zone's day. */
  readonly wallClock: number;
}

const years = new Map<string, readonly Quarter[]>();

function quartersOf(timezone: string): readonly Quarter[] {
  const known = years.get(timezone);
  if (known !== undefined) return known;
  const start = Date.UTC(2025, 0, 1);
  const quarters = Array.from({ length: 365 * 96 }, (_, index) => start + index * QUARTER_MS).map(
    (instant) => {
      const local = new Date(instant + zoneOffsetSeconds(timezone, instant) * 1000);
      return { instant, wallClock: local.getUTCHours() * 60 + local.getUTCMinutes() };
    },
  );
  years.set(timezone, quarters);
  return quarters;
}
