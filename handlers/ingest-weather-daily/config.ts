import * as z from 'zod';
import { checkedInput } from '../../core/checked-input';

const text = z.string().min(1);

const environmentSchema = z.object({
  RAW_BUCKET: text,
  PROCESSED_BUCKET: text,
  PIPELINE_KEY: z.string().regex(/^config\/[a-z0-9-]+\.json$/, 'must be config/<pipeline>.json'),
  ENVIRONMENT: text,
  API_KEY_SECRET_ARN: z
    .string()
    .regex(/^arn:[^:]+:secretsmanager:/, 'must be the ARN of a secret')
    .optional(),
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
  const read = checkedInput(
    environmentSchema,
    env,
    "The function's environment has mistakes; deploy it again:",
  );
  return {
    rawBucket: read.RAW_BUCKET,
    processedBucket: read.PROCESSED_BUCKET,
    pipelineKey: read.PIPELINE_KEY,
    environment: read.ENVIRONMENT,
    apiKeySecretArn: read.API_KEY_SECRET_ARN,
    sourceUrl: read.SOURCE_URL,
  };
}
