import type { ConfigProblem } from '../errors';
import { findDuplicates } from './duplicates';
import { isDaySection } from './pipeline';
import type { ColumnPart, TablePart } from './pipeline-parts';

/** Columns that the project itself writes. `date` is the partition and exists in the path only. */
export const RESERVED_COLUMNS: ReadonlySet<string> = new Set([
  'location_id',
  'time',
  'utc_offset_seconds',
  'date',
]);
const EXTREME = /_(max|min)(_|$)/;

/** A column with its place in the file. */
interface PlacedColumn {
  readonly table: TablePart;
  readonly column: ColumnPart;
  readonly path: string;
}

export function checkColumns(table: TablePart, tablePath: string): ConfigProblem[] {
  const pathOf = (index: number) => `${tablePath}.columns[${index}]`;
  return [
    ...findDuplicates(table.columns.map(nameOf), (index) => `${pathOf(index)}.name`),
    ...table.columns.flatMap((column, index) => {
      const placed = { table, column, path: pathOf(index) };
      return [...checkName(placed), ...checkType(placed), ...checkRange(placed), ...checkWitness(placed)];
    }),
  ];
}

function nameOf({ name, source }: ColumnPart): string | undefined {
  return name ?? source;
}

function isNumeric({ type }: ColumnPart): boolean {
  return type !== 'timestamp' && type !== 'string';
}

/** Whether a value of the column looks valid although part of its day is missing. */
export function isExtreme(source: string | undefined): boolean {
  return source !== undefined && EXTREME.test(source);
}

function checkName({ column, path }: PlacedColumn): ConfigProblem[] {
  const name = nameOf(column);
  if (name === undefined || !RESERVED_COLUMNS.has(name.toLowerCase())) return [];
  const message = 'this column is written by the project itself; choose another name';
  return [{ path: `${path}.name`, message, received: JSON.stringify(name) }];
}

function checkType({ column: { type, unit }, path }: PlacedColumn): ConfigProblem[] {
  if (type !== 'timestamp' || unit === undefined || unit === 'iso8601') return [];
  const message = 'a timestamp column has the unit "iso8601"';
  return [{ path: `${path}.unit`, message, received: JSON.stringify(unit) }];
}

function checkRange({ column, path }: PlacedColumn): ConfigProblem[] {
  const { range, type } = column;
  if (range === undefined) return [];
  const problem = (message: string) => ({ path: `${path}.range`, message, received: JSON.stringify(range) });
  return [
    ...(range[0] > range[1] ? [problem('the lower end is above the upper one; swap them')] : []),
    ...(isNumeric(column) ? [] : [problem(`a ${type} column has no range; remove the key`)]),
  ];
}

function checkWitness(placed: PlacedColumn): ConfigProblem[] {
  const { table, column, path } = placed;
  const { witness } = column;
  if (typeof witness === 'string') {
    const message = objectionTo(witness, placed);
    return message === undefined
      ? []
      : [{ path: `${path}.witness`, message, received: JSON.stringify(witness) }];
  }
  const isDay = table.section !== undefined && isDaySection(table.section) && table.day !== 'as_received';
  if (!isDay || witness === null || !isExtreme(column.source)) return [];
  return [
    {
      path: `${path}.witness`,
      message:
        'is missing: a daily maximum or minimum looks valid when an hour is missing; name the column of a mean or sum of the same variable, or null if there is none',
    },
  ];
}

function objectionTo(witness: string, { table, column }: PlacedColumn): string | undefined {
  const { section, columns } = table;
  if (section !== undefined && !isDaySection(section))
    return `rows of the section ${section} cover no day; remove the key`;
  if (!isNumeric(column)) return `a ${column.type} column has no witness; remove the key`;
  const named = columns.find((candidate) => candidate !== column && nameOf(candidate) === witness);
  if (named === undefined) {
    const isComplete = columns.every((candidate) => nameOf(candidate) !== undefined);
    return isComplete
      ? 'no other column of the table has this name; name a mean or sum of the same variable, or null'
      : undefined;
  }
  if (!isNumeric(named)) return `this column is a ${named.type}; name a mean or sum of the same variable`;
  return isExtreme(named.source)
    ? 'a maximum or minimum tells no more than the value itself; name a mean or sum of the same variable, or null'
    : undefined;
}
