import type { ColumnKind, DecodedColumn, DecodedSection } from './answer';
import type { ColumnShape } from './column-shapes';
import type { Cursor } from './cursor';
import { nullColumn } from './null-column';
import { refusal, shorten } from './refusal';

const TIME = 'time';

/** A section without its units, which stand beside it, in front or behind. */
export type SectionData = Omit<DecodedSection, 'units'>;

type TimeColumn = Extract<DecodedColumn, { kind: 'time' }>;

/** A section while its members are read, in whatever order they come. */
export class SectionDraft {
  private readonly kinds: ReadonlyMap<string, ColumnKind>;
  private readonly shape: ColumnShape;
  private readonly columns = new Map<string, DecodedColumn>();
  private time: TimeColumn | undefined = undefined;
  /** Columns that came without a single row. */
  private readonly empty: string[] = [];
  /** The column that was read first sets the number of rows. */
  private first: { readonly name: string; readonly rows: number } | undefined = undefined;
  private expectedRows: number;

  /** @param expectedRows a guess */
  constructor(kinds: ReadonlyMap<string, ColumnKind>, shape: ColumnShape, expectedRows: number) {
    this.kinds = kinds;
    this.shape = shape;
    this.expectedRows = expectedRows;
  }

  /** Reads the member `name`, with the cursor on its value. */
  readMember(cursor: Cursor, name: string): void {
    const offset = cursor.position;
    const rows = this.readColumn(cursor, name);
    if (rows === 0 && name !== TIME) {
      this.empty.push(name);
      return;
    }
    if (this.first === undefined) {
      this.first = { name, rows };
      this.expectedRows = rows;
    }
    if (rows === this.first.rows) return;
    throw refusal(cursor, {
      what: `a column must have as many rows as '${shorten(this.first.name)}', which has ${this.first.rows}`,
      received: `${rows} rows`,
      offset,
    });
  }

  /** @param offset of the section's first byte */
  finish(cursor: Cursor, offset: number): SectionData {
    if (this.time === undefined) {
      throw refusal(cursor, { what: "a section needs its 'time'", offset });
    }
    const { values: time, format: timeFormat } = this.time;
    const section = { rows: time.length, offset, time, timeFormat, columns: this.columns };
    return time.length === 0 || this.empty.length === 0 ? section : this.fillEmpty(section);
  }

  /** The source writes an empty array where it has no value at a location. */
  private fillEmpty(section: SectionData): SectionData {
    const wanted = this.empty.filter((name) => this.columns.has(name));
    if (wanted.length === 0) return section;
    for (const name of wanted) this.columns.set(name, nullColumn(this.columns.get(name)!.kind, section.rows));
    return { ...section, emptyColumns: new Set(wanted) };
  }

  private readColumn(cursor: Cursor, name: string): number {
    if (name === TIME) {
      this.time = this.readTimes(cursor, true);
      return this.time.values.length;
    }
    const kind = this.kinds.get(name);
    if (kind === undefined) return this.shape.skip(cursor);
    const column = this.readWanted(cursor, kind);
    this.columns.set(name, column);
    return column.values.length;
  }

  private readWanted(cursor: Cursor, kind: ColumnKind): DecodedColumn {
    switch (kind) {
      case 'number':
        return { kind, values: this.shape.number(cursor, this.expectedRows) };
      case 'time':
        return this.readTimes(cursor, false);
      case 'text':
        return { kind, values: this.shape.text(cursor) };
    }
  }

  private readTimes(cursor: Cursor, isAxis: boolean): TimeColumn {
    const { values, format = 'iso8601' } = this.shape.time(cursor, this.expectedRows, isAxis);
    return { kind: 'time', values, format };
  }
}
