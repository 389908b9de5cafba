import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../account/run-command';

const ENVIRONMENTS = 'resources/environments';
const PIPELINE = 'resources/pipelines/weather-daily.json';
/** A source that is down is given up after one more try: the suite waits for nobody. */
const RETRY_FOR_SECONDS = 1;
/** Of a function; the shortest there is, so that the suite sees it come near. */
const LIMIT_SECONDS = 60;
/** So patient that the function's own end comes first. */
const TIMEOUT_SECONDS = LIMIT_SECONDS - 1;

export interface EnvironmentFiles {
  /** Gets the environments and, beside them, their pipelines. */
  readonly folder: string;
  readonly devSourceUrl: string;
  readonly prodSourceUrl: string;
  /** Secret with the key of `prod`, which is on the keyed plan. */
  readonly secretArn: string;
  /** Of `prod`. */
  readonly protect: boolean;
}

/** The shipped environments, their source and state changed, and what only the suite can show. @returns their folder */
export function writeEnvironmentFiles({ folder, ...files }: EnvironmentFiles): string {
  const state = { backend: 'local' };
  const environments = join(folder, 'environments');
  write(folder, 'pipelines/free.json', pipeline('free'));
  write(folder, 'pipelines/keyed.json', pipeline('keyed'));
  write(environments, 'dev.json', {
    ...read(`${ENVIRONMENTS}/dev.json`),
    pipeline: '../pipelines/free.json',
    source_url: files.devSourceUrl,
    alerts: { emails: ['first@weather.test', 'second@weather.test'] },
    state,
  });
  write(environments, 'prod.json', {
    ...read(`${ENVIRONMENTS}/prod.json`),
    pipeline: '../pipelines/keyed.json',
    source_url: files.prodSourceUrl,
    api_key_secret_arn: files.secretArn,
    protect_from_destroy: files.protect,
    function: { timeout_seconds: LIMIT_SECONDS },
    state,
  });
  return environments;
}

function pipeline(plan: 'free' | 'keyed'): Record<string, unknown> {
  const file = read(PIPELINE);
  const source = {
    ...(file.source as object),
    plan,
    retry_for_seconds: RETRY_FOR_SECONDS,
    timeout_seconds: TIMEOUT_SECONDS,
  };
  return { ...file, source };
}

function read(path: string): Record<string, unknown> {
  const { $schema: _, ...file } = JSON.parse(readFileSync(join(PROJECT, path), 'utf8'));
  return file;
}

function write(folder: string, name: string, content: unknown): void {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, JSON.stringify(content, null, 2));
}
