import {
  type FunctionPlace,
  PLACE_VARIABLES,
  placeOf,
  readVariables,
  SERVER_VARIABLES,
} from '../../adapters/lambda/function-environment';

export interface PlanConfig extends FunctionPlace {
  readonly sourceUrl: string | undefined;
}

/** The function's configuration. @throws ConfigError listing every variable that is missing or wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): PlanConfig {
  const read = readVariables({ ...PLACE_VARIABLES, ...SERVER_VARIABLES }, env);
  return { ...placeOf(read), sourceUrl: read.SOURCE_URL };
}
