import type { Section } from '../model/source';
import type { ColumnKind } from './answer';
import { QUOTE } from './ascii';
import { type ColumnShape, columnShape } from './column-shapes';
import type { Cursor } from './cursor';
import { MemberNames } from './member-names';
import { refusal } from './refusal';
import { type SectionData, SectionDraft } from './section-draft';
import { readText } from './strings';

export type Units = ReadonlyMap<string, string>;

/** Reads one wanted section of every location, and goes by what the location before had. */
export class SectionReader {
  readonly section: Section;
  private readonly kinds: ReadonlyMap<string, ColumnKind>;
  private readonly shape: ColumnShape;
  private readonly names = new MemberNames();
  private expectedRows = 0;
  private lastUnits: { readonly start: number; readonly end: number; readonly units: Units } | undefined =
    undefined;

  constructor(section: Section, columns: Readonly<Record<string, ColumnKind>>) {
    this.section = section;
    this.kinds = new Map(Object.entries(columns));
    this.shape = columnShape(section);
  }

  /** Reads the section's object. The cursor stands on its first byte. */
  read(cursor: Cursor): SectionData {
    const offset = cursor.position;
    const draft = new SectionDraft(this.kinds, this.shape, this.expectedRows);
    this.enter(cursor);
    this.names.forEach(cursor, (name) => draft.readMember(cursor, name));
    const data = draft.finish(cursor, offset);
    this.leave(cursor);
    this.expectedRows = data.rows;
    return data;
  }

  /** Reads the object of the section's units, by column, as received. Locations with the same bytes share one map. */
  readUnits(cursor: Cursor): Units {
    const start = cursor.position;
    if (this.lastUnits !== undefined && isRepeated(cursor, this.lastUnits)) return this.lastUnits.units;
    const units = new Map<string, string>();
    this.enter(cursor);
    this.names.forEach(cursor, (name) => {
      if (cursor.peek() !== QUOTE) throw refusal(cursor, { what: "a column's unit is expected as a text" });
      units.set(name, readText(cursor));
    });
    this.leave(cursor);
    this.lastUnits = { start, end: cursor.position, units };
    return units;
  }

  private enter(cursor: Cursor): void {
    cursor.section = this.section;
    cursor.column = undefined;
  }

  private leave(cursor: Cursor): void {
    cursor.section = undefined;
  }
}

/** Steps over the bytes from `start` to `end` when they stand under the cursor once more. */
function isRepeated(
  cursor: Cursor,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const { body, position } = cursor;
  for (let at = start; at < end; at++) {
    if (body[at] !== body[at - start + position]) return false;
  }
  cursor.position += end - start;
  return true;
}
