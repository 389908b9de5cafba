import type { ConfigProblem } from '../errors';
import { readMembers } from '../pipeline/pipeline-parts';
import { bootstrapEnvironmentSchema, bootstrapSchema } from './bootstrap-schema';
import { checkSecretKey } from './cross-checks';
import { resourcePrefix } from './environment';

/** Mistakes that lie between the parts of a bootstrap's file and not in one of them. */
export function checkBootstrap(json: unknown): ConfigProblem[] {
  const environments = Object.entries<unknown>(Object(Object(json).environments));
  return [
    ...environments.flatMap(([environment, parts]) =>
      checkSecretKey(readMembers(bootstrapEnvironmentSchema, parts), Object(parts)).map((problem) => ({
        ...problem,
        path: `environments.${environment}.${problem.path}`,
      })),
    ),
    ...checkStateBucket(
      json,
      environments.map(([environment]) => environment),
    ),
  ];
}

/** By its name it would be one of the buckets that the deploys of an environment may change. */
function checkStateBucket(json: unknown, environments: readonly string[]): ConfigProblem[] {
  const { name, state_bucket: bucket } = readMembers(bootstrapSchema, json);
  if (name === undefined || bucket === undefined) return [];
  const owner = environments.find((environment) => bucket.startsWith(resourcePrefix({ name, environment })));
  if (owner === undefined) return [];
  const message = `begins as the buckets of ${owner} do, which its deploys may change; choose another`;
  return [{ path: 'state_bucket', message, received: JSON.stringify(bucket) }];
}
