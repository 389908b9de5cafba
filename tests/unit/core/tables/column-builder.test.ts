import fc from 'fast-check';
import { type ColumnCounts, noCounts } from '../../../../core/checks/column-counts';
import { NumberColumnBuilder } from '../../../../core/tables/column-builder';
import { findConversion } from '../../../../core/units/conversion';
import type { Value } from '../../../weather/location-answer-of';
import { ARRAYS, columnOf, type Input, model, type NumberType } from './column-model';

const received = (values: readonly Value[]) => Float64Array.from(values, (value) => value ?? Number.NaN);

/** Fills a batch in parts, each from the middle of an array of its own, as slices of answers are. */
function build(input: Input, cuts: readonly number[] = []): NumberColumnBuilder {
  const { type, values, witness, conversion } = input;
  const builder = new NumberColumnBuilder(columnOf(input), new ARRAYS[type](values.length));
  const ends = [...new Set([...cuts.filter((cut) => cut < values.length), values.length])].sort(
    (a, b) => a - b,
  );
  let at = 0;
  for (const end of ends) {
    const padded = (part: readonly Value[]) => received([7, ...part.slice(at, end), 7]);
    builder.add({
      values: padded(values),
      from: 1,
      to: 1 + end - at,
      at,
      conversion,
      witness: witness === undefined ? undefined : padded(witness),
    });
    at = end;
  }
  return builder;
}

function assertAsModel(input: Input, builder: NumberColumnBuilder): void {
  const expected = model(input);
  const rows = input.values.length;
  expect(unsigned(builder.counts)).toEqual(unsigned(expected.counts));
  expect(builder.rejections).toEqual(expected.rejections);
  expect(builder.nullCount).toBe(expected.cells.filter((cell) => cell === null).length);
  expect(builder.validity === undefined).toBe(builder.nullCount === 0);
  for (let row = 0; row < rows; row++) {
    const isPresent =
      builder.validity === undefined || ((builder.validity[row >> 3]! >> (row & 7)) & 1) === 1;
    expect(isPresent).toBe(expected.cells[row] !== null);
    expect(builder.values[row]).toBe(
      input.type === 'int32' ? (expected.cells[row] ?? 0) | 0 : (expected.cells[row] ?? 0),
    );
  }
}

/** With 0 for -0: the two are one number, and one text in the manifest. */
function unsigned(counts: ColumnCounts): ColumnCounts {
  const positive = (value: number | null) => (value === null ? null : value + 0);
  return { ...counts, min: positive(counts.min), max: positive(counts.max) };
}

const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 5, arbitrary: fc.integer({ min: -120, max: 120 }) },
  { weight: 5, arbitrary: fc.integer({ min: -1_200, max: 1_200 }).map((tenths) => tenths / 10) },
  { weight: 1, arbitrary: fc.double({ noNaN: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-0, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 1e39, -1e39),
  },
);
const conversion = fc.constantFrom(
  null,
  findConversion('°F', '°C')!,
  findConversion('km/h', 'm/s')!,
  findConversion('inch', 'mm')!,
);
const input: fc.Arbitrary<Input> = fc.integer({ min: 0, max: 40 }).chain((length) => {
  const values = fc.array(value, { minLength: length, maxLength: length });
  return fc.record({
    type: fc.constantFrom<NumberType>('float32', 'float64', 'int32'),
    range: fc.option(fc.tuple(fc.integer({ min: -100, max: 0 }), fc.integer({ min: 0, max: 100 })), {
      nil: undefined,
    }),
    conversion,
    values,
    witness: fc.option(values, { nil: undefined }),
  });
});

describe('NumberColumnBuilder', () => {
  test('does to every value what a reader going row by row would, wherever the answers are cut', () => {
    fc.assert(
      fc.property(input, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }), (facts, cuts) => {
        assertAsModel(facts, build(facts, cuts));
      }),
      { numRuns: 1_500 },
    );
  });

  const plain: Input = {
    type: 'float32',
    range: undefined,
    conversion: null,
    values: [],
    witness: undefined,
  };

  test('both ends of a range are plausible, what lies beyond is taken out', () => {
    const facts: Input = { ...plain, range: [-95, 60], values: [-95, -95.1, 60, 60.1, null] };
    const { counts, rejections, values } = build(facts);
    expect(Array.from(values)).toEqual([-95, 0, 60, 0, 0]);
    expect(counts).toEqual({ ...noCounts(), rows: 5, nulls: 1, out_of_range: 2, min: -95, max: 60 });
    expect(rejections).toEqual([
      { row: 1, column: 'v', value: -95.1, unit: 'u', reason: 'out_of_range' },
      { row: 3, column: 'v', value: 60.1, unit: 'u', reason: 'out_of_range' },
    ]);
  });

  test('a range is of the unit of the column, not of the unit received', () => {
    const fahrenheit = findConversion('°F', '°C')!;
    const facts: Input = { ...plain, range: [0, 60], conversion: fahrenheit, values: [32, 31.9, 140, 140.1] };
    const { counts, rejections } = build(facts);
    expect(counts).toMatchObject({ out_of_range: 2, min: 0, max: 60 });
    expect(rejections[0]!.value).toBeCloseTo(-0.0556, 4);
  });

  test('is rounded to float32 once, behind the conversion', () => {
    const inches = findConversion('inch', 'mm')!;
    const [inch] = [0.3];
    const { values } = build({ ...plain, conversion: inches, values: [inch] });
    expect(values[0]).toBe(Math.fround(inch * 25.4));
    expect(values[0]).not.toBe(Math.fround(Math.fround(inch) * Math.fround(25.4)));
  });

  test('a number too large for the type is taken out and not made infinite', () => {
    const facts: Input = { ...plain, values: [1e39, -1e39, Number.POSITIVE_INFINITY, 3.4e38] };
    expect(Array.from(build(facts).values)).toEqual([0, 0, 0, Math.fround(3.4e38)]);
    expect(build(facts).counts.out_of_range).toBe(3);
    expect(build({ ...facts, type: 'float64' }).counts.out_of_range).toBe(1);
  });

  test('an int32 column keeps whole numbers alone', () => {
    const facts: Input = { ...plain, type: 'int32', values: [3, 3.5, -0, 2 ** 31, null] };
    const { counts, values } = build(facts);
    expect(Array.from(values)).toEqual([3, 0, 0, 0, 0]);
    expect(counts).toMatchObject({ nulls: 1, not_an_integer: 2 });
  });

  test('a null witness takes the value out, one that is there or is itself implausible does not', () => {
    const facts: Input = {
      ...plain,
      range: [0, 10],
      values: [3, 4, null, 50],
      witness: [null, 999, null, null],
    };
    const { counts, rejections, values } = build(facts);
    expect(Array.from(values)).toEqual([0, 4, 0, 0]);
    expect(counts).toMatchObject({ nulls: 1, incomplete_day: 2, out_of_range: 0, min: 4, max: 4 });
    expect(rejections.map(({ row, value: taken, reason }) => [row, taken, reason])).toEqual([
      [0, 3, 'incomplete_day'],
      [3, 50, 'incomplete_day'],
    ]);
  });

  test('a column of nulls has neither least nor greatest value', () => {
    const { counts, nullCount } = build({ ...plain, values: [null, null] });
    expect(counts).toEqual({ ...noCounts(), rows: 2, nulls: 2 });
    expect(nullCount).toBe(2);
  });
});
