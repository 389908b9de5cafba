const INITIAL_CAPACITY = 1024;
const TWO_TO_31 = 2 ** 31;

/** Bytes written one behind the other, in memory that grows as needed and is kept for what is written after `clear`. */
export class ByteWriter {
  private buffer = new Uint8Array(INITIAL_CAPACITY);
  private end = 0;

  get length(): number {
    return this.end;
  }

  clear(): void {
    this.end = 0;
  }

  /** A window on the memory that is written next. What it holds until it is written to is not defined. */
  append(count: number): Uint8Array {
    const start = this.end;
    this.end += count;
    if (this.end > this.buffer.length) this.grow();
    return this.buffer.subarray(start, this.end);
  }

  byte(value: number): void {
    if (this.end === this.buffer.length) this.grow();
    this.buffer[this.end++] = value;
  }

  bytes(values: Uint8Array): void {
    this.append(values.length).set(values);
  }

  /** Four bytes, the lowest first. */
  uint32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte(value >>> shift);
  }

  /** Seven bits to a byte, the lowest first; the top bit says that more follow. For whole numbers from 0 to 2^53. */
  varint(value: number): void {
    let rest = value;
    for (; rest >= TWO_TO_31; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) | 0x80);
    for (; rest >= 0x80; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  /** The bytes themselves, good until the next write. */
  view(): Uint8Array {
    return this.buffer.subarray(0, this.end);
  }

  /** Bytes of their own. */
  copy(): Uint8Array {
    return this.buffer.slice(0, this.end);
  }

  private grow(): void {
    const grown = new Uint8Array(Math.max(2 * this.buffer.length, this.end));
    grown.set(this.buffer);
    this.buffer = grown;
  }
}
