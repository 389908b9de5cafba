import type { Pipeline } from '../../core/pipeline/pipeline';
import { buildTable } from '../../core/tables/build-table';
import { LOCATIONS_TABLE, locationsBatch } from '../../core/tables/locations-table';
import type { BatchColumn, ColumnType, TableBatch } from '../../core/tables/table-batch';

/** What Athena and Glue call a column's type; each reads the Parquet type that the encoder writes for it. */
export const GLUE_TYPES = {
  float32: 'float',
  float64: 'double',
  int32: 'int',
  timestamp: 'timestamp',
  date: 'date',
  string: 'string',
} as const satisfies Record<ColumnType, string>;

/** The most that Glue takes. */
const MAX_COMMENT = 255;

export interface CatalogueColumn {
  /** Lower-case: Glue folds names, and would otherwise differ from Terraform for ever. */
  readonly name: string;
  readonly type: (typeof GLUE_TYPES)[ColumnType];
  readonly comment: string;
}

export interface CatalogueTable {
  readonly name: string;
  readonly columns: readonly CatalogueColumn[];
}

/** The tables that a pipeline publishes, with the columns of their files in their order. */
export function catalogueTables(pipeline: Pipeline): CatalogueTable[] {
  const tables = pipeline.tables.map((table) => buildTable({ table, slices: [], metadata: {} }).batch);
  return [...tables, locationsBatch([], {})].map(toCatalogueTable);
}

/** A table without rows still has every column: the catalogue asks the code that fills the files. */
function toCatalogueTable({ table, columns }: TableBatch): CatalogueTable {
  return { name: table, columns: columns.map(toCatalogueColumn) };
}

function toCatalogueColumn({ name, type, metadata }: BatchColumn): CatalogueColumn {
  const { unit, standard_name, cell_method } = metadata;
  const meaning = name === 'time' ? TIMES[type] : MEANINGS[name];
  const facts = [
    ...(meaning === undefined ? [] : [meaning]),
    ...(unit === undefined ? [] : [`unit: ${unit}`]),
    ...(standard_name === undefined ? [] : [`CF name: ${standard_name}`]),
    ...(cell_method === undefined ? [] : [`cell method: ${cell_method}`]),
  ];
  return {
    name: name.toLowerCase(),
    type: GLUE_TYPES[type],
    comment: facts.join(', ').slice(0, MAX_COMMENT),
  };
}

const TIMES: Partial<Record<ColumnType, string>> = {
  date: "the location's calendar day",
  timestamp: 'an instant in UTC',
};

/** Of columns that the project itself writes. */
const MEANINGS: Readonly<Record<string, string>> = {
  location_id: `the pipeline's own name of the location, as in ${LOCATIONS_TABLE}`,
  name: 'name for people',
  timezone: 'IANA time zone',
  utc_offset_seconds: 'how far east of UTC the day of the row is kept',
  standard_utc_offset_seconds: 'how far east of UTC the standard time is',
  grid_latitude: 'where the grid cell lies that serves the location',
  grid_longitude: 'where the grid cell lies that serves the location',
};
