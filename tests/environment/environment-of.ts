import type { Environment } from '../../core/environment/environment';
import { parseEnvironment } from '../../core/environment/parse-environment';

export type Json = Readonly<Record<string, unknown>>;

/** What an environment file must have, and no more. */
export const SHORTEST_ENVIRONMENT = {
  region: 'eu-central-1',
  pipeline: '../pipelines/weather-daily.json',
  alerts: { emails: ['on-call@weather.test'] },
  protect_from_destroy: false,
};

/** The shortest environment there is, under the name `test`; each part of the file may be put in its place. */
export function environmentOf(parts: Json = {}, environment = 'test'): Environment {
  return parseEnvironment({ json: { ...SHORTEST_ENVIRONMENT, ...parts }, environment });
}
