/** Values looked at. A prime, so that no stride keeps step with the hours of a day. */
export const SAMPLE_SIZE = 4093;

const SLOT_BITS = 14;
const SLOTS = 2 ** SLOT_BITS;

/**
 * Whether a column seems to have more than `limit` different values, by a sample spread over all of it. Equal values give
 * equal answers. It saves the time of numbering thousands of values only to find that they are too many.
 *
 * @param words more than SAMPLE_SIZE values as 32-bit patterns, `stride` to a value
 */
export function seemsBeyond(limit: number, words: Int32Array, stride: 1 | 2): boolean {
  const step = words.length / stride / SAMPLE_SIZE;
  const taken = new Uint8Array(SLOTS);
  let occupied = 0;
  for (let index = 0; index < SAMPLE_SIZE; index += 1) {
    const at = Math.floor(index * step) * stride;
    const slot = hash(words[at]!, stride === 1 ? 0 : words[at + 1]!) >>> (32 - SLOT_BITS);
    occupied += 1 - taken[slot]!;
    taken[slot] = 1;
  }
  return linearCount(occupied) > expectedDistinct(limit, SAMPLE_SIZE);
}

/** Values behind so many slots that were hit: those that fell into one slot are made up for by the share that is hit. */
function linearCount(occupied: number): number {
  return -SLOTS * Math.log1p(-occupied / SLOTS);
}

/** Different values to expect among `drawn` from a population that has `distinct` of them, all equally frequent. */
function expectedDistinct(distinct: number, drawn: number): number {
  return distinct * (1 - Math.exp(-drawn / distinct));
}

/** Multiplying carries differences up, shifting brings them down again; twice, and every bit depends on every other. */
function hash(low: number, high: number): number {
  const once = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
