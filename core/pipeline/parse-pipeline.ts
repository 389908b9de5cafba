import type * as z from 'zod';
import { ConfigError, type ConfigProblem } from '../errors';
import { ownStep, sectionStepSeconds } from '../model/step-hours';
import type { DaySource } from '../planning/source-rule';
import type { Day } from '../time/day';
import { standardOffsetHours } from '../time/zone';
import { checkZones } from './check-zones';
import { crossCheck } from './cross-checks';
import { describeIssue } from './describe-issue';
import type { locationSchema } from './location-schema';
import { defaultChunk } from './location-weight';
import type { Column, Location, Pipeline, SourceSettings, Table } from './pipeline';
import { type LocationPart, readParts } from './pipeline-parts';
import { inlinePipelineSchema } from './schema';
import type { columnSchema, tableSchema } from './table-schema';
import { requestedVariable } from './variables';

/**
 * A pipeline from parsed JSON. Locations must be inline: who reads files puts those of a CSV in their place.
 *
 * @param subject what is parsed, for the error's first line
 * @throws ConfigError listing every mistake with path, value received and the way out
 */
export function parsePipeline(json: unknown, subject = 'The pipeline file has mistakes:'): Pipeline {
  return parse(json, subject, checkZones);
}

/** A pipeline whose zones were looked up when it was deployed: every location says its offset. */
export function parseDeployedPipeline(json: unknown, subject: string): Pipeline {
  return parse(json, subject, checkOffsets);
}

function parse(
  json: unknown,
  subject: string,
  checkLocations: (locations: readonly LocationPart[]) => ConfigProblem[],
): Pipeline {
  const parsed = inlinePipelineSchema.safeParse(json);
  const parts = readParts(json);
  const problems: ConfigProblem[] = [
    ...(parsed.error?.issues ?? []).flatMap((issue) => describeIssue(issue, json, inlinePipelineSchema)),
    ...checkLocations(parts.locations),
    ...crossCheck(parts),
  ];
  if (problems.length > 0 || !parsed.success) throw new ConfigError(subject, problems);
  return toPipeline(parsed.data);
}

function checkOffsets(locations: readonly LocationPart[]): ConfigProblem[] {
  return locations.flatMap(({ utc_offset_hours }, index) => {
    if (utc_offset_hours !== undefined) return [];
    const message = 'is missing; deploy the pipeline again, which looks it up';
    return [{ path: `locations[${index}].utc_offset_hours`, message }];
  });
}

function toPipeline(input: z.output<typeof inlinePipelineSchema>): Pipeline {
  const models = [...input.source.models, ...(input.source.history?.models ?? [])];
  return {
    name: input.name,
    schemaVersion: input.schema_version,
    source: toSource(input),
    locations: input.locations.map(toLocation),
    window: input.window,
    earliestDay: input.earliest_day as Day,
    tables: input.tables.map((table) => toTable(table, { api: input.source.api, models })),
    recorded: input.recorded ?? {},
  };
}

function toSource({ source, tables }: z.output<typeof inlinePipelineSchema>): SourceSettings {
  const sides = [source, ...(source.history === undefined ? [] : [source.history])];
  const asked = tables.map(({ section, columns }) => ({
    section,
    sources: columns.map((column) => column.source),
  }));
  const size = source.locations_per_request ?? defaultChunk(asked, sides, source.max_weight_per_request);
  return { ...source, locations_per_request: size };
}

function toLocation(location: z.output<typeof locationSchema>, index: number): Location {
  const offsetHours = location.utc_offset_hours ?? standardOffsetHours(location.timezone);
  return { ...location, number: index + 1, offsetHours };
}

function toTable(table: z.output<typeof tableSchema>, { api, models }: DaySource): Table {
  return {
    name: table.name,
    section: table.section,
    day: table.day ?? 'standard',
    stepSeconds: sectionStepSeconds(table.section, table.step_hours ?? ownStep(api)),
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
