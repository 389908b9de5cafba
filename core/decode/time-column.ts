import type { SourceContractError } from '../errors';
import { SECONDS_PER_DAY } from '../time/day';
import type { TimeFormat } from './answer';
import { COMMA, QUOTE, SPACE } from './ascii';
import type { Cursor } from './cursor';
import { grown, trimmed } from './growth';
import { refusal } from './refusal';
import { afterSpace, enterArray, nextElement } from './structure';
import { DATE_LENGTH, dateDay, minuteSeconds } from './time-label';
import { readTimeOrNull, timeFormatAt } from './times';

/** `"YYYY-MM-DDTHH:MM",` and the byte behind it. */
const FAST_BYTES = 20;
const CLOSING_QUOTE = 17;

export interface Times {
  /** Seconds since the epoch, NaN for null. */
  readonly values: Float64Array;
  /** Undefined when all are null, or there are none. */
  readonly format: TimeFormat | undefined;
}

/**
 * An array of times. Labels to the minute on the day of the label before are read in the loop itself; all else goes
 * to the careful functions.
 *
 * @param expectedRows a guess at the number of elements
 * @param isAxis whether it is the section's own time: strictly increasing, never null
 */
export function readTimeColumn(cursor: Cursor, expectedRows: number, isAxis: boolean): Times {
  const { body } = cursor;
  const fastEnd = body.length - FAST_BYTES;
  let values = cursor.pool.take(expectedRows);
  let rows = 0;
  let format: TimeFormat | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let date = -1;
  let midnight = 0;
  if (!enterArray(cursor)) return { values: trimmed(values, 0), format };
  let at = cursor.position;
  for (;;) {
    const start = at;
    let seconds = Number.NaN;
    if (date >= 0 && at < fastEnd && body[at + CLOSING_QUOTE] === QUOTE && isSameDate(body, at, date)) {
      seconds = midnight + minuteSeconds(body, at + 1 + DATE_LENGTH);
      at += CLOSING_QUOTE + 1;
    }
    if (Number.isNaN(seconds)) {
      cursor.position = start;
      format ??= timeFormatAt(cursor);
      seconds = readTimeOrNull(cursor, format);
      at = cursor.position;
      if (format === 'iso8601') {
        date = start;
        midnight = dateDay(body, start + 1) * SECONDS_PER_DAY;
      }
    }
    if (isAxis && !(seconds > last)) throw notLater(cursor, start);
    last = seconds;
    if (rows === values.length) values = grown(values);
    values[rows++] = seconds;
    if (at < fastEnd && body[at] === COMMA) {
      at++;
      if (body[at]! <= SPACE) at = afterSpace(body, at);
    } else {
      cursor.position = at;
      if (!nextElement(cursor)) return { values: trimmed(values, rows), format };
      at = cursor.position;
    }
  }
}

/** Whether the labels that begin at two quotes have the same date. The last digits are the first to differ. */
function isSameDate(body: Uint8Array, left: number, right: number): boolean {
  for (let index = DATE_LENGTH; index >= 0; index--) {
    if (body[left + index] !== body[right + index]) return false;
  }
  return true;
}

function notLater(cursor: Cursor, offset: number): SourceContractError {
  return refusal(cursor, { what: "a section's times must increase and not be null", offset });
}
