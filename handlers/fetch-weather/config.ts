import * as z from 'zod';
import {
  type FunctionPlace,
  PLACE_VARIABLES,
  placeOf,
  readVariables,
  SOURCE_VARIABLES,
} from '../../adapters/lambda/function-environment';

const queueUrl = z.url({ protocol: /^https?$/, error: 'must be the address of a queue' });

const VARIABLES = {
  ...PLACE_VARIABLES,
  ...SOURCE_VARIABLES,
  BUFFER_QUEUE_URL: queueUrl,
  DEAD_LETTER_QUEUE_URL: queueUrl,
};

export interface FetchConfig extends FunctionPlace {
  readonly bufferQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly apiKeySecretArn: string | undefined;
  readonly sourceUrl: string | undefined;
}

/** The function's configuration. @throws ConfigError listing every variable that is missing or wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): FetchConfig {
  const read = readVariables(VARIABLES, env);
  return {
    ...placeOf(read),
    bufferQueueUrl: read.BUFFER_QUEUE_URL,
    deadLetterQueueUrl: read.DEAD_LETTER_QUEUE_URL,
    apiKeySecretArn: read.API_KEY_SECRET_ARN,
    sourceUrl: read.SOURCE_URL,
  };
}
