import { requestWeight } from '../planning/weight';
import { requestedVariable } from './variables';

/** Weight of one day of one location, when these columns of a section are asked of these models. */
export function locationWeight(sources: readonly string[], models: readonly string[]): number {
  const variables = new Set(sources.map((source) => requestedVariable(source, models))).size;
  return requestWeight({ locations: 1, variables, models: models.length, days: 1 });
}
