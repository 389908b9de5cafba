type Values = Float32Array | Float64Array | Int32Array;

/**
 * Share of distinct values up to which a column counts as repeating itself. Measured with zstd: at a share of 0.1 a
 * dictionary saves a third of the bytes for a third more time, from 0.4 on it saves nothing and takes twice the time.
 */
export const DISTINCT_SHARE = 0.25;

/** Distinct values beyond which a dictionary does not pay in a column of any length: looking a value up gets too slow. */
export const DISTINCT_LIMIT = 20_000;

/** Values looked at in a column that has more. A prime, so that no stride keeps step with the hours of a day. */
export const SAMPLE_SIZE = 4093;

const SLOT_BITS = 14;
const SLOTS = 2 ** SLOT_BITS;

/**
 * Whether values recur so often that a dictionary is worth its while. An estimate; equal values give equal answers.
 * Values are told apart by their bits.
 */
export function repeatsItself(values: Values): boolean {
  const sampled = Math.min(values.length, SAMPLE_SIZE);
  const limit = Math.min(values.length * DISTINCT_SHARE, DISTINCT_LIMIT);
  return (
    distinctInSample(values, sampled) <= (sampled < values.length ? expectedDistinct(limit, sampled) : limit)
  );
}

/** Different values to expect among `drawn` from a population that has `distinct` of them, all equally frequent. */
function expectedDistinct(distinct: number, drawn: number): number {
  return distinct * (1 - Math.exp(-drawn / distinct));
}

/** Linear counting: values hashed to slots, and the slots hit more than once made up for by their share that is hit. */
function distinctInSample(values: Values, sampled: number): number {
  const width = values.BYTES_PER_ELEMENT / Int32Array.BYTES_PER_ELEMENT;
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * width);
  const stride = values.length / sampled;
  const taken = new Uint8Array(SLOTS);
  let occupied = 0;
  for (let index = 0; index < sampled; index += 1) {
    const word = Math.floor(index * stride) * width;
    const slot = hash(words[word]!, width === 1 ? 0 : words[word + 1]!) >>> (32 - SLOT_BITS);
    occupied += 1 - taken[slot]!;
    taken[slot] = 1;
  }
  return -SLOTS * Math.log1p(-occupied / SLOTS);
}

/** Multiplying carries differences up, shifting brings them down again; twice, and every bit depends on every other. */
function hash(low: number, high: number): number {
  const once = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
