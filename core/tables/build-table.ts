import type { DaySlice } from '../answers/day-slices';
import type { FoundColumn } from '../answers/location-answer';
import { type ColumnCounts, noCounts } from '../checks/column-counts';
import { type Column, isDaySection, type Table } from '../pipeline/pipeline';
import { NumberColumnBuilder, type Rejection } from './column-builder';
import { isNearRow, shiftToUtc } from './instant-reach';
import { locationColumn } from './location-column';
import { type PlacedSlice, placeSlices } from './placed-slice';
import type { BatchColumn, TableBatch } from './table-batch';
import { offsetColumn, timeColumn } from './time-columns';

/** A table's rows of one partition and chunk, with what was counted and taken out on the way. */
export interface BuiltTable {
  readonly batch: TableBatch;
  /** By column name. */
  readonly counts: Readonly<Record<string, ColumnCounts>>;
  readonly rejections: readonly Rejection[];
}

export interface TableBuild {
  readonly table: Table;
  /** In any order; rows come out sorted by location id and time. */
  readonly slices: readonly DaySlice[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Rows of a partition, copied column by column from the answers, each value converted and checked on the way. */
export function buildTable({ table, slices, metadata }: TableBuild): BuiltTable {
  const placed = placeSlices(slices);
  const rows = placed.reduce((sum, { slice }) => sum + slice.to - slice.from, 0);
  const built = table.columns.map((column, index) => buildColumn({ table, column, index, placed, rows }));
  const keys = [locationColumn(placed, rows), timeColumn(table.section, placed, rows)];
  const offset = isDaySection(table.section) ? [offsetColumn(placed, rows)] : [];
  return {
    batch: {
      table: table.name,
      rows,
      columns: [...keys, ...offset, ...built.map(({ column }) => column)],
      metadata,
    },
    counts: Object.fromEntries(table.columns.map((column, index) => [column.name, built[index]!.counts])),
    rejections: built.flatMap(({ rejections }) => rejections),
  };
}

interface ColumnBuild {
  readonly table: Table;
  readonly column: Column;
  /** Position of the column in the table. */
  readonly index: number;
  readonly placed: readonly PlacedSlice[];
  readonly rows: number;
}

interface BuiltColumn {
  readonly column: BatchColumn;
  readonly counts: ColumnCounts;
  readonly rejections: readonly Rejection[];
}

function buildColumn(build: ColumnBuild): BuiltColumn {
  if (build.column.type === 'timestamp') return buildTimestamps(build);
  if (build.column.type === 'string') return buildStrings(build);
  return buildNumbers(build, build.column.type);
}

const NUMBER_ARRAYS = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const;

function buildNumbers(build: ColumnBuild, type: keyof typeof NUMBER_ARRAYS): BuiltColumn {
  const { table, column, index, placed, rows } = build;
  const builder = new NumberColumnBuilder(column, new NUMBER_ARRAYS[type](rows));
  const witnessIndex = table.columns.findIndex(({ name }) => name === column.witness);
  for (const { slice, at } of placed) {
    const { conversion } = foundColumn(slice, table, index);
    const values = numbersOf(slice, table, index);
    const witness = witnessIndex < 0 ? undefined : numbersOf(slice, table, witnessIndex);
    builder.add({ values, from: slice.from, to: slice.to, at, conversion, witness });
  }
  const { validity, nullCount, values, counts, rejections } = builder;
  const base = {
    name: column.name,
    nullCount,
    metadata: columnMetadata(column),
    ...(validity === undefined ? {} : { validity }),
  };
  return { column: { ...base, type, values } as BatchColumn, counts, rejections };
}

/** An instant that lies days away from its row is none of it: polar days once had a sunrise of 1970. */
function buildTimestamps({ table, column, index, placed, rows }: ColumnBuild): BuiltColumn {
  const values = new Float64Array(rows);
  const marks = new NullMarks(rows);
  for (const { slice, at } of placed) {
    const { data } = foundColumn(slice, table, index);
    if (data.kind !== 'time') throw new TypeError(`The column ${column.name} was not read as times.`);
    const { section, offsetSeconds } = slice.answer;
    const shift = shiftToUtc(data.format, offsetSeconds);
    const rowShift = shiftToUtc(section.timeFormat, offsetSeconds);
    for (let row = slice.from, out = at; row < slice.to; row++, out++) {
      const seconds = data.values[row]! + shift;
      if (isNearRow(table.section, section.time[row]! + rowShift, seconds)) values[out] = seconds * 1000;
      else if (Number.isNaN(seconds)) marks.mark(out);
      else marks.reject(out, column, seconds);
    }
  }
  return marks.column({ column, rows, typed: { type: 'timestamp', values } });
}

function buildStrings({ table, column, index, placed, rows }: ColumnBuild): BuiltColumn {
  const values = new Int32Array(rows);
  const codes = new Map<string, number>();
  const nulls = new NullMarks(rows);
  for (const { slice, at } of placed) {
    const { data } = foundColumn(slice, table, index);
    if (data.kind !== 'text') throw new TypeError(`The column ${column.name} was not read as text.`);
    for (let row = slice.from; row < slice.to; row++) {
      const text = data.values[row] ?? null;
      if (text === null) nulls.mark(at + row - slice.from);
      else {
        if (!codes.has(text)) codes.set(text, codes.size);
        values[at + row - slice.from] = codes.get(text)!;
      }
    }
  }
  return nulls.column({ column, rows, typed: { type: 'string', values, dictionary: [...codes.keys()] } });
}

type TypedValues =
  | { readonly type: 'timestamp'; readonly values: Float64Array }
  | { readonly type: 'string'; readonly values: Int32Array; readonly dictionary: readonly string[] };

/** Nulls of a column that is no number, and the values taken out of it. */
class NullMarks {
  private readonly validity: Uint8Array;
  private count = 0;
  private readonly rejections: Rejection[] = [];

  constructor(rows: number) {
    this.validity = new Uint8Array(Math.ceil(rows / 8)).fill(0xff);
  }

  mark(row: number): void {
    this.validity[row >> 3]! &= ~(1 << (row & 7));
    this.count++;
  }

  /** @param seconds UTC, since the epoch */
  reject(row: number, { name }: Column, seconds: number): void {
    this.mark(row);
    this.rejections.push({ row, column: name, value: seconds, unit: 'unixtime', reason: 'out_of_range' });
  }

  column({ column, rows, typed }: { column: Column; rows: number; typed: TypedValues }): BuiltColumn {
    const { count, rejections } = this;
    const base = { name: column.name, nullCount: count, metadata: columnMetadata(column) };
    const validity = count === 0 ? {} : { validity: this.validity };
    const out = rejections.length;
    return {
      column: { ...base, ...validity, ...typed },
      counts: { ...noCounts(), rows, nulls: count - out, out_of_range: out },
      rejections,
    };
  }
}

function foundColumn(slice: DaySlice, table: Table, index: number): FoundColumn {
  return slice.answer.columns.get(table.name)![index]!;
}

function numbersOf(slice: DaySlice, table: Table, index: number): Float64Array {
  const { data } = foundColumn(slice, table, index);
  if (data.kind !== 'number')
    throw new TypeError(`The column ${table.columns[index]!.name} was not read as numbers.`);
  return data.values;
}

function columnMetadata({ unit, standardName, cellMethod }: Column): Record<string, string> {
  return {
    unit,
    ...(standardName === undefined ? {} : { standard_name: standardName }),
    ...(cellMethod === undefined ? {} : { cell_method: cellMethod }),
  };
}
