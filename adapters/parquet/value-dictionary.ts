import type { Scratch } from './scratch';

const INITIAL_SLOT_BITS = 11;

/** Slots to an entry at least. Fewer are smaller and make for more slots that another entry has taken. */
const SLOTS_TO_ENTRY = 4;

export interface ValueDictionary {
  /** Number of each value's entry, in the order of the values. Good until the scratch is used again. */
  readonly indices: Int32Array;
  /** The different values as 32-bit patterns, in order of first appearance. */
  readonly entries: Int32Array;
  readonly size: number;
}

/**
 * Numbers the different values of a column, told apart by their bits: -0 is not 0, and a NaN is equal to itself.
 *
 * @param words values as 32-bit patterns, `stride` to a value
 * @param limit 65,535 at most: a slot holds the number of an entry in 16 bits, so that most columns' slots fit into the
 *   first-level cache
 * @returns undefined as soon as there are more than `limit` different ones
 */
export function numberValues(
  words: Int32Array,
  stride: 1 | 2,
  { limit, scratch }: { limit: number; scratch: Scratch },
): ValueDictionary | undefined {
  const indices = scratch.take(words.length / stride);
  const table = new EntryTable(stride, limit);
  const isComplete = stride === 1 ? numberSingles(words, indices, table) : numberPairs(words, indices, table);
  return isComplete ? { indices, entries: table.list(), size: table.size } : undefined;
}

function numberSingles(words: Int32Array, indices: Int32Array, table: EntryTable): boolean {
  // Local copies, renewed when the table has grown: properties looked up in every row would cost half the time again.
  let { slots, entries, shift } = table;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    let slot = hash(word) >>> shift;
    let number = slots[slot]!;
    while (number !== 0 && entries[number - 1] !== word) {
      slot = (slot + 1) & (slots.length - 1);
      number = slots[slot]!;
    }
    if (number === 0) {
      number = table.add(slot, word, 0);
      if (number === 0) return false;
      ({ slots, entries, shift } = table);
    }
    indices[index] = number - 1;
  }
  return true;
}

function numberPairs(words: Int32Array, indices: Int32Array, table: EntryTable): boolean {
  let { slots, entries, shift } = table;
  for (let index = 0; index < indices.length; index += 1) {
    const low = words[2 * index]!;
    const high = words[2 * index + 1]!;
    let slot = hashPair(low, high) >>> shift;
    let number = slots[slot]!;
    while (number !== 0 && (entries[2 * number - 2] !== low || entries[2 * number - 1] !== high)) {
      slot = (slot + 1) & (slots.length - 1);
      number = slots[slot]!;
    }
    if (number === 0) {
      number = table.add(slot, low, high);
      if (number === 0) return false;
      ({ slots, entries, shift } = table);
    }
    indices[index] = number - 1;
  }
  return true;
}

/** A hash table with open addressing: an entry lies in the first slot from its hash on that was free. */
class EntryTable {
  size = 0;
  /** Number of the entry, counted from 1, or 0 where the slot is free. */
  slots = new Uint16Array(2 ** INITIAL_SLOT_BITS);
  entries: Int32Array;
  /** Takes a hash to a slot, by its highest bits. */
  shift = 32 - INITIAL_SLOT_BITS;

  constructor(
    private readonly stride: 1 | 2,
    private readonly limit: number,
  ) {
    this.entries = new Int32Array((this.slots.length / SLOTS_TO_ENTRY) * stride);
  }

  /** @returns the number of the new entry, counted from 1, or 0 when there is no room for it */
  add(slot: number, low: number, high: number): number {
    if (this.size >= this.limit) return 0;
    const at = this.size * this.stride;
    this.entries[at] = low;
    if (this.stride === 2) this.entries[at + 1] = high;
    this.size += 1;
    this.slots[slot] = this.size;
    if (SLOTS_TO_ENTRY * this.size === this.slots.length) this.grow();
    return this.size;
  }

  list(): Int32Array {
    return this.entries.subarray(0, this.size * this.stride);
  }

  private grow(): void {
    const { entries, stride } = this;
    this.shift -= 1;
    this.slots = new Uint16Array(2 * this.slots.length);
    this.entries = new Int32Array((this.slots.length / SLOTS_TO_ENTRY) * stride);
    this.entries.set(entries);
    for (let number = 1; number <= this.size; number += 1) {
      const at = (number - 1) * stride;
      const hashed = stride === 1 ? hash(entries[at]!) : hashPair(entries[at]!, entries[at + 1]!);
      let slot = hashed >>> this.shift;
      while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = number;
    }
  }
}

/** Multiplying by an odd number near 2^32 over the golden ratio carries every difference into the highest bits. */
function hash(word: number): number {
  return Math.imul(word, 0x9e3779b1);
}

function hashPair(low: number, high: number): number {
  return hash(low ^ Math.imul(high, 0x85ebca6b));
}
