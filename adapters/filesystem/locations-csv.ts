import { CsvError, parse } from 'csv-parse/sync';
import type { ConfigProblem } from '../../core/errors';
import { nearNames } from '../../core/near-names';
import { locationSchema } from '../../core/pipeline/location-schema';

/** Locations as a pipeline file would have them inline, to be checked with it. */
export interface LocationsTable {
  /** For messages. */
  readonly file: string;
  readonly locations: readonly Readonly<Record<string, string | number>>[];
  /** Line of each location, counted from 1. */
  readonly lines: readonly number[];
  /** Required columns that the header lacks. */
  readonly missing: readonly string[];
  /** Of the table itself: its header, the number of its cells. */
  readonly problems: readonly ConfigProblem[];
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

const KEYS = Object.entries(locationSchema.shape).map(([key, schema]) => ({
  key,
  isRequired: !schema.isOptional(),
}));
const NUMBERS: ReadonlySet<string> = new Set(['latitude', 'longitude', 'elevation', 'utc_offset_hours']);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** @param file name of the CSV for messages */
export function readLocationsCsv(text: string, file: string): LocationsTable {
  const rows = readRows(text, file);
  if ('path' in rows) return { file, locations: [], lines: [], missing: [], problems: [rows] };
  const [header = { cells: [], line: 1 }, ...body] = rows;
  const whole = body.filter(({ cells }) => cells.length === header.cells.length);
  const missing = KEYS.filter(({ key, isRequired }) => isRequired && !header.cells.includes(key));
  return {
    file,
    locations: whole.map((row) => readLocation(header, row)),
    lines: whole.map(({ line }) => line),
    missing: missing.map(({ key }) => key),
    problems: [...checkHeader(header, file), ...checkCells(header, body, file)],
  };
}

function readRows(text: string, file: string): Row[] | ConfigProblem {
  try {
    const options = { bom: true, trim: true, info: true, relax_column_count: true, skip_empty_lines: true };
    const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { path: `${file} line ${error.lines}`, message: `${error.message}; correct the quotes` };
  }
}

function readLocation({ cells: header }: Row, { cells }: Row): Record<string, string | number> {
  const known = header
    .map((key, index) => [key, cells[index]!] as const)
    .filter(([key, cell]) => cell !== '' && KEYS.some((one) => one.key === key));
  return Object.fromEntries(known.map(([key, cell]) => [key, readCell(key, cell)]));
}

/** What is no number stays text, for the check of the pipeline to report. */
function readCell(key: string, cell: string): string | number {
  return NUMBERS.has(key) && NUMBER.test(cell) ? Number(cell) : cell;
}

function checkHeader({ cells, line }: Row, file: string): ConfigProblem[] {
  const path = `${file} line ${line}`;
  const names = KEYS.map(({ key }) => key);
  const missing = KEYS.filter(({ key, isRequired }) => isRequired && !cells.includes(key));
  const unknown = cells.filter((cell) => !names.includes(cell));
  const repeated = cells.filter((cell, index) => cells.indexOf(cell) !== index);
  return [
    ...missing.map(({ key }) => ({ path, message: `the header lacks the column ${key}; add it` })),
    ...unknown.map((cell) => ({
      path,
      message: `no such column here; ${wayOut(cell, names)}`,
      received: JSON.stringify(cell),
    })),
    ...repeated.map((cell) => ({
      path,
      message: 'the column stands twice; remove one',
      received: JSON.stringify(cell),
    })),
  ];
}

function wayOut(cell: string, names: readonly string[]): string {
  const near = nearNames(cell, names);
  return near.length > 0
    ? `did you mean ${near.join(' or ')}?`
    : `known are ${names.join(', ')}, separated by commas`;
}

function checkCells(header: Row, body: readonly Row[], file: string): ConfigProblem[] {
  const width = header.cells.length;
  return body
    .filter(({ cells }) => cells.length !== width)
    .map(({ cells, line }) => ({
      path: `${file} line ${line}`,
      message: `the header has ${width} columns; give every row as many, and quote texts with a comma in them`,
      received: `${cells.length} cells`,
    }));
}

const LOCATION_PATH = /locations\[(\d+)\](?:\.(\w+))?/;

/** Problems of a parsed pipeline, those of its locations at their line in the CSV. */
export function relocateProblems(
  problems: readonly ConfigProblem[],
  { file, lines, missing, problems: known }: LocationsTable,
): ConfigProblem[] {
  const lineOf = (index: string | undefined) => `${file} line ${lines[Number(index)]}`;
  return problems.flatMap((problem) => {
    if (problem.path === 'locations') return known.length > 0 ? [] : [{ ...problem, path: file }];
    const [place, index, key] = LOCATION_PATH.exec(problem.path) ?? [];
    if (place === undefined) return [problem];
    if (problem.received === undefined && missing.includes(key ?? '')) return [];
    const message = problem.message.replace(LOCATION_PATH, (_, other: string) => lineOf(other));
    return [{ ...problem, path: lineOf(index), message: key === undefined ? message : `${key}: ${message}` }];
  });
}
