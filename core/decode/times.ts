import type { TimeFormat } from './answer';
import { LOWER_N, QUOTE } from './ascii';
import type { Cursor } from './cursor';
import { decodeLiteral } from './literal';
import { readNumber } from './numbers';
import { refusal } from './refusal';
import { skipString } from './strings';
import { labelSeconds } from './time-label';
import { skipWord } from './words';

const EXPECTED = 'a time is expected (YYYY-MM-DDTHH:MM, YYYY-MM-DD or whole seconds)';

/** Of the years that a label can write. */
const FIRST_SECOND = Date.parse('0001-01-01T00:00:00Z') / 1000;
const LAST_SECOND = Date.parse('9999-12-31T23:59:59Z') / 1000;

/** How the time under the cursor is written; undefined for null. */
export function timeFormatAt(cursor: Cursor): TimeFormat | undefined {
  const byte = cursor.peek();
  if (byte === LOWER_N) return undefined;
  return byte === QUOTE ? 'iso8601' : 'unixtime';
}

/** Seconds since the epoch, NaN for null. `format` is how the column's times before were written, if there were any. */
export function readTimeOrNull(cursor: Cursor, format: TimeFormat | undefined): number {
  const found = timeFormatAt(cursor);
  if (found === undefined) {
    skipWord(cursor, 'null', `${EXPECTED}, or null`);
    return Number.NaN;
  }
  if (format !== undefined && format !== found) {
    throw refusal(cursor, { what: `the column began with ${format} times and may not change` });
  }
  return found === 'iso8601' ? readLabel(cursor) : readUnixTime(cursor);
}

function readUnixTime(cursor: Cursor): number {
  const offset = cursor.position;
  const seconds = readNumber(cursor, EXPECTED);
  if (Number.isInteger(seconds) && seconds >= FIRST_SECOND && seconds <= LAST_SECOND) return seconds;
  throw refusal(cursor, { what: 'a time in whole seconds of the years 1 to 9999 is expected', offset });
}

function readLabel(cursor: Cursor): number {
  const offset = cursor.position;
  skipString(cursor);
  const start = offset + 1;
  const end = cursor.position - 1;
  const seconds = labelSeconds(cursor.body, start, end);
  if (!Number.isNaN(seconds)) return seconds;
  const unescaped = new TextEncoder().encode(decodeLiteral(cursor.body, start, end));
  const unescapedSeconds = labelSeconds(unescaped, 0, unescaped.length);
  if (!Number.isNaN(unescapedSeconds)) return unescapedSeconds;
  throw refusal(cursor, { what: EXPECTED, offset });
}
