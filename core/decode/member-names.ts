import type { SourceContractError } from '../errors';
import { QUOTE } from './ascii';
import type { Cursor } from './cursor';
import { refusal } from './refusal';
import { readText } from './strings';
import { enterObject, expectColon, expectKey, nextMember } from './structure';

/** A name as it was met first, and what is known of it since. */
interface MemberName {
  readonly text: string;
  /** Byte offsets of the literal between its quotes. */
  readonly start: number;
  readonly end: number;
  /** Number of the object that had it last. */
  object: number;
  /** The name that came behind it last time. */
  next: MemberName | undefined;
}

/**
 * The names of like objects, one after the other. Each may stand once in an object. The objects of an answer have
 * their names in one order, so the name that came next last time is tried first, and its bytes compared: nothing is
 * decoded twice.
 */
export class MemberNames {
  private readonly byText = new Map<string, MemberName>();
  private readonly head: MemberName = { text: '', start: 0, end: 0, object: -1, next: undefined };
  private previous = this.head;
  private object = 0;

  /** Reads an object: `readValue` is called with the cursor on the value of each member and has to step over it. */
  forEach(cursor: Cursor, readValue: (name: string) => void): void {
    this.object++;
    this.previous = this.head;
    for (let more = enterObject(cursor); more; more = nextMember(cursor)) {
      const name = this.read(cursor);
      cursor.column = name;
      readValue(name);
      cursor.column = undefined;
    }
  }

  private read(cursor: Cursor): string {
    const offset = cursor.position;
    const guess = this.previous.next;
    const name = guess !== undefined && isAt(cursor, guess) ? step(cursor, guess) : this.lookUp(cursor);
    if (name.object === this.object) throw duplicate(cursor, name.text, offset);
    name.object = this.object;
    this.previous.next = name;
    this.previous = name;
    expectColon(cursor);
    return name.text;
  }

  private lookUp(cursor: Cursor): MemberName {
    expectKey(cursor);
    const start = cursor.position + 1;
    const text = readText(cursor);
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const name = { text, start, end: cursor.position - 1, object: -1, next: undefined };
    this.byText.set(text, name);
    return name;
  }
}

function isAt({ body, position }: Cursor, { start, end }: MemberName): boolean {
  const shift = position + 1 - start;
  if (body[position] !== QUOTE || body[end + shift] !== QUOTE) return false;
  for (let at = start; at < end; at++) {
    if (body[at] !== body[at + shift]) return false;
  }
  return true;
}

function step(cursor: Cursor, name: MemberName): MemberName {
  cursor.position += name.end - name.start + 2;
  return name;
}

function duplicate(cursor: Cursor, name: string, offset: number): SourceContractError {
  cursor.column = name;
  return refusal(cursor, {
    what: 'the same key stands twice in one object',
    wayOut: 'Ask for each variable once: a variable asked for twice comes twice.',
    offset,
  });
}
