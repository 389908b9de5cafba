import * as z from 'zod';
import { checkedInput } from '../../core/checked-input';

export const text = z.string().min(1);

/** Variables that every function has: where its lake is, and which pipeline it serves. */
export const PLACE_VARIABLES = {
  RAW_BUCKET: text,
  PROCESSED_BUCKET: text,
  PIPELINE_KEY: z.string().regex(/^config\/[a-z0-9-]+\.json$/, 'must be config/<pipeline>.json'),
  ENVIRONMENT: text,
};

const SECRET_ARN = /^arn:[^:]+:secretsmanager:/;

/** Variables of a function that knows which server it asks. */
export const SERVER_VARIABLES = {
  SOURCE_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
};

/** Variables of a function that asks the source. */
export const SOURCE_VARIABLES = {
  ...SERVER_VARIABLES,
  API_KEY_SECRET_ARN: z.string().regex(SECRET_ARN, 'must be the ARN of a secret').optional(),
};

export interface FunctionPlace {
  readonly rawBucket: string;
  readonly processedBucket: string;
  /** `config/<pipeline>.json` in the raw bucket. */
  readonly pipelineKey: string;
  /** Name of the environment. */
  readonly environment: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError listing every variable that is missing or wrong */
export function readVariables<T extends z.ZodRawShape>(shape: T, env: Variables): z.output<z.ZodObject<T>> {
  const subject = "The function's environment has mistakes; deploy it again:";
  return checkedInput(z.object(shape), withoutKey(env), subject) as z.output<z.ZodObject<T>>;
}

export function placeOf(read: z.output<z.ZodObject<typeof PLACE_VARIABLES>>): FunctionPlace {
  return {
    rawBucket: read.RAW_BUCKET,
    processedBucket: read.PROCESSED_BUCKET,
    pipelineKey: read.PIPELINE_KEY,
    environment: read.ENVIRONMENT,
  };
}

/** Errors tell what was received, which may be the key itself where its secret's ARN should be. */
function withoutKey(env: Variables): Variables {
  const { API_KEY_SECRET_ARN: arn } = env;
  return arn === undefined || SECRET_ARN.test(arn) ? env : { ...env, API_KEY_SECRET_ARN: '***' };
}
