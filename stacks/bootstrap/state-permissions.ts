import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { allow } from './permissions-boundary';

export interface EnvironmentState {
  /** ARN of the state's bucket. */
  readonly bucketArn: string;
  readonly keyPrefix: string;
  readonly environment: string;
}

/** Reads the states of an environment, and no other object of the bucket. */
export function readStateStatements(state: EnvironmentState): PolicyStatement[] {
  return [
    // Without a condition on the prefix: reading an object names none, and S3 would answer 403 to a state that is not there yet.
    allow('ListState', ['s3:ListBucket'], [state.bucketArn]),
    allow('ReadState', ['s3:GetObject'], [objectsOf(state)]),
  ];
}

/** Beside reading them. */
export function writeStateStatements(state: EnvironmentState): PolicyStatement[] {
  const objects = objectsOf(state);
  return [
    allow('WriteState', ['s3:PutObject'], [objects]),
    allow('LockState', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [`${objects}.tflock`]),
  ];
}

function keyOf({ keyPrefix, environment }: EnvironmentState): string {
  return `${keyPrefix}weather-*-${environment}.tfstate`;
}

function objectsOf(state: EnvironmentState): string {
  return `${state.bucketArn}/${keyOf(state)}`;
}
