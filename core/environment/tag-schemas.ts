import * as z from 'zod';

/** Tags that every resource bears. */
const OWN_TAGS = ['Project', 'Environment', 'ManagedBy'];
/** An object in S3 takes ten tags. */
export const MOST_TAGS = 10 - OWN_TAGS.length;

/** Keys that IAM does not tell from this one. */
function twins(key: string, keys: readonly string[]): string[] {
  return keys.filter((other) => other.toLowerCase() === key.toLowerCase());
}

export const tagKeySchema = z
  .string()
  .regex(/^(?![Aa][Ww][Ss]:)[\w.:/=+@ -]{1,128}$/, 'must be the key of a tag, and not begin with aws:')
  .refine((key) => twins(key, OWN_TAGS).length === 0, {
    error: ({ input }) =>
      `the project sets ${twins(String(input), OWN_TAGS)[0]} itself, and IAM ignores case; choose another key`,
  });

export const tagValueSchema = z
  .string()
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u, 'must have letters, digits, spaces and + - = . _ : / @ only')
  .max(256);

/** Of all keys: IAM would refuse a role that has one twice. */
export function differByMoreThanCase(tags: Readonly<Record<string, string>>, context: z.RefinementCtx): void {
  const keys = Object.keys(tags);
  for (const [index, key] of keys.entries()) {
    const [earlier] = twins(key, keys.slice(0, index));
    if (earlier === undefined) continue;
    const message = `is the same key as ${earlier} to IAM, which ignores case; keep one`;
    context.addIssue({ code: 'custom', path: [key], message });
  }
}
