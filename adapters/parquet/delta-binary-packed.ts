import type { ByteWriter } from './byte-writer';

/** Values to a block; a block has its own smallest difference. */
const BLOCK = 128;
const MINIBLOCKS = 4;
/** Values to a miniblock; a miniblock has its own bit width. */
const MINIBLOCK = BLOCK / MINIBLOCKS;

/**
 * Parquet's DELTA_BINARY_PACKED: the first value, then each value's difference from the one before it, packed bit by bit.
 * Whole numbers of 64 bits are taken as two words, the low one first, since BigInts would cost more than all the rest.
 *
 * @param words values, `stride` words to one; differences wrap around as the format says
 */
export function writeDeltaBinaryPacked(out: ByteWriter, words: Int32Array, stride: 1 | 2): void {
  const count = words.length / stride;
  const firstLow = count === 0 ? 0 : words[0]!;
  out.varint(BLOCK);
  out.varint(MINIBLOCKS);
  out.varint(count);
  writeZigzag(out, firstLow, stride === 2 && count > 0 ? words[1]! : firstLow >> 31);
  const block = new DeltaBlock();
  for (let from = 1; from < count; from += BLOCK) {
    const to = Math.min(count, from + BLOCK);
    if (stride === 1) block.fillFromSingles(words, from, to);
    else block.fillFromPairs(words, from, to);
    block.write(out);
  }
}

/** Differences of up to BLOCK values, as words of 64-bit numbers. */
class DeltaBlock {
  private readonly low = new Int32Array(BLOCK);
  private readonly high = new Int32Array(BLOCK);
  private length = 0;

  /** Of 32-bit values; the difference is one of 32 bits, too. */
  fillFromSingles(words: Int32Array, from: number, to: number): void {
    this.length = to - from;
    for (let index = 0; index < this.length; index += 1) {
      const delta = (words[from + index]! - words[from + index - 1]!) | 0;
      this.low[index] = delta;
      this.high[index] = delta >> 31;
    }
  }

  fillFromPairs(words: Int32Array, from: number, to: number): void {
    this.length = to - from;
    for (let index = 0; index < this.length; index += 1) {
      const at = 2 * (from + index);
      const borrow = words[at]! >>> 0 < words[at - 2]! >>> 0 ? 1 : 0;
      this.low[index] = words[at]! - words[at - 2]!;
      this.high[index] = words[at + 1]! - words[at - 1]! - borrow;
    }
  }

  write(out: ByteWriter): void {
    const smallest = this.smallest();
    writeZigzag(out, this.low[smallest]!, this.high[smallest]!);
    this.subtract(this.low[smallest]!, this.high[smallest]!);
    const widths = Array.from({ length: MINIBLOCKS }, (_, miniblock) => this.width(miniblock));
    for (const width of widths) out.byte(width);
    for (const [miniblock, width] of widths.entries()) this.pack(out, miniblock, width);
  }

  /** Where the smallest difference is. */
  private smallest(): number {
    const { low, high } = this;
    let smallest = 0;
    for (let index = 1; index < this.length; index += 1) {
      const order = high[index]! - high[smallest]! || (low[index]! >>> 0) - (low[smallest]! >>> 0);
      if (order < 0) smallest = index;
    }
    return smallest;
  }

  /** Leaves what is not negative, and zeros behind the last value. */
  private subtract(low: number, high: number): void {
    for (let index = 0; index < this.length; index += 1) {
      const borrow = this.low[index]! >>> 0 < low >>> 0 ? 1 : 0;
      this.low[index]! -= low;
      this.high[index]! -= high + borrow;
    }
    this.low.fill(0, this.length);
    this.high.fill(0, this.length);
  }

  /** Bits that the largest value of a miniblock needs. */
  private width(miniblock: number): number {
    let low = 0;
    let high = 0;
    for (let index = miniblock * MINIBLOCK; index < (miniblock + 1) * MINIBLOCK; index += 1) {
      low |= this.low[index]!;
      high |= this.high[index]!;
    }
    return high === 0 ? 32 - Math.clz32(low) : 64 - Math.clz32(high);
  }

  private pack(out: ByteWriter, miniblock: number, width: number): void {
    const packer = new BitPacker(out.append((MINIBLOCK * width) / 8));
    for (let index = miniblock * MINIBLOCK; index < (miniblock + 1) * MINIBLOCK; index += 1) {
      packer.put(this.low[index]!, Math.min(width, 32));
      packer.put(this.high[index]!, width - 32);
    }
  }
}

class BitPacker {
  private bits = 0;
  private filled = 0;
  private position = 0;

  constructor(private readonly into: Uint8Array) {}

  /** The lowest bits of a word, none when the width is not positive. */
  put(word: number, width: number): void {
    for (let done = 0; done < width; done += 16) {
      const step = Math.min(16, width - done);
      this.bits |= ((word >>> done) & ((1 << step) - 1)) << this.filled;
      this.filled += step;
      for (; this.filled >= 8; this.filled -= 8) {
        this.into[this.position++] = this.bits;
        this.bits >>>= 8;
      }
    }
  }
}

/** A signed 64-bit number as a varint: its sign goes to the lowest bit, so that small numbers stay short. */
function writeZigzag(out: ByteWriter, low: number, high: number): void {
  const sign = high >> 31;
  let restHigh = ((high << 1) | (low >>> 31)) ^ sign;
  let restLow = ((low << 1) ^ sign) >>> 0;
  while (restHigh !== 0 || restLow >= 0x80) {
    out.byte((restLow & 0x7f) | 0x80);
    restLow = ((restLow >>> 7) | (restHigh << 25)) >>> 0;
    restHigh >>>= 7;
  }
  out.byte(restLow);
}
