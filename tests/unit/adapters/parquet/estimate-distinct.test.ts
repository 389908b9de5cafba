import { SAMPLE_SIZE, seemsBeyond } from '../../../../adapters/parquet/estimate-distinct';

/** Noise in [0, 1), the same in every run. */
function noise(row: number): number {
  const mixed = Math.imul(row ^ (row >>> 15) ^ 0x2c1b3c6d, 0x297a2d39);
  return (Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0) / 2 ** 32;
}

const wordsOf = ({ buffer }: Float32Array | Float64Array) => new Int32Array(buffer as ArrayBuffer);

describe('seemsBeyond', () => {
  it.each([
    [SAMPLE_SIZE + 1, 700, 1_000, false],
    [SAMPLE_SIZE + 1, 1_400, 1_000, true],
    [87_600, 600, 20_000, false],
    [87_600, 12_000, 20_000, false],
    [87_600, 40_000, 20_000, true],
    [1_000_000, 1_000, 20_000, false],
    [1_000_000, 100_000, 20_000, true],
  ])('of %d rows with %d distinct values and a limit of %d says %s', (rows, distinct, limit, expected) => {
    const values = Array.from({ length: rows }, (_, row) => Math.floor(noise(row) * distinct) / 10);

    expect(seemsBeyond(limit, wordsOf(Float32Array.from(values)), 1)).toBe(expected);
    expect(seemsBeyond(limit, wordsOf(Float64Array.from(values)), 2)).toBe(expected);
  });

  it('tells 64-bit values apart that differ in one half only', () => {
    const rows = Array.from({ length: 6_000 }, (_, row) => row);

    const nearOne = Float64Array.from(rows, (row) => 1 + row * Number.EPSILON);
    const powers = Float64Array.from(rows, (row) => 2 ** (row % 1_000));

    expect(seemsBeyond(1_500, wordsOf(nearOne), 2)).toBe(true);
    expect(seemsBeyond(900, wordsOf(powers), 2)).toBe(true);
    expect(seemsBeyond(1_500, wordsOf(powers), 2)).toBe(false);
  });
});
