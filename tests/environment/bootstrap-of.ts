import type { Bootstrap } from '../../core/environment/bootstrap-schema';
import { parseBootstrap } from '../../core/environment/parse-bootstrap';
import type { Json } from './environment-of';

/** What a bootstrap's file must have, for one environment without a key and one with. */
const SHORTEST_BOOTSTRAP = {
  region: 'eu-central-1',
  github_repository: 'meteo/weather',
  environments: { dev: {}, prod: { encryption: 'KMS' } },
  state_bucket: 'meteo-terraform-state',
};

/** The shortest bootstrap there is; each part of the file may be put in its place. */
export function bootstrapOf(parts: Json = {}): Bootstrap {
  return parseBootstrap({ ...SHORTEST_BOOTSTRAP, ...parts }, 'The test has mistakes:');
}
