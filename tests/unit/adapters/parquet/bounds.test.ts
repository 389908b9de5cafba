import {
  type Bounds,
  float32Bounds,
  float64Bounds,
  int32Bounds,
  int64Bounds,
  LONGEST_BOUND,
  textBounds,
} from '../../../../adapters/parquet/bounds';

const wordsOf = ({ buffer }: Float32Array | Float64Array | BigInt64Array) =>
  new Int32Array(buffer as ArrayBuffer);
const buffers = (bounds: Bounds | undefined) => {
  const { min, max } = bounds!;
  return [Buffer.from(min.slice()), Buffer.from(max.slice())] as const;
};
const float32 = (...values: number[]) =>
  buffers(float32Bounds(wordsOf(Float32Array.from(values)))).map((bytes) => bytes.readFloatLE());
const float64 = (...values: number[]) =>
  buffers(float64Bounds(wordsOf(Float64Array.from(values)))).map((bytes) => bytes.readDoubleLE());
const int64 = (...values: bigint[]) =>
  buffers(int64Bounds(wordsOf(BigInt64Array.from(values)))).map((bytes) => bytes.readBigInt64LE());
const texts = (...values: string[]) => textBounds(values.map((value) => Buffer.from(value)));

describe('bounds', () => {
  it.each<[number[], [number, number]]>([
    [
      [1.5, -2, 3],
      [-2, 3],
    ],
    [
      [NaN, 1, NaN],
      [1, 1],
    ],
    [
      [Infinity, -Infinity, 0.5],
      [-Infinity, Infinity],
    ],
    [[Infinity], [Infinity, Infinity]],
    // Either zero may be in the column, so the bounds hold both.
    [
      [0, 5],
      [-0, 5],
    ],
    [
      [-0, -5],
      [-5, 0],
    ],
    [[-0], [-0, 0]],
  ])('of %p are %p in both floating-point types', (values, expected) => {
    expect(float32(...values)).toEqual(expected);
    expect(float64(...values)).toEqual(expected);
  });

  it('are not there without a number', () => {
    const empty = new Int32Array(0);

    expect(float32Bounds(wordsOf(Float32Array.of(NaN, NaN)))).toBeUndefined();
    expect(float64Bounds(wordsOf(Float64Array.of(NaN)))).toBeUndefined();
    expect([float32Bounds, float64Bounds, int32Bounds, int64Bounds].map((of) => of(empty))).toEqual(
      Array(4).fill(undefined),
    );
    expect(texts()).toBeUndefined();
  });

  it('reach the ends of 32-bit numbers', () => {
    const [min, max] = buffers(int32Bounds(Int32Array.of(-1, 2 ** 31 - 1, -(2 ** 31), 0)));

    expect([min.readInt32LE(), max.readInt32LE()]).toEqual([-(2 ** 31), 2 ** 31 - 1]);
  });

  it.each([
    [
      [-1n, 0n, 1n],
      [-1n, 1n],
    ],
    [
      [2n ** 32n, 2n ** 32n - 1n],
      [2n ** 32n - 1n, 2n ** 32n],
    ],
    [
      [8640000000000000n, -8640000000000000n, 5n],
      [-8640000000000000n, 8640000000000000n],
    ],
  ])('of %p are %p', (values, expected) => {
    expect(int64(...values)).toEqual(expected);
  });

  it('of texts go by their bytes, not by the locale or by UTF-16', () => {
    expect(buffers(texts('b', 'a', 'é', 'Z')).map(String)).toEqual(['Z', 'é']);
    expect(buffers(texts('\u{1f326}', '\uffee')).map(String)).toEqual(['\uffee', '\u{1f326}']);
    expect(buffers(texts('\uffee', '\u{1f326}')).map(String)).toEqual(['\uffee', '\u{1f326}']);
    expect(buffers(texts('', 'ab', 'a')).map(String)).toEqual(['', 'ab']);
  });

  it('of texts end where a bound would be too long', () => {
    const longest = 'x'.repeat(LONGEST_BOUND);

    expect(buffers(texts('a', longest)).map(String)).toEqual(['a', longest]);
    expect(texts('a', `${longest}x`)).toBeUndefined();
    expect(texts('a', 'z', `b${longest}`)).toBeDefined();
  });
});
