import type { ConfigProblem } from '../errors';
import { readMembers } from '../pipeline/pipeline-parts';
import { environmentSchema } from './schema';

/** Whether the key that an environment file names can be used as the file says. */
export function checkKey(json: unknown): ConfigProblem[] {
  const { kms_key_arn: arn, encryption, region } = readMembers(environmentSchema, json);
  if (arn === undefined) return [];
  const problem = (message: string) => ({ path: 'kms_key_arn', message, received: JSON.stringify(arn) });
  const keyRegion = arn.split(':')[3];
  return [
    ...(encryption === 'SSE-S3' ? [problem('is not used; say "encryption": "KMS", or remove it')] : []),
    ...(region !== undefined && keyRegion !== region
      ? [problem(`lies in ${keyRegion}, but what it encrypts in ${region}; name a key of ${region}`)]
      : []),
  ];
}
