import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { allow } from './permissions-boundary';

export interface StatePermissions {
  /** ARN of the state's bucket. */
  readonly bucketArn: string;
  readonly keyPrefix: string;
  /** Environments whose states are meant. */
  readonly environments: readonly string[];
  /** Whether they may be changed, and locked. */
  readonly write: boolean;
}

/** The states of the environments, and no other object of the bucket. */
export function stateStatements(state: StatePermissions): PolicyStatement[] {
  const { bucketArn, keyPrefix, environments, write } = state;
  const keys = environments.map((environment) => `${keyPrefix}weather-*-${environment}.tfstate`);
  const objects = keys.map((key) => `${bucketArn}/${key}`);
  const list = {
    ...allow('ListState', ['s3:ListBucket'], [bucketArn]),
    Condition: { StringLike: { 's3:prefix': keys.flatMap((key) => [key, `${key}.tflock`]) } },
  };
  const read = allow('ReadState', ['s3:GetObject'], objects);
  if (!write) return [list, read];
  const locks = objects.map((object) => `${object}.tflock`);
  return [
    list,
    read,
    allow('WriteState', ['s3:PutObject'], objects),
    allow('LockState', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], locks),
  ];
}
