import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
} from '../../core/decode/ascii';

/**
 * Whether a body is the beginning of a JSON object or array that never closes, or nothing at all. It looks at brackets and
 * strings alone: a body that is no JSON for another reason is not cut.
 */
export function isCutJson(bytes: Uint8Array): boolean {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = body.findIndex((byte) => byte > SPACE);
  if (start === -1) return true;
  const isNested = body[start] === OPEN_OBJECT || body[start] === OPEN_ARRAY;
  return isNested && !closes(body, start);
}

function closes(body: Buffer, start: number): boolean {
  let depth = 0;
  for (let at = start; at < body.length; at += 1) {
    const byte = body[at]!;
    // Numbers, commas and spaces are most of a body.
    if (byte < OPEN_ARRAY && byte !== QUOTE) continue;
    if (byte === QUOTE) {
      at = closingQuote(body, at + 1);
      if (at === -1) return false;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) return true;
    }
  }
  return false;
}

/** @param from first byte of the string; -1 where it has no end */
function closingQuote(body: Buffer, from: number): number {
  let end = body.indexOf(QUOTE, from);
  while (end !== -1 && isEscaped(body, end, from)) end = body.indexOf(QUOTE, end + 1);
  return end;
}

function isEscaped(body: Buffer, at: number, from: number): boolean {
  let first = at;
  while (first > from && body[first - 1] === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}
