import { FREE_SPAN_DAYS } from '../pipeline/defaults';

export interface WeightFacts {
  readonly locations: number;
  /** Variables of all sections of the request. */
  readonly variables: number;
  /** Series read for each variable: one per model, on the ensemble API one per member of each. None counts as one. */
  readonly series: number;
  /** Days asked for, first and last included. */
  readonly days: number;
}

const VARIABLES_PER_CALL = 10;

/**
 * Calls that the source's quota counts for a request: per location `max(1, v/10, v/10 * days/14)` with
 * v = variables x series, summed over the locations.
 */
export function requestWeight({ locations, variables, series, days }: WeightFacts): number {
  const calls = (variables * Math.max(1, series)) / VARIABLES_PER_CALL;
  return locations * Math.max(1, calls, (calls * days) / FREE_SPAN_DAYS);
}
