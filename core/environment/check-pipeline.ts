import type { ConfigProblem } from '../errors';
import type { Pipeline } from '../pipeline/pipeline';
import type { Environment } from './environment';

/** Mistakes that lie between an environment and the pipeline that is deployed to it. */
export function checkPipeline(environment: Environment, pipeline: Pipeline): ConfigProblem[] {
  return [...checkKey(environment, pipeline), ...checkTimeLimits(environment, pipeline)];
}

function checkKey({ api_key_secret_arn }: Environment, { name, source }: Pipeline): ConfigProblem[] {
  if (source.plan === 'free' || api_key_secret_arn !== undefined) return [];
  const message = `is missing: the pipeline ${name} has a keyed plan; name the secret that holds the API key`;
  return [{ path: 'api_key_secret_arn', message }];
}

function checkTimeLimits(
  { function: { timeout_seconds } }: Environment,
  { name, source }: Pipeline,
): ConfigProblem[] {
  if (source.timeout_seconds < timeout_seconds) return [];
  const message = `the pipeline ${name} waits for an answer as long as the function may run, or longer (source.timeout_seconds: ${source.timeout_seconds}); raise this, or lower that`;
  return [{ path: 'function.timeout_seconds', message, received: String(timeout_seconds) }];
}
