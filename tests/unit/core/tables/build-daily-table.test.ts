import { sliceByDay } from '../../../../core/answers/day-slices';
import type { Location } from '../../../../core/pipeline/pipeline';
import { buildTable } from '../../../../core/tables/build-table';
import { quarantineBatch } from '../../../../core/tables/quarantine';
import { type Day, dayNumber } from '../../../../core/time/day';
import { cellsOf, columnNamed, rowsOf } from '../../../weather/cells-of';
import { locationAnswerOf, numbers, texts, times, type Value } from '../../../weather/location-answer-of';
import { BERLIN, DAILY, NEW_YORK, pipelineOf } from '../../../weather/pipeline-of';
import { buildDay, DAY, HOUR, MIDNIGHT, tableNamed } from './build-day';

describe('buildTable for days', () => {
  const sun = {
    ...DAILY,
    columns: [
      ...DAILY.columns,
      { source: 'sunrise', type: 'timestamp', unit: 'iso8601' },
      { source: 'note', type: 'string', unit: '' },
    ],
  };
  const pipeline = pipelineOf({ tables: [sun], locations: [BERLIN, NEW_YORK] });
  const table = tableNamed(pipeline, 'weather_daily');
  const [berlin, newYork] = pipeline.locations as [Location, Location];
  const dayAnswer = (location: typeof berlin, offsetSeconds: number, columns: readonly Value[], more = {}) =>
    locationAnswerOf({
      location,
      table,
      time: [MIDNIGHT],
      offsetSeconds,
      columns: [
        numbers([columns[0]!]),
        numbers([columns[1]!]),
        times([MIDNIGHT + 6 * HOUR]),
        texts([location.id === 'berlin' ? 'clear' : null]),
      ],
      ...more,
    });

  test('time is the calendar day, the offset of the answer stands in the row', () => {
    const { batch } = buildDay(table, [
      dayAnswer(newYork, -5 * HOUR, [4, 9]),
      dayAnswer(berlin, HOUR, [5, 8]),
    ]);
    expect(rowsOf(batch)).toEqual([
      {
        location_id: 'berlin',
        time: dayNumber(DAY),
        utc_offset_seconds: HOUR,
        temperature_2m_mean: 5,
        temperature_2m_max: 8,
        sunrise: (MIDNIGHT + 5 * HOUR) * 1_000,
        note: 'clear',
      },
      {
        location_id: 'new-york',
        time: dayNumber(DAY),
        utc_offset_seconds: -5 * HOUR,
        temperature_2m_mean: 4,
        temperature_2m_max: 9,
        sunrise: (MIDNIGHT + 11 * HOUR) * 1_000,
        note: null,
      },
    ]);
    expect(columnNamed(batch, 'time').type).toBe('date');
  });

  test('true UTC in an answer stays what it is: the local midnight tells the day, sunrise is not moved', () => {
    const { batch } = buildDay(table, [
      dayAnswer(newYork, -5 * HOUR, [4, 9], {
        time: [MIDNIGHT + 5 * HOUR],
        timeFormat: 'unixtime',
        columns: [numbers([4]), numbers([9]), times([MIDNIGHT + 11 * HOUR], 'unixtime'), texts([null])],
      }),
    ]);
    expect(rowsOf(batch)[0]).toMatchObject({ time: dayNumber(DAY), sunrise: (MIDNIGHT + 11 * HOUR) * 1_000 });
  });

  test('days before 1970 are days like others', () => {
    const early = '1940-01-01' as Day;
    const answer = dayAnswer(berlin, HOUR, [4, 9], { time: [dayNumber(early) * 86_400] });
    const slice = sliceByDay(answer, 'daily').get(early)!;
    const { batch } = buildTable({ table, slices: [slice], metadata: {} });
    expect(rowsOf(batch)[0]).toMatchObject({ time: dayNumber(early) });
    expect(dayNumber(early)).toBeLessThan(0);
  });

  test('where the mean is null the maximum covers part of the day: it goes to quarantine as incomplete', () => {
    const { batch, counts, rejections } = buildDay(table, [
      dayAnswer(berlin, HOUR, [null, 8]),
      dayAnswer(newYork, -5 * HOUR, [4, 9]),
    ]);
    expect(cellsOf(columnNamed(batch, 'temperature_2m_max'))).toEqual([null, 9]);
    expect(counts.temperature_2m_max).toMatchObject({ nulls: 0, incomplete_day: 1, min: 9 });
    expect(rowsOf(quarantineBatch(batch, rejections)!)).toEqual([
      {
        location_id: 'berlin',
        time: dayNumber(DAY),
        column: 'temperature_2m_max',
        value: 8,
        unit: '°C',
        reason: 'incomplete_day',
      },
    ]);
  });

  test('nulls of times and texts are counted as those of numbers are', () => {
    const missing = dayAnswer(berlin, HOUR, [1, 2], {
      columns: [numbers([1]), numbers([2]), times([null]), texts([null])],
    });
    const { batch, counts } = buildDay(table, [missing]);
    expect(counts.sunrise).toMatchObject({ rows: 1, nulls: 1 });
    expect(counts.note).toMatchObject({ rows: 1, nulls: 1 });
    expect(columnNamed(batch, 'sunrise').values[0]).toBe(0);
  });

  describe('an instant', () => {
    const sunrise = (seconds: number, more: Partial<Parameters<typeof dayAnswer>[3]> = {}) =>
      buildDay(table, [
        dayAnswer(berlin, HOUR, [1, 2], {
          columns: [numbers([1]), numbers([2]), times([seconds]), texts([null])],
          ...more,
        }),
      ]);
    const DAYS = 24 * HOUR;

    test.each([
      ['of 1970, as polar days had it', 0],
      ['of the year 9999', 253_402_300_740],
      ['three days before its row', MIDNIGHT - 3 * DAYS],
      ['four days after its row begins', MIDNIGHT + 4 * DAYS],
    ])('%s becomes null and goes to quarantine', (_, seconds) => {
      const { batch, counts, rejections } = sunrise(seconds);

      expect(rowsOf(batch)[0]).toMatchObject({ sunrise: null, temperature_2m_mean: 1 });
      expect(columnNamed(batch, 'sunrise')).toMatchObject({ nullCount: 1, values: Float64Array.of(0) });
      expect(counts.sunrise).toMatchObject({ rows: 1, nulls: 0, out_of_range: 1 });
      expect(rowsOf(quarantineBatch(batch, rejections)!)).toEqual([
        {
          location_id: 'berlin',
          time: dayNumber(DAY),
          column: 'sunrise',
          value: seconds - HOUR,
          unit: 'unixtime',
          reason: 'out_of_range',
        },
      ]);
    });

    test.each([
      ['before its day in UTC', MIDNIGHT - 13 * HOUR],
      ['after its day', MIDNIGHT + 37 * HOUR],
    ])('%s is near to its row', (_, seconds) => {
      const { batch, counts, rejections } = sunrise(seconds);

      expect(rowsOf(batch)[0]).toMatchObject({ sunrise: (seconds - HOUR) * 1000 });
      expect(counts.sunrise).toMatchObject({ nulls: 0, out_of_range: 0 });
      expect(rejections).toEqual([]);
    });

    test('is held to its row however each of the two is written', () => {
      const unix = (seconds: number) =>
        sunrise(0, {
          time: [MIDNIGHT - HOUR],
          timeFormat: 'unixtime',
          columns: [numbers([1]), numbers([2]), times([seconds], 'unixtime'), texts([null])],
        });

      expect(unix(MIDNIGHT + 6 * HOUR).rejections).toEqual([]);
      expect(unix(0).rejections).toHaveLength(1);
    });
  });

  test('quarantine rows follow the rows of the table, then its columns; none make no batch', () => {
    const { batch, rejections } = buildDay(table, [
      dayAnswer(newYork, -5 * HOUR, [99, 98]),
      dayAnswer(berlin, HOUR, [97, 96]),
    ]);
    const rows = rowsOf(quarantineBatch(batch, rejections)!);
    expect(rows.map(({ value }) => value)).toEqual([97, 96, 99, 98]);
    expect(quarantineBatch(batch, [])).toBeUndefined();
  });
});
