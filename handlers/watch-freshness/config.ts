import * as z from 'zod';
import { checkedInput } from '../../core/checked-input';

const text = z.string().min(1);

const environmentSchema = z.object({
  RAW_BUCKET: text,
  PROCESSED_BUCKET: text,
  PIPELINE_KEY: z.string().regex(/^config\/[a-z0-9-]+\.json$/, 'must be config/<pipeline>.json'),
  ENVIRONMENT: text,
  DEADLINE_HOUR: z.string().regex(/^(1?\d|2[0-3])$/, 'must be an hour of the UTC day, 0 to 23'),
});

export interface FreshnessConfig {
  readonly rawBucket: string;
  readonly processedBucket: string;
  readonly pipelineKey: string;
  readonly environment: string;
  /** 0 to 23, UTC. */
  readonly deadlineHour: number;
}

/** The function's configuration. @throws ConfigError listing every variable that is missing or wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): FreshnessConfig {
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
    deadlineHour: Number(read.DEADLINE_HOUR),
  };
}
