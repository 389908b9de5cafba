import type * as z from 'zod';
import { ConfigError } from './errors';
import { describeIssue } from './pipeline/describe-issue';

/** A value of the schema. @param subject first line of the error @throws ConfigError listing every mistake */
export function checkedInput<T extends z.ZodType>(schema: T, value: unknown, subject: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    subject,
    parsed.error.issues.flatMap((issue) => describeIssue(issue, value, schema)),
  );
}
