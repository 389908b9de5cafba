/** Bytes of the multi-byte character at `offset`; 0 when it is not well-formed UTF-8 (Unicode standard, table 3-7). */
export function utf8CharacterLength(body: Uint8Array, offset: number): number {
  const length = lengthByFirstByte(body[offset]!);
  if (length === 0 || !isSecondByteWithin(body[offset]!, body[offset + 1] ?? 0)) return 0;
  for (let index = 2; index < length; index++) {
    if (!isContinuation(body[offset + index] ?? 0)) return 0;
  }
  return length;
}

function lengthByFirstByte(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 0;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

/** Shuts out longer forms than needed, surrogates, and what lies beyond U+10FFFF. */
function isSecondByteWithin(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0 && second <= 0xbf;
  if (first === 0xed) return second >= 0x80 && second <= 0x9f;
  if (first === 0xf0) return second >= 0x90 && second <= 0xbf;
  if (first === 0xf4) return second >= 0x80 && second <= 0x8f;
  return isContinuation(second);
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
