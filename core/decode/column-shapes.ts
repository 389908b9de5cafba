import type { Section } from '../model/source';
import { LOWER_N, QUOTE } from './ascii';
import type { Cursor } from './cursor';
import { readNumberColumn } from './number-column';
import { readNumberOrNull } from './numbers';
import { refusal } from './refusal';
import { skipArray, skipValue } from './skip-value';
import { readText } from './strings';
import { enterArray, nextElement } from './structure';
import { readTimeColumn, type Times } from './time-column';
import { readTimeOrNull, timeFormatAt } from './times';
import { skipWord } from './words';

/** How a section writes its columns. Every method begins on the first byte of a member's value and reads it whole. */
export interface ColumnShape {
  number(cursor: Cursor, expectedRows: number): Float64Array;
  /** @param isAxis whether it is the section's own time */
  time(cursor: Cursor, expectedRows: number, isAxis: boolean): Times;
  text(cursor: Cursor): readonly (string | null)[];
  /** @returns rows of the column */
  skip(cursor: Cursor): number;
}

/** A member is an array with an element per row. */
const ARRAY_SHAPE: ColumnShape = {
  number: readNumberColumn,
  time: readTimeColumn,
  text: readTextColumn,
  skip: (cursor) => skipArray(cursor),
};

/** A member is the value of the only row. */
const ONE_ROW_SHAPE: ColumnShape = {
  number: (cursor) => Float64Array.of(readNumberOrNull(cursor)),
  time: readOnlyTime,
  text: (cursor) => [readTextOrNull(cursor)],
  skip: (cursor) => {
    skipValue(cursor);
    return 1;
  },
};

export function columnShape(section: Section): ColumnShape {
  return section === 'current' || section === 'current_weather' ? ONE_ROW_SHAPE : ARRAY_SHAPE;
}

function readTextColumn(cursor: Cursor): readonly (string | null)[] {
  const values: (string | null)[] = [];
  for (let more = enterArray(cursor); more; more = nextElement(cursor)) values.push(readTextOrNull(cursor));
  return values;
}

function readTextOrNull(cursor: Cursor): string | null {
  const expected = 'a text or null is expected';
  const byte = cursor.peek();
  if (byte === QUOTE) return readText(cursor);
  if (byte !== LOWER_N) throw refusal(cursor, { what: expected });
  skipWord(cursor, 'null', expected);
  return null;
}

function readOnlyTime(cursor: Cursor, _expectedRows: number, isAxis: boolean): Times {
  const format = timeFormatAt(cursor);
  if (isAxis && format === undefined) throw refusal(cursor, { what: "a section's time must not be null" });
  return { values: Float64Array.of(readTimeOrNull(cursor, format)), format };
}
