import { OPEN_ARRAY, OPEN_OBJECT } from './decode/ascii';
import { Cursor } from './decode/cursor';
import { refusal } from './decode/refusal';
import { MAXIMUM_DEPTH, skipValue } from './decode/skip-value';
import { readText } from './decode/strings';
import {
  enterArray,
  enterObject,
  expectColon,
  expectKey,
  nextElement,
  nextMember,
  peekToken,
} from './decode/structure';

/** A key that stands twice in one object: JSON.parse keeps the last value in silence. */
export interface RepeatedKey {
  /** As `tables[0].name`. */
  readonly path: string;
  /** Byte offset of the first. */
  readonly first: number;
  /** Byte offset of the one that repeats it. */
  readonly offset: number;
}

/** A value that is nested deeper than any that is worth reading: its readers call themselves, and would run out of stack. */
export class TooDeep {
  /** @param offset byte at which it is too deep */
  constructor(readonly offset: number) {}
}

/** Every key of a JSON text that repeats another. @throws TooDeep; SourceContractError, with the offset, where it is no JSON */
export function repeatedKeys(json: Uint8Array): RepeatedKey[] {
  const reader = new KeyReader(new Cursor(json));
  reader.readAll();
  return reader.found;
}

class KeyReader {
  readonly found: RepeatedKey[] = [];

  constructor(private readonly cursor: Cursor) {}

  readAll(): void {
    peekToken(this.cursor);
    this.read(() => '', 0);
    if (peekToken(this.cursor) !== -1) throw refusal(this.cursor, { what: 'the end is expected' });
  }

  /** @param pathOf called for what is reported alone: most values are not */
  private read(pathOf: () => string, depth: number): void {
    const { cursor } = this;
    const byte = cursor.peek();
    const isNested = byte === OPEN_ARRAY || byte === OPEN_OBJECT;
    if (isNested && depth >= MAXIMUM_DEPTH) throw new TooDeep(cursor.position);
    if (byte === OPEN_OBJECT) this.readObject(pathOf, depth);
    else if (byte === OPEN_ARRAY) this.readArray(pathOf, depth);
    else skipValue(cursor);
  }

  private readArray(pathOf: () => string, depth: number): void {
    const { cursor } = this;
    let index = 0;
    const elementPath = () => `${pathOf()}[${index}]`;
    for (let more = enterArray(cursor); more; more = nextElement(cursor)) {
      this.read(elementPath, depth + 1);
      index += 1;
    }
  }

  private readObject(pathOf: () => string, depth: number): void {
    const { cursor } = this;
    const offsets = new Map<string, number>();
    for (let more = enterObject(cursor); more; more = nextMember(cursor)) {
      expectKey(cursor);
      const offset = cursor.position;
      const key = readText(cursor);
      const memberPath = () => [pathOf(), key].filter((part) => part !== '').join('.');
      const first = offsets.get(key);
      if (first === undefined) offsets.set(key, offset);
      else this.found.push({ path: memberPath(), first, offset });
      expectColon(cursor);
      this.read(memberPath, depth + 1);
    }
  }
}
