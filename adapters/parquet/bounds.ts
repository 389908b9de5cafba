/** The smallest and the largest value of a column chunk, encoded as PLAIN values are, texts without their length. */
export interface Bounds {
  readonly min: Uint8Array;
  readonly max: Uint8Array;
}

/** Bytes beyond which a text is too long for a bound: the column then has none. */
export const LONGEST_BOUND = 128;

const TWO_TO_32 = 2 ** 32;

export function int32Bounds(words: Int32Array): Bounds | undefined {
  const [min, max] = extremes(words);
  return min > max ? undefined : { min: bytesOf(Int32Array.of(min)), max: bytesOf(Int32Array.of(max)) };
}

export function float32Bounds(words: Int32Array): Bounds | undefined {
  const values = new Float32Array(words.buffer, words.byteOffset, words.length);
  const [min, max] = withSignedZeros(extremes(values));
  return min > max ? undefined : { min: bytesOf(Float32Array.of(min)), max: bytesOf(Float32Array.of(max)) };
}

export function float64Bounds(words: Int32Array): Bounds | undefined {
  const values = new Float64Array(words.buffer, words.byteOffset, words.length / 2);
  const [min, max] = withSignedZeros(extremes(values));
  return min > max ? undefined : { min: bytesOf(Float64Array.of(min)), max: bytesOf(Float64Array.of(max)) };
}

/** Of 64-bit whole numbers within 2^53 of 0, which are exact as numbers. */
export function int64Bounds(words: Int32Array): Bounds | undefined {
  let min = 0;
  let max = 0;
  for (let at = 0; at < words.length; at += 2) {
    if (at === 0 || int64At(words, at) < int64At(words, min)) min = at;
    if (at === 0 || int64At(words, at) > int64At(words, max)) max = at;
  }
  if (words.length === 0) return undefined;
  return { min: bytesOf(words.slice(min, min + 2)), max: bytesOf(words.slice(max, max + 2)) };
}

/** In the order of their bytes, which is the order of their code points. */
export function textBounds(texts: Iterable<Uint8Array>): Bounds | undefined {
  let bounds: Bounds | undefined;
  for (const text of texts) {
    if (bounds === undefined) bounds = { min: text, max: text };
    else if (Buffer.compare(text, bounds.min) < 0) bounds = { ...bounds, min: text };
    else if (Buffer.compare(text, bounds.max) > 0) bounds = { ...bounds, max: text };
  }
  const isShort = bounds !== undefined && Math.max(bounds.min.length, bounds.max.length) <= LONGEST_BOUND;
  return isShort ? bounds : undefined;
}

/** The smallest before the largest; without a number, or with NaN alone, they come the wrong way round. */
function extremes(values: Float32Array | Float64Array | Int32Array): [number, number] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}

/** -0 and 0 compare as equal, yet a reader may tell them apart: the bounds must hold both. */
function withSignedZeros([min, max]: [number, number]): [number, number] {
  return [min === 0 ? -0 : min, max === 0 ? 0 : max];
}

function int64At(words: Int32Array, at: number): number {
  return words[at + 1]! * TWO_TO_32 + (words[at]! >>> 0);
}

function bytesOf({ buffer }: Int32Array | Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer);
}
