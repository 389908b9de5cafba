import { repeatsItself, SAMPLE_SIZE } from '../../../../adapters/parquet/repeats-itself';

/** Noise in [0, 1), the same in every run. */
function noise(row: number): number {
  const mixed = Math.imul(row ^ (row >>> 15) ^ 0x2c1b3c6d, 0x297a2d39);
  return (Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0) / 2 ** 32;
}

describe('repeatsItself', () => {
  it.each([
    [240, 24, true],
    [240, 200, false],
    [2_400, 400, true],
    [2_400, 1_000, false],
    [SAMPLE_SIZE, 700, true],
    [SAMPLE_SIZE, 1_400, false],
    [87_600, 600, true],
    [87_600, 12_000, true],
    [87_600, 40_000, false],
    [1_000_000, 1_000, true],
    [1_000_000, 100_000, false],
  ])('of %d rows with %d distinct values says %s', (rows, distinct, expected) => {
    const values = Array.from({ length: rows }, (_, row) => Math.floor(noise(row) * distinct));

    expect(repeatsItself(Float32Array.from(values, (value) => value / 10))).toBe(expected);
    expect(repeatsItself(Float64Array.from(values, (value) => value / 10))).toBe(expected);
    expect(repeatsItself(Int32Array.from(values))).toBe(expected);
  });

  it('tells float64 values apart that differ in one half only', () => {
    const rows = Array.from({ length: 1_000 }, (_, row) => row);

    expect(repeatsItself(Float64Array.from(rows, (row) => 1 + row * Number.EPSILON))).toBe(false);
    expect(repeatsItself(Float64Array.from(rows, (row) => 2 ** (row - 500)))).toBe(false);
  });

  it('looks at a window of an array and not at what lies around it', () => {
    const values = Float32Array.from({ length: 3_000 }, (_, row) => (row < 1_000 || row >= 2_000 ? row : 5));

    expect(repeatsItself(values.subarray(1_000, 2_000))).toBe(true);
    expect(repeatsItself(values.subarray(0, 1_000))).toBe(false);
  });

  it('calls an empty column one that repeats itself', () => {
    expect(repeatsItself(new Float32Array(0))).toBe(true);
  });
});
