/** The hybrid read back straight by its definition, bit by bit. */
export function readRleBitPacked(bytes: readonly number[], width: number, count: number): number[] {
  const values: number[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return value;
    }
  };
  while (values.length < count) {
    const header = varint();
    const size = Math.floor(header / 2);
    if (header % 2 === 1) {
      for (let index = 0; index < size * 8; index += 1)
        values.push(readBits(bytes, at * 8 + index * width, width));
      at += size * width;
    } else {
      const value = readBits(bytes, at * 8, width);
      for (let index = 0; index < size; index += 1) values.push(value);
      at += Math.ceil(width / 8);
    }
  }
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes are left over`);
  if (values.length - count >= 8) throw new Error(`${values.length - count} values too many`);
  return values.slice(0, count);
}

function readBits(bytes: readonly number[], from: number, width: number): number {
  let value = 0;
  for (let bit = 0; bit < width; bit += 1) {
    const place = from + bit;
    value += ((bytes[place >> 3]! >> (place & 7)) & 1) * 2 ** bit;
  }
  return value;
}
