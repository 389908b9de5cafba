import { ConfigError } from '../errors';
import { describeIssue } from '../pipeline/describe-issue';
import { checkBootstrap } from './bootstrap-checks';
import { type Bootstrap, bootstrapSchema } from './bootstrap-schema';

/**
 * The bootstrap's settings from parsed JSON.
 *
 * @param subject first line of an error
 * @throws ConfigError listing every mistake with path, value received and the way out
 */
export function parseBootstrap(json: unknown, subject: string): Bootstrap {
  const parsed = bootstrapSchema.safeParse(json);
  const problems = [
    ...(parsed.error?.issues ?? []).flatMap((issue) => describeIssue(issue, json, bootstrapSchema)),
    ...checkBootstrap(json),
  ];
  if (problems.length > 0 || !parsed.success) throw new ConfigError(subject, problems);
  const { $schema: _, ...values } = parsed.data;
  return values;
}
