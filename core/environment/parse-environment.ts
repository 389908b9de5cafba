import { ConfigError, type ConfigProblem } from '../errors';
import { describeIssue } from '../pipeline/describe-issue';
import { crossCheck } from './cross-checks';
import { ENVIRONMENT_NAME, type Environment } from './environment';
import { environmentSchema } from './schema';

/** What is parsed. */
export interface EnvironmentText {
  readonly json: unknown;
  /** Name of the file, without its ending. */
  readonly environment: string;
  /** First line of an error. */
  readonly subject?: string;
}

/**
 * An environment from parsed JSON.
 *
 * @throws ConfigError listing every mistake with path, value received and the way out
 */
export function parseEnvironment({ json, environment, subject }: EnvironmentText): Environment {
  const parsed = environmentSchema.safeParse(json);
  const problems = [
    ...checkName(environment),
    ...(parsed.error?.issues ?? []).flatMap((issue) => describeIssue(issue, json, environmentSchema)),
    ...crossCheck(json),
  ];
  if (problems.length > 0 || !parsed.success) {
    throw new ConfigError(subject ?? 'The environment file has mistakes:', problems);
  }
  const { $schema: _, ...values } = parsed.data;
  return { ...values, environment };
}

function checkName(environment: string): ConfigProblem[] {
  if (ENVIRONMENT_NAME.test(environment)) return [];
  const message =
    'the name of an environment file is part of every resource name: a lower-case letter, then at most 11 more and digits; rename it';
  return [{ path: '', message, received: JSON.stringify(environment) }];
}
