import {
  type FunctionPlace,
  PLACE_VARIABLES,
  placeOf,
  readVariables,
} from '../../adapters/lambda/function-environment';

/** The function's configuration. @throws ConfigError listing every variable that is missing or wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): FunctionPlace {
  return placeOf(readVariables(PLACE_VARIABLES, env));
}
