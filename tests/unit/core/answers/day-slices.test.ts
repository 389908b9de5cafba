import fc from 'fast-check';
import { sliceByDay } from '../../../../core/answers/day-slices';
import { type Day, dayNumber } from '../../../../core/time/day';
import { locationAnswerOf } from '../../../weather/location-answer-of';
import { pipelineOf } from '../../../weather/pipeline-of';

const { locations, tables } = pipelineOf();
const HALF_HOUR = 1_800;

/** Rows at this step, from any half hour between 1950 and 2050 on. */
const axes = fc.record({
  start: fc.integer({ min: -350_000, max: 1_400_000 }),
  rows: fc.integer({ min: 0, max: 150 }),
  step: fc.constantFrom(900, 3_600, 10_800, 86_400),
  offsetSeconds: fc.integer({ min: -24, max: 28 }).map((halves) => halves * HALF_HOUR),
  timeFormat: fc.constantFrom('iso8601' as const, 'unixtime' as const),
});

describe('sliceByDay', () => {
  test('every row is in exactly one slice, that of the day it belongs to, in order', () => {
    fc.assert(
      fc.property(axes, fc.constantFrom('hourly' as const, 'daily' as const), (axis, section) => {
        const time = Array.from({ length: axis.rows }, (_, row) => axis.start * HALF_HOUR + row * axis.step);
        const answer = locationAnswerOf({
          ...axis,
          location: locations[0]!,
          table: tables[0]!,
          time,
          columns: [],
        });
        const slices = [...sliceByDay(answer, section)];
        const rows = slices.flatMap(([day, { from, to }]) =>
          Array.from({ length: to - from }, (_, index) => [day, from + index] as const),
        );
        expect(rows.map(([, row]) => row)).toEqual(time.map((_, row) => row));
        for (const [day, row] of rows) expect(dayOf(time[row]!, { ...axis, section })).toBe(day);
        expect(slices.every(([, { from, to }]) => from < to)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  /** Instants belong to their UTC day, days to the date on their label. */
  function dayOf(
    seconds: number,
    axis: { timeFormat: string; section: string; offsetSeconds: number },
  ): string {
    const label = axis.timeFormat === 'iso8601' ? seconds : seconds + axis.offsetSeconds;
    const shown = axis.section === 'daily' ? label : label - axis.offsetSeconds;
    return new Date(shown * 1_000).toISOString().slice(0, 10);
  }

  test('half an hour east of UTC, midnight on the label is an instant of the day before, and a day of its own', () => {
    const midnight = dayNumber('2026-03-10' as Day) * 86_400;
    const answer = locationAnswerOf({
      location: locations[0]!,
      table: tables[0]!,
      offsetSeconds: HALF_HOUR,
      time: [midnight, midnight + 84_600],
      columns: [],
    });
    expect([...sliceByDay(answer, 'hourly').keys()]).toEqual(['2026-03-09', '2026-03-10']);
    expect([...sliceByDay(answer, 'daily').keys()]).toEqual(['2026-03-10']);
  });
});
