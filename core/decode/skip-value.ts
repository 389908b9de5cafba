import { LOWER_F, LOWER_N, LOWER_T, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './ascii';
import type { Cursor } from './cursor';
import { skipNumber } from './numbers';
import { refusal } from './refusal';
import { skipString } from './strings';
import { enterArray, enterObject, expectColon, expectKey, nextElement, nextMember } from './structure';
import { skipWord } from './words';

/** Deeper than any answer, shallower than any stack. */
export const MAXIMUM_DEPTH = 64;

const EXPECTED = 'a JSON value is expected';

/** Steps over any JSON value, checking it to its last byte. */
export function skipValue(cursor: Cursor, depth = 0): void {
  const byte = cursor.peek();
  if (byte === QUOTE) skipString(cursor);
  else if (byte === OPEN_ARRAY) skipArray(cursor, depth);
  else if (byte === OPEN_OBJECT) skipObject(cursor, depth);
  else if (byte === LOWER_N) skipWord(cursor, 'null', EXPECTED);
  else if (byte === LOWER_T) skipWord(cursor, 'true', EXPECTED);
  else if (byte === LOWER_F) skipWord(cursor, 'false', EXPECTED);
  else skipNumber(cursor, EXPECTED);
}

/** Steps over an array. @returns the number of its elements */
export function skipArray(cursor: Cursor, depth = 0): number {
  refuseTooDeep(cursor, depth);
  let elements = 0;
  for (let more = enterArray(cursor); more; more = nextElement(cursor)) {
    skipValue(cursor, depth + 1);
    elements++;
  }
  return elements;
}

function skipObject(cursor: Cursor, depth: number): void {
  refuseTooDeep(cursor, depth);
  for (let more = enterObject(cursor); more; more = nextMember(cursor)) {
    expectKey(cursor);
    skipString(cursor);
    expectColon(cursor);
    skipValue(cursor, depth + 1);
  }
}

function refuseTooDeep(cursor: Cursor, depth: number): void {
  if (depth < MAXIMUM_DEPTH) return;
  throw refusal(cursor, {
    what: `a value is nested deeper than ${MAXIMUM_DEPTH} levels, which no answer is`,
  });
}
