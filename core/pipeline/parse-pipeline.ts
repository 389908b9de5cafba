import { z } from 'zod';
import { ConfigError, type ConfigProblem } from '../errors';
import { standardOffsetHours } from '../time/zone';
import { crossCheck, type PipelineParts } from './cross-checks';
import type { Column, Location, Pipeline, Table } from './pipeline';
import {
  type columnSchema,
  locationSchema,
  pipelineSchema,
  recordedSchema,
  sourceSchema,
  tableSchema,
} from './schema';
import { requestedVariable } from './variables';

const RECEIVED_LENGTH = 80;

/**
 * A pipeline from parsed JSON. Locations must be inline: who reads files puts those of a CSV in their place.
 *
 * @param subject what is parsed, for the error's first line
 * @throws ConfigError listing every mistake with path, value received and the way out
 */
export function parsePipeline(json: unknown, subject = 'The pipeline file has mistakes:'): Pipeline {
  const parsed = inlineSchema.safeParse(json);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, json))),
    ...crossCheck(wellFormedParts(json)),
  ];
  if (problems.length > 0 || !parsed.success) throw new ConfigError(subject, problems);
  return toPipeline(parsed.data);
}

const inlineSchema = pipelineSchema.extend({ locations: z.array(locationSchema).min(1) });
type PipelineInput = z.output<typeof inlineSchema>;

function wellFormedParts(json: unknown): PipelineParts {
  if (typeof json !== 'object' || json === null) return {};
  const { source = {}, locations, tables, recorded } = json as Record<string, unknown>;
  const part = <T extends z.ZodType>(key: string, schema: T, value: unknown) => {
    const result = schema.safeParse(value);
    return result.success ? { [key]: result.data } : {};
  };
  return {
    ...part('source', sourceSchema, source),
    ...part('locations', z.array(locationSchema), locations),
    ...part('tables', z.array(tableSchema), tables),
    ...part('recorded', recordedSchema, recorded ?? {}),
  };
}

function describeIssue(issue: z.core.$ZodIssue, json: unknown): ConfigProblem[] {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: path === '' ? key : `${path}.${key}`,
      message: 'no such key here; remove it or correct its spelling',
    }));
  }
  const value = valueAt(json, issue.path);
  const received = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, RECEIVED_LENGTH);
  return [{ path, message: issue.message, received }];
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    json,
  );
}

function toPipeline(input: PipelineInput): Pipeline {
  const models = [...input.source.models, ...(input.source.history?.models ?? [])];
  return {
    name: input.name,
    schemaVersion: input.schema_version,
    source: input.source,
    locations: input.locations.map(toLocation),
    window: input.window,
    tables: input.tables.map((table) => toTable(table, models)),
    recorded: input.recorded ?? {},
  };
}

function toLocation(location: z.output<typeof locationSchema>, index: number): Location {
  const offsetHours = location.utc_offset_hours ?? standardOffsetHours(location.timezone);
  return { ...location, number: index + 1, offsetHours };
}

function toTable(table: z.output<typeof tableSchema>, models: readonly string[]): Table {
  return {
    name: table.name,
    section: table.section,
    day: table.day ?? 'standard',
    columns: table.columns.map((column) => toColumn(column, models)),
  };
}

function toColumn(column: z.output<typeof columnSchema>, models: readonly string[]): Column {
  return {
    source: column.source,
    variable: requestedVariable(column.source, models),
    name: column.name ?? column.source,
    type: column.type,
    unit: column.unit,
    maxNullShare: column.max_null_share,
    maxRejectedShare: column.max_rejected_share,
    ...(column.standard_name === undefined ? {} : { standardName: column.standard_name }),
    ...(column.cell_method === undefined ? {} : { cellMethod: column.cell_method }),
    ...(column.range === undefined ? {} : { range: column.range }),
    ...(typeof column.witness === 'string' ? { witness: column.witness } : {}),
  };
}
