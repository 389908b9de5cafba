import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { checkPipeline } from '../../core/environment/check-pipeline';
import type { Environment } from '../../core/environment/environment';
import { parseEnvironment } from '../../core/environment/parse-environment';
import { ConfigError } from '../../core/errors';
import { parseJsonText } from '../../core/json-text';
import { codeOf } from './filesystem-error';
import { type PipelineFile, readPipelineFile } from './pipeline-file';
import { readConfigText } from './read-config-text';

const ENDING = '.json';
const SCHEMA_ENDING = '.schema.json';
const WAY_OUT = 'copy resources/environments/dev.json';

/** An environment with the pipeline that is deployed to it. */
export interface EnvironmentFile extends PipelineFile {
  readonly environment: Environment;
}

/** Paths of the environment files of a folder, by name. @param wayOut where there are none @throws ConfigError when the folder has none */
export async function environmentFiles(folder: string, wayOut = `${WAY_OUT} into it`): Promise<string[]> {
  const files = (await namesIn(folder, wayOut)).filter(
    (name) => name.endsWith(ENDING) && !name.endsWith(SCHEMA_ENDING),
  );
  if (files.length > 0) return files.sort().map((name) => join(folder, name));
  throw new ConfigError('There is no environment to deploy:', [
    { path: folder, message: `holds no environment file; ${wayOut}` },
  ]);
}

/**
 * An environment from its file, and the pipeline that it names, relative to itself.
 *
 * @throws ConfigError listing every mistake of the environment file, or else of the pipeline's files
 */
export async function readEnvironmentFile(path: string): Promise<EnvironmentFile> {
  const text = await readConfigText(path, `The environment file ${path} cannot be read:`, WAY_OUT);
  const subject = `The environment file ${path} has mistakes:`;
  const environment = parseEnvironment({
    json: parseJsonText(text, `The environment file ${path} is not JSON:`),
    environment: basename(path, ENDING),
    subject,
  });
  const file = await readPipelineFile(resolve(dirname(path), environment.pipeline));
  const problems = checkPipeline(environment, file.pipeline);
  if (problems.length > 0) throw new ConfigError(subject, problems);
  return { environment, ...file };
}

async function namesIn(folder: string, wayOut: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const message = `cannot be listed (${codeOf(cause)}); ${wayOut}`;
    throw new ConfigError('The environments cannot be read:', [{ path: folder, message }], { cause });
  }
}
