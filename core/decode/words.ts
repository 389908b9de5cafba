import type { Cursor } from './cursor';
import { refusal } from './refusal';

/** Steps over `null`, `true` or `false`. `expected` says in an error what should be here. */
export function skipWord(cursor: Cursor, word: string, expected: string): void {
  for (let index = 0; index < word.length; index++) {
    if (cursor.body[cursor.position + index] !== word.charCodeAt(index)) {
      throw refusal(cursor, { what: expected });
    }
  }
  cursor.position += word.length;
}
