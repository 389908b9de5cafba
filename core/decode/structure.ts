import {
  CARRIAGE_RETURN,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  LINE_FEED,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
  TAB,
} from './ascii';
import type { Cursor } from './cursor';
import { refusal } from './refusal';
import { readText } from './strings';

/** Byte offset of the first byte from `position` on that is no white space. */
export function afterSpace(body: Uint8Array, position: number): number {
  let at = position;
  while (at < body.length) {
    const byte = body[at]!;
    if (byte !== SPACE && byte !== LINE_FEED && byte !== CARRIAGE_RETURN && byte !== TAB) break;
    at++;
  }
  return at;
}

/** The next byte that is no white space, and the cursor on it; -1 at the end. */
export function peekToken(cursor: Cursor): number {
  cursor.position = afterSpace(cursor.body, cursor.position);
  return cursor.peek();
}

/** Steps over `[`. Says whether an element follows, with the cursor on it; else the array is over. */
export function enterArray(cursor: Cursor): boolean {
  return enter(cursor, OPEN_ARRAY, CLOSE_ARRAY);
}

/** Steps over `{`. Says whether a member follows, with the cursor on its name; else the object is over. */
export function enterObject(cursor: Cursor): boolean {
  return enter(cursor, OPEN_OBJECT, CLOSE_OBJECT);
}

/** To be called behind an element: says whether another follows, with the cursor on it; else the array is over. */
export function nextElement(cursor: Cursor): boolean {
  return next(cursor, CLOSE_ARRAY);
}

/** To be called behind a member's value: says whether another member follows; else the object is over. */
export function nextMember(cursor: Cursor): boolean {
  return next(cursor, CLOSE_OBJECT);
}

/** A member's name, and the cursor on its value. */
export function readMemberName(cursor: Cursor): string {
  expectKey(cursor);
  const name = readText(cursor);
  expectColon(cursor);
  return name;
}

/** The cursor has to stand on the quote that opens a key. */
export function expectKey(cursor: Cursor): void {
  if (cursor.peek() !== QUOTE) throw refusal(cursor, { what: 'a key in double quotes is expected' });
}

/** Steps over the colon behind a key, to the value. */
export function expectColon(cursor: Cursor): void {
  if (peekToken(cursor) !== COLON) throw refusal(cursor, { what: "':' is expected behind the key" });
  cursor.position++;
  peekToken(cursor);
}

function enter(cursor: Cursor, open: number, close: number): boolean {
  if (cursor.peek() !== open) {
    throw refusal(cursor, { what: open === OPEN_ARRAY ? 'an array is expected' : 'an object is expected' });
  }
  cursor.position++;
  if (peekToken(cursor) !== close) return true;
  cursor.position++;
  return false;
}

function next(cursor: Cursor, close: number): boolean {
  const token = peekToken(cursor);
  if (token !== COMMA && token !== close) {
    throw refusal(cursor, { what: `',' or '${String.fromCharCode(close)}' is expected` });
  }
  cursor.position++;
  if (token === close) return false;
  peekToken(cursor);
  return true;
}
