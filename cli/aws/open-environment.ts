import { basename, join } from 'node:path';
import {
  type EnvironmentFile,
  environmentFiles,
  readEnvironmentFile,
} from '../../adapters/filesystem/environment-file';
import { ConfigError, type ConfigProblem } from '../../core/errors';
import type { Invocation } from '../command-runner';
import { DEFAULT_LAKE, type GlobalOptions } from '../global-options';
import { type DeployedEnvironment, namesOf } from './deployed-environment';

export const ENVIRONMENTS_VARIABLE = 'INGEST_WEATHER_ENVIRONMENTS';
const DEFAULT_FOLDER = 'resources/environments';
const NO_ENVIRONMENTS = `run in the repository, or set ${ENVIRONMENTS_VARIABLE} to the folder of the files`;
const ENDING = '.json';

/** What the command line says of where to work. */
export interface AwsWords {
  readonly aws?: true;
  readonly environment?: string;
}

/**
 * The environment that the command line names, which nothing has been asked of yet.
 *
 * @throws ConfigError when the command line contradicts itself, the file has mistakes, or is not of an orchestrated environment
 */
export async function chosenEnvironment(
  { environment: name }: AwsWords,
  { options, surroundings }: Pick<Invocation, 'options' | 'surroundings'>,
): Promise<EnvironmentFile> {
  const folder = surroundings.env[ENVIRONMENTS_VARIABLE] ?? DEFAULT_FOLDER;
  const problems = [...clashes(options), ...(await nameProblems(name, folder))];
  if (problems.length > 0) throw new ConfigError('The command line has mistakes:', problems);
  const file = await readEnvironmentFile(join(folder, `${name}${ENDING}`));
  assertOrchestrated(file);
  return file;
}

async function nameProblems(name: string | undefined, folder: string): Promise<readonly ConfigProblem[]> {
  try {
    const names = (await environmentFiles(folder, NO_ENVIRONMENTS)).map((file) => basename(file, ENDING));
    if (name !== undefined && names.includes(name)) return [];
    const problem = `${name === undefined ? 'is missing' : 'is not known'}; name one of ${names.join(', ')}`;
    const received = name === undefined ? {} : { received: name };
    return [{ path: '--environment', message: problem, ...received }];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function assertOrchestrated({ environment: { environment, mode } }: EnvironmentFile): void {
  if (mode === 'orchestrated') return;
  const message =
    'must be "orchestrated" for this; deploy it so, or name its two buckets with --lake, without --aws';
  throw new ConfigError(`The environment ${environment} cannot be used:`, [
    { path: 'mode', message, received: JSON.stringify(mode) },
  ]);
}

/** @throws ConfigError when it is not deployed as orchestrated */
export async function openEnvironment(
  { environment, pipeline }: EnvironmentFile,
  { surroundings }: Pick<Invocation, 'surroundings'>,
): Promise<DeployedEnvironment> {
  // Loaded here alone: the clients take longer than most commands do.
  const { openAccount } = await import('./account');
  const parts = await openAccount(namesOf(environment), surroundings.env);
  const live = environment.source_url === undefined;
  return { name: environment.environment, pipeline, live, ...parts };
}

/** `--aws` and the environment's name belong together. @throws ConfigError */
export function isOnAws({ aws, environment }: AwsWords): boolean {
  if (aws === true || environment === undefined) return aws === true;
  throw new ConfigError('The command line has mistakes:', [
    { path: '--environment', message: 'says nothing without --aws; add it, or leave this out' },
  ]);
}

function clashes({ lake, pipeline, sourceUrl }: GlobalOptions): ConfigProblem[] {
  const said = {
    '--pipeline': pipeline,
    '--source-url': sourceUrl,
    '--lake': lake === DEFAULT_LAKE ? undefined : lake,
  };
  return Object.entries(said).flatMap(([path, received]) =>
    received === undefined ? [] : [{ path, message: 'excludes --aws; the environment says it', received }],
  );
}
