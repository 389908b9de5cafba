import { BACKSLASH, LOWER_U, QUOTE, SPACE } from './ascii';
import type { Cursor } from './cursor';
import { decodeLiteral } from './literal';
import { refusal } from './refusal';
import { utf8CharacterLength } from './utf8';

const SIMPLE_ESCAPES = new Set(Array.from('"\\/bfnrt', (character) => character.charCodeAt(0)));

/** Steps over a string, from its opening quote to behind its closing one, checking every byte. */
export function skipString(cursor: Cursor): void {
  const { body } = cursor;
  let at = cursor.position + 1;
  for (;;) {
    const byte = at < body.length ? body[at]! : -1;
    if (byte === QUOTE) break;
    if (byte === BACKSLASH) at += escapeLength(cursor, at);
    else if (byte >= 0x80) at += characterLength(cursor, at);
    else if (byte >= SPACE) at++;
    else throw unfinished(cursor, at, byte);
  }
  cursor.position = at + 1;
}

/** A string's text. The cursor stands on the opening quote. */
export function readText(cursor: Cursor): string {
  const start = cursor.position + 1;
  skipString(cursor);
  return decodeLiteral(cursor.body, start, cursor.position - 1);
}

function escapeLength(cursor: Cursor, offset: number): number {
  const letter = cursor.body[offset + 1];
  if (letter !== undefined && SIMPLE_ESCAPES.has(letter)) return 2;
  if (letter === LOWER_U && hasFourHexDigits(cursor.body, offset + 2)) return 6;
  throw refusal(cursor, { what: 'an escape that JSON knows is expected', offset });
}

function hasFourHexDigits(body: Uint8Array, offset: number): boolean {
  return /^[0-9a-fA-F]{4}$/.test(String.fromCharCode(...body.subarray(offset, offset + 4)));
}

function characterLength(cursor: Cursor, offset: number): number {
  const length = utf8CharacterLength(cursor.body, offset);
  if (length === 0) throw refusal(cursor, { what: 'a character in UTF-8 is expected', offset });
  return length;
}

function unfinished(cursor: Cursor, offset: number, byte: number) {
  const what = byte === -1 ? 'the string has no end' : 'a control character in a string must be escaped';
  return refusal(cursor, { what, offset });
}
