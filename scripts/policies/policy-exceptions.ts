import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Environment } from '../../core/environment/environment';
import type { SynthesizedStacks } from './synthesized-stacks';

/** Where what is not met is written down, with its reason. */
export const EXCEPTIONS_FILE = 'resources/policy-exceptions.json';
/** A reason must say more than that there is one. */
const SHORTEST_REASON = 40;
const DAYS_OF_A_YEAR = 365;

/** Environments that an exception is limited to, by what their files say; their names are their owner's to choose. */
const CONDITIONS = {
  'encryption is SSE-S3': ({ encryption }) => encryption === 'SSE-S3',
  'logs are kept for less than a year': ({ retention }) => retention.log_days < DAYS_OF_A_YEAR,
  'state is local': ({ state }) => state.backend === 'local',
} satisfies Readonly<Record<string, (environment: Environment) => boolean>>;

const exceptionSchema = z.strictObject({
  controls: z.array(z.string().min(1)).min(1),
  resource: z.string().regex(/^[\w*-]+\/[\w*.-]+$/, 'must be STACK/ADDRESS, each with * for any characters'),
  where: z.enum(Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[]).optional(),
  reason: z.string().min(SHORTEST_REASON),
});

/** A control that these resources need not meet. */
export type PolicyException = z.infer<typeof exceptionSchema>;

export function readPolicyExceptions(file = EXCEPTIONS_FILE): readonly PolicyException[] {
  return z.array(exceptionSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Whether an exception speaks of this resource; `address` as `weather-lake-dev/aws_sns_topic.Alerts_Topic_4CF1C27A`. */
export function speaksOf(
  { resource, where }: PolicyException,
  address: string,
  environments: SynthesizedStacks['environments'],
): boolean {
  const pattern = resource.split('*').map(literally).join('.*');
  if (!new RegExp(`^${pattern}$`).test(address)) return false;
  if (where === undefined) return true;
  const environment = environments.get(environmentOf(address));
  return environment !== undefined && CONDITIONS[where](environment);
}

/** The name of an environment has no dash. */
function environmentOf(address: string): string {
  return address.slice(0, address.indexOf('/')).split('-').at(-1)!;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
