import { CASE_BIT, DOT, LOWER_E, LOWER_N, MINUS, PLUS, ZERO } from './ascii';
import type { Cursor } from './cursor';
import { decodeLiteral } from './literal';
import { refusal } from './refusal';
import { skipWord } from './words';

/** Powers of ten that a double holds exactly: a quotient of two exact doubles is rounded once, as JSON.parse does. */
const EXACT_POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Steps over a JSON number. `expected` says in an error what should be here. */
export function skipNumber(cursor: Cursor, expected: string): void {
  const { body } = cursor;
  const start = cursor.position;
  const first = body[start] === MINUS ? start + 1 : start;
  let end = afterDigits(body, first);
  if (end === first) throw refusal(cursor, { what: expected });
  if (body[first] === ZERO && end > first + 1) {
    throw refusal(cursor, { what: 'a number must not begin with a zero', offset: start });
  }
  if (body[end] === DOT) end = requireDigits(cursor, end + 1);
  if (((body[end] ?? 0) | CASE_BIT) === LOWER_E) {
    const isSigned = body[end + 1] === PLUS || body[end + 1] === MINUS;
    end = requireDigits(cursor, end + (isSigned ? 2 : 1));
  }
  cursor.position = end;
}

/** A JSON number, to the bit what JSON.parse makes of it. */
export function readNumber(cursor: Cursor, expected = 'a number is expected'): number {
  const start = cursor.position;
  skipNumber(cursor, expected);
  const value = toDouble(cursor.body, start, cursor.position);
  if (Number.isFinite(value)) return value;
  throw refusal(cursor, { what: 'the number is past what a double holds', offset: start });
}

/** As `readNumber`; NaN for null. */
export function readNumberOrNull(cursor: Cursor): number {
  const expected = 'a number or null is expected';
  if (cursor.peek() !== LOWER_N) return readNumber(cursor, expected);
  skipWord(cursor, 'null', expected);
  return Number.NaN;
}

function afterDigits(body: Uint8Array, offset: number): number {
  let at = offset;
  while (at < body.length && (body[at]! - ZERO) >>> 0 <= 9) at++;
  return at;
}

function requireDigits(cursor: Cursor, offset: number): number {
  const end = afterDigits(cursor.body, offset);
  if (end === offset) throw refusal(cursor, { what: 'the number lacks a digit', offset });
  return end;
}

/** Value of a checked number. What is short enough is computed exactly, the rest is left to the language. */
function toDouble(body: Uint8Array, start: number, end: number): number {
  const isNegative = body[start] === MINUS;
  let mantissa = 0;
  let firstDecimal = end;
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    const byte = body[at]!;
    if (byte === DOT) firstDecimal = at + 1;
    else if ((byte - ZERO) >>> 0 <= 9) mantissa = mantissa * 10 + (byte - ZERO);
    else return Number(decodeLiteral(body, start, end));
  }
  const decimals = end - firstDecimal;
  if (mantissa > Number.MAX_SAFE_INTEGER || decimals >= EXACT_POWERS.length) {
    return Number(decodeLiteral(body, start, end));
  }
  const magnitude = mantissa / EXACT_POWERS[decimals]!;
  return isNegative ? -magnitude : magnitude;
}
