import { FREE_SPAN_DAYS } from '../pipeline/defaults';

export interface WeightFacts {
  readonly locations: number;
  /** Variables of all sections of the request. */
  readonly variables: number;
  /** Weather models asked for; none means the API's own choice, which counts as one. */
  readonly models: number;
  /** Days asked for, first and last included. */
  readonly days: number;
}

const VARIABLES_PER_CALL = 10;

/**
 * Calls that the source's quota counts for a request: per location `max(1, v/10, v/10 * days/14)` with
 * v = variables x models, summed over the locations.
 */
export function requestWeight({ locations, variables, models, days }: WeightFacts): number {
  const calls = (variables * Math.max(1, models)) / VARIABLES_PER_CALL;
  return locations * Math.max(1, calls, (calls * days) / FREE_SPAN_DAYS);
}
