import { COMMA, DOT, LOWER_L, LOWER_N, LOWER_U, MINUS, SPACE, ZERO } from './ascii';
import type { Cursor } from './cursor';
import { grown, trimmed } from './growth';
import { readNumberOrNull } from './numbers';
import { afterSpace, enterArray, nextElement } from './structure';

/** So near to the end the careful way is taken, so that no byte past the end is ever asked for. */
const FAST_BYTES = 24;
/** As many digits fit a 32-bit integer, whatever they are. */
const FAST_DIGITS = 9;
const MINUS_SIGN = 16;
/** By sign (0 or 16) plus decimals. Dividing by a negative power gives zero its sign, too. */
const DIVISORS = Float64Array.from({ length: 32 }, (_, index) => (index < 16 ? 1 : -1) * 10 ** (index % 16));

/**
 * An array of numbers and nulls, NaN for null.
 *
 * The heart of the decoder: the loop keeps its place in a local variable and reads by itself what nearly every
 * value looks like (`12.3,` `-0.4,` `null,`). All else goes to the careful functions, which also say what is wrong.
 *
 * @param expectedRows a guess at the number of elements
 */
export function readNumberColumn(cursor: Cursor, expectedRows: number): Float64Array {
  const { body } = cursor;
  const fastEnd = body.length - FAST_BYTES;
  let values = cursor.pool.take(expectedRows);
  let rows = 0;
  if (!enterArray(cursor)) return trimmed(values, 0);
  let at = cursor.position;
  for (;;) {
    if (rows === values.length) values = grown(values);
    if (at < fastEnd) {
      let next = at;
      let divisor = 0;
      let byte = body[next]!;
      if (byte === MINUS) {
        divisor = MINUS_SIGN;
        byte = body[++next]!;
      }
      const first = next;
      let mantissa = 0;
      let digit = byte - ZERO;
      while (digit >>> 0 <= 9 && next - first < FAST_DIGITS) {
        mantissa = (mantissa * 10 + digit) | 0;
        digit = body[++next]! - ZERO;
      }
      const whole = next - first;
      if (whole === 1 || (whole > 1 && byte !== ZERO)) {
        if (digit === DOT - ZERO) {
          const decimals = next + 1;
          digit = body[++next]! - ZERO;
          while (digit >>> 0 <= 9 && next - first <= FAST_DIGITS) {
            mantissa = (mantissa * 10 + digit) | 0;
            digit = body[++next]! - ZERO;
          }
          divisor += next - decimals;
          // A point without a digit behind it: no comma, either.
          if (next === decimals) digit = -1;
        }
        if (digit === COMMA - ZERO) {
          values[rows++] = mantissa / DIVISORS[divisor]!;
          at = next + 1;
          if (body[at]! <= SPACE) at = afterSpace(body, at);
          continue;
        }
      } else if (
        byte === LOWER_N &&
        body[at + 1] === LOWER_U &&
        body[at + 2] === LOWER_L &&
        body[at + 3] === LOWER_L &&
        body[at + 4] === COMMA
      ) {
        values[rows++] = Number.NaN;
        at += 5;
        if (body[at]! <= SPACE) at = afterSpace(body, at);
        continue;
      }
    }
    cursor.position = at;
    values[rows++] = readNumberOrNull(cursor);
    if (!nextElement(cursor)) return trimmed(values, rows);
    at = cursor.position;
  }
}
