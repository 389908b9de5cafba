import type * as z from 'zod';
import type { ConfigProblem } from '../errors';
import { readMembers } from '../pipeline/pipeline-parts';
import { STAGING_LIFETIME_DAYS } from '../staging/sweep-staging';
import { environmentSchema, retentionSchema } from './schema';

type Parts = Partial<z.output<typeof environmentSchema>>;

/** Mistakes that lie between the parts of an environment file and not in one of them. */
export function crossCheck(json: unknown): ConfigProblem[] {
  const parts = readMembers(environmentSchema, json);
  const { raw_days } = readMembers(retentionSchema, Object(json).retention);
  return [
    ...ARNS.flatMap((key) => checkAccount(key, parts)),
    ...checkRegion('api_key_secret_arn', parts),
    ...checkRegion('api_key_secret_kms_key_arn', parts),
    ...checkSecretKey(parts, Object(json)),
    ...checkOwnKey(parts),
    ...checkEncrypted(parts),
    ...checkRawDays(parts, raw_days),
  ];
}

const ARNS = [
  'kms_key_arn',
  'api_key_secret_arn',
  'api_key_secret_kms_key_arn',
  'permissions_boundary_arn',
] as const;
/** Owner of the policies that every account has. */
const AWS_ITSELF = 'aws';

function checkAccount(
  key: (typeof ARNS)[number],
  { account_id: account, [key]: arn }: Parts,
): ConfigProblem[] {
  const other = arn?.split(':')[4];
  if (account === undefined || other === undefined || [account, AWS_ITSELF].includes(other)) return [];
  const message = `belongs to the account ${other}, but the environment to ${account} (account_id); name one of ${account}, or correct account_id`;
  return [{ path: key, message, received: JSON.stringify(arn) }];
}

function checkRegion(
  key: 'api_key_secret_arn' | 'api_key_secret_kms_key_arn',
  { region, [key]: arn }: Parts,
): ConfigProblem[] {
  const other = arn?.split(':')[3];
  if (region === undefined || other === undefined || other === region) return [];
  const message = `lies in ${other}, but the functions run in ${region}; replicate the secret to ${region}, and name what lies there`;
  return [{ path: key, message, received: JSON.stringify(arn) }];
}

/** @param json that the parts are read from, with what is wrong in it */
export function checkSecretKey(
  { api_key_secret_kms_key_arn: arn }: Pick<Parts, 'api_key_secret_kms_key_arn'>,
  json: object,
): ConfigProblem[] {
  if (arn === undefined || 'api_key_secret_arn' in json) return [];
  const message = 'there is no secret under it; name the secret in api_key_secret_arn, or remove the key';
  return [{ path: 'api_key_secret_kms_key_arn', message, received: JSON.stringify(arn) }];
}

/** Whether the key that the file names can be used as it says. */
function checkOwnKey({ kms_key_arn: arn, encryption, region }: Parts): ConfigProblem[] {
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

/** Where a URL's host is this very machine. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function checkEncrypted({ api_key_secret_arn, source_url }: Parts): ConfigProblem[] {
  if (api_key_secret_arn === undefined || source_url === undefined) return [];
  const { protocol, hostname } = new URL(source_url);
  if (protocol === 'https:' || LOOPBACK.test(hostname)) return [];
  const message = 'would send the API key in clear text; use https://, or remove api_key_secret_arn';
  return [{ path: 'source_url', message, received: JSON.stringify(source_url) }];
}

function checkRawDays({ mode }: Parts, days: number | null | undefined): ConfigProblem[] {
  if (mode !== 'orchestrated' || typeof days !== 'number' || days >= STAGING_LIFETIME_DAYS) return [];
  const message = `an orchestrated run may take days from an answer to its table, and answers may not go meanwhile; keep them for at least ${STAGING_LIFETIME_DAYS} days, or null for good`;
  return [{ path: 'retention.raw_days', message, received: String(days) }];
}
