import fc from 'fast-check';
import { Scratch } from '../../../../adapters/parquet/scratch';
import { numberValues } from '../../../../adapters/parquet/value-dictionary';

const number = (values: Int32Array | Float32Array | Float64Array, limit = 60_000) => {
  const stride = values instanceof Float64Array ? 2 : 1;
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * stride);
  return numberValues(words, stride, { limit, scratch: new Scratch() });
};

describe('numberValues', () => {
  it('numbers values in the order in which they first appear', () => {
    const dictionary = number(Int32Array.of(7, -1, 7, 0, -1))!;

    expect([...dictionary.indices]).toEqual([0, 1, 0, 2, 1]);
    expect([...dictionary.entries]).toEqual([7, -1, 0]);
    expect(dictionary.size).toBe(3);
  });

  it('tells values apart by their bits', () => {
    expect([...number(Float32Array.of(0, -0, NaN, NaN, 0))!.indices]).toEqual([0, 1, 2, 2, 0]);
    expect([...number(Float64Array.of(0, -0, NaN, NaN, 0))!.indices]).toEqual([0, 1, 2, 2, 0]);
  });

  it('tells 64-bit values apart that differ in one half only', () => {
    const nearOne = Float64Array.from({ length: 500 }, (_, row) => 1 + row * Number.EPSILON);
    const powers = Float64Array.from({ length: 500 }, (_, row) => 2 ** row);

    expect(number(nearOne)!.size).toBe(500);
    expect(number(powers)!.size).toBe(500);
  });

  it('gives up beyond the limit, and not at it', () => {
    const values = Int32Array.from({ length: 12 }, (_, row) => row % 6);

    expect(number(values, 6)!.size).toBe(6);
    expect(number(values, 5)).toBeUndefined();
  });

  it.each([1, 3, 0x9e3779b1, 2 ** 16, 2 ** 20])('finds every value again, %d apart', (step) => {
    const values = Int32Array.from({ length: 4_000 }, (_, row) => Math.imul(row, step));

    const { indices, entries } = number(values)!;

    expect(Int32Array.from(indices, (index) => entries[index]!)).toEqual(values);
  });

  it('holds as many entries as 16 bits can number', () => {
    const values = Int32Array.from({ length: 2 ** 16 - 1 }, (_, row) => row);

    expect(number(values, 2 ** 16 - 1)!.entries).toEqual(values);
  });

  it('gives any values back', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (cells) => {
        const values = Float64Array.from(cells);
        const { indices, entries, size } = number(values)!;

        const distinct = new Float64Array(entries.slice().buffer);
        expect([...indices].map((index) => distinct[index])).toEqual([...values]);
        expect(new Set(cells.map((cell) => (Object.is(cell, -0) ? '-0' : cell))).size).toBe(size);
      }),
    );
  });
});
