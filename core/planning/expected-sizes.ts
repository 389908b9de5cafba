import {
  isDaySection,
  isRequestedSection,
  type Pipeline,
  requestedSections,
  type Table,
} from '../pipeline/pipeline';
import { rowsPerDay } from '../pipeline/section-steps';
import { LOCATIONS_TABLE } from '../tables/locations-table';

/** Seen on answers of ten and of a hundred locations with twelve hourly and fourteen daily variables. */
const RAW_BYTES_PER_VALUE = 1.2;
const RAW_BYTES_PER_LOCATION = 70;
const PARQUET_BYTES_PER_VALUE = 1.4;
/** Footer, page headers and field metadata: what a column costs in a file of a few rows. */
const PARQUET_BYTES_PER_COLUMN = 450;

const KEY_COLUMNS = 2;
const LOCATIONS_COLUMNS = 9;

/** What one part of a plan asks for. */
export interface AskedSizes {
  readonly days: number;
  readonly locations: number;
  readonly chunks: number;
}

/** Rows by table, `locations` among them. Tables that no request is made for are left out. */
export function expectedRows(pipeline: Pipeline, { days, locations }: AskedSizes): Record<string, number> {
  const rows = requestedTables(pipeline).map(
    (table) => [table.name, rowsOf(table) * days * locations] as const,
  );
  return rows.length === 0 ? {} : { ...Object.fromEntries(rows), [LOCATIONS_TABLE]: days * locations };
}

/** An estimate of the processed objects, one per table, chunk and date. */
export function expectedParquetBytes(pipeline: Pipeline, { days, locations, chunks }: AskedSizes): number {
  const shapes = requestedTables(pipeline).map((table) => ({
    columns: table.columns.length + KEY_COLUMNS + (isDaySection(table.section) ? 1 : 0),
    values: table.columns.length * rowsOf(table),
  }));
  const all =
    shapes.length === 0 ? [] : [...shapes, { columns: LOCATIONS_COLUMNS, values: LOCATIONS_COLUMNS }];
  const bytes = all.map(
    ({ columns, values }) =>
      chunks * columns * PARQUET_BYTES_PER_COLUMN + locations * values * PARQUET_BYTES_PER_VALUE,
  );
  return Math.round(days * sum(bytes));
}

/** An estimate of the raw bodies, compressed. @param series read for each variable: models, members of an ensemble */
export function expectedRawBytes(
  pipeline: Pipeline,
  { days, locations }: AskedSizes,
  series: number,
): number {
  const bytes = requestedSections(pipeline).map((section) => {
    const tables = pipeline.tables.filter((table) => table.section === section);
    const variables = new Set(tables.flatMap(({ columns }) => columns.map(({ variable }) => variable))).size;
    const values = variables * Math.max(1, series) * days * rowsOf(tables[0]!);
    return locations * (RAW_BYTES_PER_LOCATION + values * RAW_BYTES_PER_VALUE);
  });
  return Math.round(sum(bytes));
}

function requestedTables({ tables }: Pipeline): Table[] {
  return tables.filter(({ section }) => isRequestedSection(section));
}

function rowsOf(table: Table): number {
  return rowsPerDay(table) ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
