import type { ByteWriter } from './byte-writer';

/** Values to a packed group. As many equal ones take less room as a run. */
const GROUP = 8;

/** Bits that the largest of so many dictionary entries' numbers needs; 0 for a single entry. */
export function bitWidth(entries: number): number {
  return entries <= 1 ? 0 : 32 - Math.clz32(entries - 1);
}

/**
 * Parquet's hybrid of runs and bit-packed groups of eight: runs of equal values once with their length, all others with
 * `width` bits each, the last group filled up with zeros. `width` is at most 16.
 */
export function writeRleBitPacked(out: ByteWriter, values: Int32Array, width: number): void {
  let packedFrom = 0;
  let row = 0;
  // Only whole groups can be packed before a run, so a run begins where a group would.
  while (row + GROUP <= values.length) {
    const end = endOfRun(values, row);
    if (end - row < GROUP) {
      row += GROUP;
      continue;
    }
    writePacked(out, values.subarray(packedFrom, row), width);
    writeRun(out, { value: values[row]!, length: end - row }, width);
    packedFrom = end;
    row = end;
  }
  writePacked(out, values.subarray(packedFrom), width);
}

export function writeRun(out: ByteWriter, run: { value: number; length: number }, width: number): void {
  out.varint(run.length * 2);
  for (let shift = 0; shift < width; shift += 8) out.byte(run.value >>> shift);
}

/** The header of bit-packed groups that hold so many values. */
export function writePackedHeader(out: ByteWriter, values: number): void {
  out.varint(Math.ceil(values / GROUP) * 2 + 1);
}

function endOfRun(values: Int32Array, from: number): number {
  const value = values[from];
  let end = from + 1;
  while (end < values.length && values[end] === value) end += 1;
  return end;
}

function writePacked(out: ByteWriter, values: Int32Array, width: number): void {
  if (values.length === 0) return;
  writePackedHeader(out, values.length);
  const packed = out.append(Math.ceil(values.length / GROUP) * width);
  let bits = 0;
  let filled = 0;
  let position = 0;
  for (let index = 0; index < values.length; index += 1) {
    bits |= values[index]! << filled;
    filled += width;
    if (filled >= 16) {
      packed[position] = bits;
      packed[position + 1] = bits >>> 8;
      position += 2;
      bits >>>= 16;
      filled -= 16;
    }
  }
  for (; position < packed.length; position += 1, bits >>>= 8) packed[position] = bits;
}
