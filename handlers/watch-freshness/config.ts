import * as z from 'zod';
import {
  type FunctionPlace,
  PLACE_VARIABLES,
  placeOf,
  readVariables,
} from '../../adapters/lambda/function-environment';

const VARIABLES = {
  ...PLACE_VARIABLES,
  DEADLINE_HOUR: z.string().regex(/^(1?\d|2[0-3])$/, 'must be an hour of the UTC day, 0 to 23'),
};

export interface FreshnessConfig extends FunctionPlace {
  /** 0 to 23, UTC. */
  readonly deadlineHour: number;
}

/** The function's configuration. @throws ConfigError listing every variable that is missing or wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>): FreshnessConfig {
  const read = readVariables(VARIABLES, env);
  return { ...placeOf(read), deadlineHour: Number(read.DEADLINE_HOUR) };
}
