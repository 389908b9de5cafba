const VARIABLES_PER_CALL = 10;
const DAYS_PER_CALL = 14;

/** Calls that one location counts for; `variables` of all sections times models and their members, `days` the span asked for. */
export function locationWeight(variables: number, days: number): number {
  const share = variables / VARIABLES_PER_CALL;
  return Math.max(1, share, (share * days) / DAYS_PER_CALL);
}

/** Calls that a request counts for. @param spans days asked for, one entry per location */
export function requestWeight(variables: number, spans: readonly number[]): number {
  return spans.reduce((sum, days) => sum + locationWeight(variables, days), 0);
}
