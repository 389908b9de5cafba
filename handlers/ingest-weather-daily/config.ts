import * as z from 'zod';
import { checkedInput } from '../../core/checked-input';

const text = z.string().min(1);

const SECRET_ARN = /^arn:[^:]+:secretsmanager:/;

const environmentSchema = z.object({
  RAW_BUCKET: text,
  PROCESSED_BUCKET: text,
  PIPELINE_KEY: z.string().regex(/^config\/[a-z0-9-]+\.json$/, 'must be config/<pipeline>.json'),
  ENVIRONMENT: text,
  API_KEY_SECRET_ARN: z.string().regex(SECRET_ARN, 'must be the ARN of a secret').optional(),
  SOURCE_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
});

export interface IngestConfig {
  readonly rawBucket: string;
  readonly processedBucket: string;
  readonly pipelineKey: string;
  readonly environment: string;
  readonly apiKeySecretArn: string | undefined;
  readonly sourceUrl: string | undefined;
}

/** The function's configuration. @throws ConfigError listing every variable that is missing or wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): IngestConfig {
  const subject = "The function's environment has mistakes; deploy it again:";
  const read = checkedInput(environmentSchema, withoutKey(env), subject);
  return {
    rawBucket: read.RAW_BUCKET,
    processedBucket: read.PROCESSED_BUCKET,
    pipelineKey: read.PIPELINE_KEY,
    environment: read.ENVIRONMENT,
    apiKeySecretArn: read.API_KEY_SECRET_ARN,
    sourceUrl: read.SOURCE_URL,
  };
}

/** Errors tell what was received, which may be the key itself where its secret's ARN should be. */
function withoutKey<T extends Readonly<Record<string, string | undefined>>>(env: T): T {
  const { API_KEY_SECRET_ARN: arn } = env;
  return arn === undefined || SECRET_ARN.test(arn) ? env : { ...env, API_KEY_SECRET_ARN: '***' };
}
