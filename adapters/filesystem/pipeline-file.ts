import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '../../core/errors';
import { parseJsonText } from '../../core/json-text';
import { parsePipeline } from '../../core/pipeline/parse-pipeline';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { codeOf } from './filesystem-error';
import { type LocationsTable, readLocationsCsv, relocateProblems } from './locations-csv';

const DRAFT_ONE = 'draft one with: ingest-weather init';

/**
 * A pipeline from its file, and from the CSV of locations that it names, relative to itself.
 *
 * @throws ConfigError listing every mistake of both files, each with its place, what was received and the way out
 */
export async function loadPipelineFile(path: string): Promise<Pipeline> {
  const subject = `The pipeline file ${path} has mistakes:`;
  const json = parseJsonText(
    await readText(path, `The pipeline file ${path} cannot be read:`, DRAFT_ONE),
    `The pipeline file ${path} is not JSON:`,
  );
  const csv = csvNamedIn(json);
  if (csv === undefined) return parsePipeline(json, subject);
  const text = await readText(
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

function parseWithLocations(json: unknown, table: LocationsTable, subject: string): Pipeline {
  try {
    const pipeline = parsePipeline({ ...Object(json), locations: table.locations }, subject);
    if (table.problems.length === 0) return pipeline;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(subject, [...table.problems, ...relocateProblems(error.problems, table)], {
      cause: error,
    });
  }
  throw new ConfigError(subject, table.problems);
}

async function readText(path: string, subject: string, wayOut: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = codeOf(cause);
    const reason = code === 'ENOENT' ? 'there is no such file' : `the file system refused (${code})`;
    throw new ConfigError(subject, [{ path, message: `${reason}; ${wayOut}` }], { cause });
  }
}
