import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** Where what is not met is written down, with its reason. */
export const EXCEPTIONS_FILE = 'resources/policy-exceptions.json';
/** A reason must say more than that there is one. */
const SHORTEST_REASON = 40;

const exceptionSchema = z.strictObject({
  controls: z.array(z.string().min(1)).min(1),
  resource: z.string().regex(/^[\w*-]+\/[\w*.-]+$/, 'must be STACK/ADDRESS, each with * for any characters'),
  reason: z.string().min(SHORTEST_REASON),
});

/** A control that these resources need not meet. */
export type PolicyException = z.infer<typeof exceptionSchema>;

export function readPolicyExceptions(file = EXCEPTIONS_FILE): readonly PolicyException[] {
  return z.array(exceptionSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Whether an exception speaks of this resource; `address` as `weather-lake-dev/aws_sns_topic.Alerts_Topic_4CF1C27A`. */
export function speaksOf({ resource }: PolicyException, address: string): boolean {
  const pattern = resource.split('*').map(literally).join('.*');
  return new RegExp(`^${pattern}$`).test(address);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
