import type { ByteWriter } from './byte-writer';
import type { RowRange } from './present-words';
import { writePackedHeader, writeRun } from './rle-bit-packing';

/** A level is 0 for null and 1 for a value. */
const WIDTH = 1;

/** Equal bytes in a row, 0 or 0xff, from which a run takes less room than the bytes. */
const MIN_RUN_BYTES = 4;

/**
 * The definition levels of a page's rows: runs where many rows in a row are null or are not, between them the bytes of the
 * validity bitmap, which has the very layout of bit-packed levels.
 *
 * @param rows from a multiple of 8
 */
export function writeDefinitionLevels(
  out: ByteWriter,
  validity: Uint8Array | undefined,
  { from, to }: RowRange,
): void {
  const rows = to - from;
  if (validity === undefined) {
    writeRun(out, { value: 1, length: rows }, WIDTH);
    return;
  }
  const bytes = pageBytes(validity, { from, to });
  let packedFrom = 0;
  for (let byte = 0; byte < bytes.length; ) {
    const end = endOfRun(bytes, byte);
    if (end - byte >= MIN_RUN_BYTES || end - byte === bytes.length) {
      writePacked(out, bytes.subarray(packedFrom, byte));
      writeRun(out, { value: bytes[byte]! & 1, length: Math.min(8 * end, rows) - 8 * byte }, WIDTH);
      packedFrom = end;
    }
    byte = Math.max(end, byte + 1);
  }
  writePacked(out, bytes.subarray(packedFrom));
}

/** The bitmap of a page. Its last bits, behind the last row, are like that row, so that a run may reach to the end. */
function pageBytes(validity: Uint8Array, { from, to }: RowRange): Uint8Array {
  const bytes = validity.slice(from / 8, Math.ceil(to / 8));
  if (to % 8 === 0) return bytes;
  const last = bytes.length - 1;
  const behind = (0xff << (to % 8)) & 0xff;
  const isPresent = (bytes[last]! >>> ((to % 8) - 1)) & 1;
  bytes[last] = isPresent === 1 ? bytes[last]! | behind : bytes[last]! & ~behind;
  return bytes;
}

/** Behind the bytes equal to the first one; that one itself when its rows are not all alike. */
function endOfRun(bytes: Uint8Array, from: number): number {
  const value = bytes[from]!;
  let end = from;
  if (value === 0 || value === 0xff) while (end < bytes.length && bytes[end] === value) end += 1;
  return end;
}

function writePacked(out: ByteWriter, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  writePackedHeader(out, 8 * bytes.length);
  out.bytes(bytes);
}

/** Values among the rows, which start at a multiple of 8. */
export function countPresent(validity: Uint8Array | undefined, { from, to }: RowRange): number {
  if (validity === undefined) return to - from;
  const whole = to >>> 3;
  let count = 0;
  for (let index = from / 8; index < whole; index += 1) count += countBits(validity[index]!);
  return to % 8 === 0 ? count : count + countBits(validity[whole]! & ((1 << (to % 8)) - 1));
}

/** Bits set in a byte: counted in pairs, then in fours, then in all. */
function countBits(byte: number): number {
  const pairs = byte - ((byte >>> 1) & 0x55);
  const fours = (pairs & 0x33) + ((pairs >>> 2) & 0x33);
  return (fours + (fours >>> 4)) & 0x0f;
}
