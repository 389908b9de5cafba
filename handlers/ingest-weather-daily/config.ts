import {
  type FunctionPlace,
  PLACE_VARIABLES,
  placeOf,
  readVariables,
  SOURCE_VARIABLES,
} from '../../adapters/lambda/function-environment';

export interface IngestConfig extends FunctionPlace {
  readonly apiKeySecretArn: string | undefined;
  readonly sourceUrl: string | undefined;
}

/** The function's configuration. @throws ConfigError listing every variable that is missing or wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): IngestConfig {
  const read = readVariables({ ...PLACE_VARIABLES, ...SOURCE_VARIABLES }, env);
  return { ...placeOf(read), apiKeySecretArn: read.API_KEY_SECRET_ARN, sourceUrl: read.SOURCE_URL };
}
