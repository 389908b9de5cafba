import fc from 'fast-check';
import type { Location } from '../../../../core/pipeline/pipeline';
import type { BuiltTable } from '../../../../core/tables/build-table';
import { quarantineBatch } from '../../../../core/tables/quarantine';
import { findConversion } from '../../../../core/units/conversion';
import { cellsOf, columnNamed, isPresent, rowsOf } from '../../../weather/cells-of';
import { locationAnswerOf, numbers, type Value } from '../../../weather/location-answer-of';
import { HOURLY, locationsOf, pipelineOf } from '../../../weather/pipeline-of';
import { buildDay, DAY, HOUR, METADATA, MIDNIGHT, tableNamed } from './build-day';

describe('buildTable', () => {
  const pipeline = pipelineOf();
  const hourly = tableNamed(pipeline, 'weather_hourly');
  const [berlin, newYork] = pipeline.locations as [Location, Location];
  const hours = (count: number, from = MIDNIGHT) =>
    Array.from({ length: count }, (_, row) => from + row * HOUR);
  const hourlyAnswer = (location: typeof berlin, values: readonly Value[], more = {}) =>
    locationAnswerOf({
      location,
      table: hourly,
      time: hours(values.length),
      columns: [numbers(values)],
      ...more,
    });

  test('rows are those of a reader that goes row by row, sorted by location id, then time', () => {
    const many = pipelineOf({ locations: locationsOf(12) }).locations;
    const answers = fc.shuffledSubarray([...many], { minLength: 1 }).chain((locations) =>
      fc.tuple(
        ...locations.map((location) =>
          fc.record({
            location: fc.constant(location),
            start: fc.integer({ min: -30, max: 20 }),
            offset: fc.integer({ min: -24, max: 28 }).map((halves) => halves * 1_800),
            timeFormat: fc.constantFrom('iso8601' as const, 'unixtime' as const),
            values: fc.array(fc.option(fc.integer({ min: -150, max: 90 })), { minLength: 1, maxLength: 60 }),
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(answers, (facts) => {
        const { batch, counts, rejections } = buildDay(
          hourly,
          facts.map(({ location, start, offset, timeFormat, values }) =>
            hourlyAnswer(location, values, {
              time: hours(values.length, MIDNIGHT + start * HOUR),
              offsetSeconds: offset,
              timeFormat,
            }),
          ),
        );
        const expected = facts
          .flatMap(({ location, start, offset, timeFormat, values }) =>
            values.map((value, row) => ({
              location_id: location.id,
              time: (MIDNIGHT + (start + row) * HOUR - (timeFormat === 'unixtime' ? 0 : offset)) * 1_000,
              received: value,
            })),
          )
          .filter(({ time }) => new Date(time).toISOString().startsWith(DAY))
          .sort((a, b) =>
            a.location_id === b.location_id ? a.time - b.time : a.location_id < b.location_id ? -1 : 1,
          );
        const isPlausible = (value: number | null) => value !== null && value >= -95 && value <= 60;
        expect(rowsOf(batch)).toEqual(
          expected.map(({ location_id, time, received }) => ({
            location_id,
            time,
            temperature_2m: isPlausible(received) ? received : null,
          })),
        );
        const taken = expected.filter(({ received }) => received !== null && !isPlausible(received));
        expect(counts.temperature_2m).toMatchObject({
          rows: expected.length,
          nulls: expected.filter(({ received }) => received === null).length,
          out_of_range: taken.length,
        });
        expect(quarantined(batch, rejections)).toEqual(
          taken.map(({ location_id, time, received }) => ({
            location_id,
            time,
            column: 'temperature_2m',
            value: received,
            unit: '°C',
            reason: 'out_of_range',
          })),
        );
      }),
      { numRuns: 150 },
    );
  });

  function quarantined(batch: BuiltTable['batch'], rejections: BuiltTable['rejections']) {
    const quarantine = quarantineBatch(batch, rejections);
    return quarantine === undefined ? [] : rowsOf(quarantine);
  }

  test('has the columns location_id and time, then those of the table, each with its unit and CF name', () => {
    const named = { ...HOURLY.columns[0], standard_name: 'air_temperature', cell_method: 'point' };
    const table = tableNamed(pipelineOf({ tables: [{ ...HOURLY, columns: [named] }] }), 'weather_hourly');
    const { batch } = buildDay(table, [hourlyAnswer(berlin, [1])]);
    expect(batch.columns.map(({ name, type }) => [name, type])).toEqual([
      ['location_id', 'string'],
      ['time', 'timestamp'],
      ['temperature_2m', 'float32'],
    ]);
    expect(columnNamed(batch, 'temperature_2m').metadata).toEqual({
      unit: '°C',
      standard_name: 'air_temperature',
      cell_method: 'point',
    });
    expect(batch.metadata).toEqual(METADATA);
  });

  test('null rows hold 0 and are missing in the validity bits, and only then are there any', () => {
    const { batch } = buildDay(hourly, [hourlyAnswer(berlin, [1, null, 3, 99, 5, 6, 7, 8, null])]);
    const column = columnNamed(batch, 'temperature_2m');
    expect(Array.from(column.values)).toEqual([1, 0, 3, 0, 5, 6, 7, 8, 0]);
    expect(Array.from(column.validity!.slice(0, 1))).toEqual([0b11110101]);
    expect(isPresent(column, 8)).toBe(false);
    expect(column.nullCount).toBe(3);
    const whole = columnNamed(buildDay(hourly, [hourlyAnswer(berlin, [1, 2])]).batch, 'temperature_2m');
    expect(whole).not.toHaveProperty('validity');
  });

  test('a missing value is not 0, and 0 is not missing', () => {
    const { batch, counts } = buildDay(hourly, [hourlyAnswer(berlin, [0, null])]);
    expect(cellsOf(columnNamed(batch, 'temperature_2m'))).toEqual([0, null]);
    expect(counts.temperature_2m).toMatchObject({ nulls: 1, min: 0, max: 0 });
  });

  test('counts over all locations, each converted from the unit that its own answer has', () => {
    const answers = [
      hourlyAnswer(newYork, [32, 212], { conversions: [findConversion('°F', '°C')!] }),
      hourlyAnswer(berlin, [7]),
    ];
    const { batch, counts } = buildDay(hourly, answers);
    expect(rowsOf(batch).map(({ location_id, temperature_2m }) => [location_id, temperature_2m])).toEqual([
      ['berlin', 7],
      ['new-york', 0],
      ['new-york', null],
    ]);
    expect(counts.temperature_2m).toMatchObject({ rows: 3, out_of_range: 1, min: 0, max: 7 });
  });

  test('of nothing is a batch of no rows with all its columns', () => {
    const { batch, counts } = buildDay(hourly, []);
    expect(batch.rows).toBe(0);
    expect(batch.columns.map(({ values }) => values.length)).toEqual([0, 0, 0]);
    expect(counts.temperature_2m).toMatchObject({ rows: 0, min: null });
  });
});
