import { dirname, resolve } from 'node:path';
import { ConfigError } from '../../core/errors';
import { parseJsonText } from '../../core/json-text';
import { parsePipeline } from '../../core/pipeline/parse-pipeline';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { type LocationsTable, readLocationsCsv, relocateProblems } from './locations-csv';
import { readConfigText } from './read-config-text';

const DRAFT_ONE = 'draft one with: ingest-weather init';

/**
 * A pipeline from its file, and from the CSV of locations that it names, relative to itself.
 *
 * @throws ConfigError listing every mistake of both files, each with its place, what was received and the way out
 */
export async function loadPipelineFile(path: string): Promise<Pipeline> {
  return (await readPipelineFile(path)).pipeline;
}

/** A pipeline and the JSON that it was read from, locations inline: a document that stands by itself. */
export interface PipelineFile {
  readonly pipeline: Pipeline;
  readonly json: Readonly<Record<string, unknown>>;
}

/** As {@link loadPipelineFile}, with the JSON. @throws ConfigError in the same cases */
export async function readPipelineFile(path: string): Promise<PipelineFile> {
  const subject = `The pipeline file ${path} has mistakes:`;
  const json = parseJsonText(
    await readConfigText(path, `The pipeline file ${path} cannot be read:`, DRAFT_ONE),
    `The pipeline file ${path} is not JSON:`,
  );
  const csv = csvNamedIn(json);
  if (csv === undefined) return { pipeline: parsePipeline(json, subject), json: Object(json) };
  const text = await readConfigText(
    resolve(dirname(path), csv),
    `The locations of the pipeline file ${path} cannot be read:`,
    'correct locations.csv, which is relative to the pipeline file, or write the locations into it',
  );
  return parseWithLocations(json, readLocationsCsv(text, csv), subject);
}

function csvNamedIn(json: unknown): string | undefined {
  const { locations } = Object(json) as { locations?: unknown };
  const keys = Object.keys(Object(locations));
  const { csv } = Object(locations) as { csv?: unknown };
  return keys.length === 1 && typeof csv === 'string' && csv !== '' ? csv : undefined;
}

function parseWithLocations(json: unknown, table: LocationsTable, subject: string): PipelineFile {
  const inlined = { ...Object(json), locations: table.locations };
  try {
    const pipeline = parsePipeline(inlined, subject);
    if (table.problems.length === 0) return { pipeline, json: inlined };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(subject, [...table.problems, ...relocateProblems(error.problems, table)], {
      cause: error,
    });
  }
  throw new ConfigError(subject, table.problems);
}
