import type { z } from 'zod';
import type { ConfigProblem } from '../errors';
import { requestWeight } from '../planning/weight';
import { isDaySection, isRequestedSection } from './pipeline';
import type { columnSchema, locationSchema, recordedSchema, sourceSchema, tableSchema } from './schema';
import { requestedVariable } from './variables';

type TableInput = z.output<typeof tableSchema>;
type ColumnInput = z.output<typeof columnSchema>;
type SourceInput = z.output<typeof sourceSchema>;
type LocationInput = z.output<typeof locationSchema>;

/** Columns and tables that the project itself writes. `date` is the partition and exists in the path only. */
const RESERVED_COLUMNS: ReadonlySet<string> = new Set(['location_id', 'time', 'utc_offset_seconds', 'date']);
const RESERVED_TABLES: ReadonlySet<string> = new Set(['locations']);
const EXTREME = /_(max|min)(_|$)/;

/** The parts of a pipeline file that are each well formed; what is not is left out. */
export interface PipelineParts {
  readonly source?: SourceInput;
  readonly locations?: readonly LocationInput[];
  readonly tables?: readonly TableInput[];
  readonly recorded?: z.output<typeof recordedSchema>;
}

/** Mistakes that lie between the parts of a pipeline file and not in one of them. */
export function crossCheck({ source, locations, tables, recorded }: PipelineParts): ConfigProblem[] {
  return [
    ...(locations === undefined
      ? []
      : duplicates(
          locations.map(({ id }) => id),
          (index) => `locations[${index}].id`,
        )),
    ...(tables === undefined ? [] : checkTables(tables)),
    ...(source === undefined ? [] : checkSource(source)),
    ...(source === undefined || tables === undefined
      ? []
      : checkWeights(source, tables, locations?.length ?? Infinity)),
    ...checkRecorded(recorded, locations),
  ];
}

function duplicates(values: readonly string[], pathOf: (index: number) => string): ConfigProblem[] {
  const first = new Map<string, number>();
  const problems: ConfigProblem[] = [];
  values.forEach((value, index) => {
    const folded = value.toLowerCase();
    const earlier = first.get(folded);
    if (earlier === undefined) first.set(folded, index);
    else
      problems.push({
        path: pathOf(index),
        message: `already used by ${pathOf(earlier)}; choose another`,
        received: JSON.stringify(value),
      });
  });
  return problems;
}

function checkTables(tables: readonly TableInput[]): ConfigProblem[] {
  const problems = duplicates(
    tables.map(({ name }) => name),
    (index) => `tables[${index}].name`,
  );
  const days = new Map<string, string>();
  tables.forEach((table, index) => {
    const path = `tables[${index}]`;
    if (RESERVED_TABLES.has(table.name)) {
      problems.push({
        path: `${path}.name`,
        message: 'this table is written by every pipeline; choose another name',
        received: JSON.stringify(table.name),
      });
    }
    if (table.day !== undefined && !isDaySection(table.section)) {
      problems.push({
        path: `${path}.day`,
        message: `rows of the section ${table.section} are instants, cut at UTC midnight; remove the key`,
        received: JSON.stringify(table.day),
      });
    }
    const day = table.day ?? 'standard';
    const other = days.get(table.section) ?? day;
    if (other !== day) {
      problems.push({
        path: `${path}.day`,
        message: `another table of the section ${table.section} says "${other}"; one request serves both, so they must agree`,
        received: JSON.stringify(day),
      });
    }
    days.set(table.section, other);
    problems.push(...checkColumns(table, path));
  });
  return problems;
}

function checkColumns(table: TableInput, tablePath: string): ConfigProblem[] {
  const names = table.columns.map((column) => column.name ?? column.source);
  const pathOf = (index: number) => `${tablePath}.columns[${index}].name`;
  return [
    ...duplicates(names, pathOf),
    ...table.columns.flatMap((column, index) => {
      const path = `${tablePath}.columns[${index}]`;
      return [...checkColumn(column, path), ...checkWitness({ table, column, names, path })];
    }),
  ];
}

function checkColumn(column: ColumnInput, path: string): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const name = column.name ?? column.source;
  const isNumeric = column.type !== 'timestamp' && column.type !== 'string';
  if (RESERVED_COLUMNS.has(name.toLowerCase())) {
    problems.push({
      path: `${path}.name`,
      message: 'this column is written by the project itself; choose another name',
      received: JSON.stringify(name),
    });
  }
  if (column.range !== undefined && column.range[0] > column.range[1]) {
    problems.push({
      path: `${path}.range`,
      message: 'the lower end is above the upper one; swap them',
      received: JSON.stringify(column.range),
    });
  }
  if (column.range !== undefined && !isNumeric) {
    problems.push({
      path: `${path}.range`,
      message: `a ${column.type} column has no range; remove the key`,
      received: JSON.stringify(column.range),
    });
  }
  if (column.type === 'timestamp' && column.unit !== 'iso8601') {
    problems.push({
      path: `${path}.unit`,
      message: 'a timestamp column has the unit "iso8601"',
      received: JSON.stringify(column.unit),
    });
  }
  return problems;
}

interface WitnessCheck {
  readonly table: TableInput;
  readonly column: ColumnInput;
  readonly names: readonly string[];
  readonly path: string;
}

function checkWitness({ table, column, names, path }: WitnessCheck): ConfigProblem[] {
  const { witness } = column;
  if (typeof witness === 'string') {
    if (names.includes(witness) && witness !== (column.name ?? column.source)) return [];
    return [
      {
        path: `${path}.witness`,
        message: `no other column of the table ${table.name} has this name; name a mean or sum of the same variable, or null`,
        received: JSON.stringify(witness),
      },
    ];
  }
  const isNeeded = isDaySection(table.section) && table.day !== 'as_received' && EXTREME.test(column.source);
  if (!isNeeded || witness === null) return [];
  return [
    {
      path: `${path}.witness`,
      message:
        'a daily maximum or minimum looks valid when an hour is missing; name the column of a mean or sum of the same variable, or null if there is none',
    },
  ];
}

function checkSource(source: SourceInput): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const smallest = Math.min(source.limits.minute, source.limits.hour, source.limits.day);
  if (source.max_weight_per_request > smallest) {
    problems.push({
      path: 'source.max_weight_per_request',
      message: `a request above the smallest limit (${smallest}) could never be paced; lower it`,
      received: String(source.max_weight_per_request),
    });
  }
  if (source.plan === 'free' && source.concurrency > 1) {
    problems.push({
      path: 'source.concurrency',
      message: 'the free plan serves one request at a time; use 1',
      received: String(source.concurrency),
    });
  }
  if (source.api === 'ensemble' && source.models.length === 0) {
    problems.push({
      path: 'source.models',
      message: 'the ensemble API needs a model, for example "icon_seamless"',
      received: '[]',
    });
  }
  return problems;
}

function checkWeights(
  source: SourceInput,
  tables: readonly TableInput[],
  locations: number,
): ConfigProblem[] {
  const sides = [
    { path: 'source', models: source.models },
    ...(source.history === undefined ? [] : [{ path: 'source.history', models: source.history.models }]),
  ];
  const sections = [...new Set(tables.map(({ section }) => section))].filter(isRequestedSection);
  const chunk = Math.min(source.locations_per_request, locations);
  return sides.flatMap(({ path, models }) =>
    sections.flatMap((section) => {
      const columns = tables.filter((table) => table.section === section).flatMap((table) => table.columns);
      const variables = new Set(columns.map((column) => requestedVariable(column.source, models))).size;
      const weight = requestWeight({ locations: chunk, variables, models: models.length, days: 1 });
      if (weight <= source.max_weight_per_request) return [];
      const most = Math.max(1, Math.floor((chunk * source.max_weight_per_request) / weight));
      return [
        {
          path: `${path === 'source' ? 'source.locations_per_request' : path}`,
          message: `one day of ${chunk} locations in the section ${section} weighs ${weight}, above max_weight_per_request (${source.max_weight_per_request}); use ${most} locations per request or fewer`,
          received: String(source.locations_per_request),
        },
      ];
    }),
  );
}

function checkRecorded(
  recorded: PipelineParts['recorded'],
  locations: PipelineParts['locations'],
): ConfigProblem[] {
  const id = recorded?.location;
  if (id === undefined || locations === undefined || locations.some((location) => location.id === id))
    return [];
  return [
    {
      path: 'recorded.location',
      message: 'no location of the pipeline has this id',
      received: JSON.stringify(id),
    },
  ];
}
