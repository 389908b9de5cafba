const CHUNK_BYTES = 128 * 1024;
/** Room for any number that is written, its comma included. */
const WIDEST_NUMBER = 32;
const BATCH = 1024;

const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NULL = Buffer.from('null,');

export interface FixedFormat {
  readonly decimals: number;
  readonly factor: number;
  readonly offset: number;
}

/** Writes text and numbers into buffers of bounded size, to be taken away as they fill up. */
export class ByteWriter {
  private buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  private length = 0;
  private readonly full: Buffer[] = [];

  text(text: string): void {
    this.bytes(Buffer.from(text));
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** `[1.0,null,-2.5]`: the first `count` values x factor + offset with fixed decimals, NaN as null. */
  column(values: Float64Array, count: number, format: FixedFormat): void {
    this.text('[');
    for (let from = 0; from < count; from += BATCH) {
      this.reserve(BATCH * WIDEST_NUMBER);
      this.length = writeBatch(
        this.buffer,
        this.length,
        values.subarray(from, Math.min(count, from + BATCH)),
        format,
      );
    }
    if (count > 0) this.length -= 1;
    this.text(']');
  }

  /** The full buffers so far; with `all` the last one too. */
  take(all = false): Buffer[] {
    if (all) this.turn(CHUNK_BYTES);
    return this.full.splice(0);
  }

  private reserve(bytes: number): void {
    if (this.length + bytes > this.buffer.length) this.turn(bytes);
  }

  private turn(bytes: number): void {
    if (this.length > 0) this.full.push(this.buffer.subarray(0, this.length));
    this.buffer = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, bytes));
    this.length = 0;
  }
}

/** One number as a column holds it. */
export function formatFixed(value: number, format: FixedFormat): string {
  const buffer = Buffer.alloc(WIDEST_NUMBER);
  const end = writeBatch(buffer, 0, Float64Array.of(value), format);
  return buffer.toString('latin1', 0, end - 1);
}

/** Every value is followed by a comma. Returns where the next byte goes. */
function writeBatch(buffer: Buffer, start: number, values: Float64Array, format: FixedFormat): number {
  const { decimals, factor, offset } = format;
  const scale = 10 ** decimals;
  let at = start;
  for (let index = 0; index < values.length; index++) {
    const scaled = values[index]! * factor;
    // Adding 0 would take the sign from -0, which the server prints.
    const value = offset === 0 ? scaled : scaled + offset;
    if (Number.isNaN(value)) {
      buffer.set(NULL, at);
      at += NULL.length;
      continue;
    }
    if (value < 0 || (value === 0 && 1 / value < 0)) buffer[at++] = MINUS;
    at = writeDigits(buffer, at, Math.floor(Math.abs(value) * scale + 0.5), decimals);
    buffer[at++] = COMMA;
  }
  return at;
}

/** A whole number whose last `decimals` digits stand behind a point. */
function writeDigits(buffer: Buffer, start: number, number: number, decimals: number): number {
  let digits = decimals + 1;
  for (let bound = 10 ** digits; number >= bound; bound *= 10) digits += 1;
  const end = start + digits + (decimals > 0 ? 1 : 0);
  const point = decimals > 0 ? end - 1 - decimals : end;
  let rest = number;
  for (let at = end - 1; at >= start; at--) {
    if (at === point) {
      buffer[at] = POINT;
      continue;
    }
    const tenth = Math.floor(rest / 10);
    buffer[at] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  return end;
}
