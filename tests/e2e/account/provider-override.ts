import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNT_KEYS } from './simulated-account';

/** Terraform merges a file with this ending over the others of its folder. */
const FILE = 'e2e_override.tf.json';
/** One that mirrors without the newest ones have, and that knows every argument of the stacks. */
const PROVIDER_VERSION = '5.100.0';
const SERVICES = [
  'athena',
  'cloudwatch',
  'events',
  'glue',
  'iam',
  'kms',
  'lambda',
  'logs',
  's3',
  'scheduler',
  'secretsmanager',
  'sfn',
  'sns',
  'sqs',
  'ssm',
  'sts',
];

/** Points the AWS provider of a Terraform folder at the simulated account; the stack in it knows nothing of that. */
export function writeProviderOverride(folder: string, endpoint: string): void {
  const provider = {
    access_key: ACCOUNT_KEYS.accessKeyId,
    secret_key: ACCOUNT_KEYS.secretAccessKey,
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    s3_use_path_style: true,
    // An action that the account lacks answers 500, which the provider would try again for minutes; a connection may break.
    max_retries: 3,
    endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
  };
  const override = {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: PROVIDER_VERSION } } },
    provider: { aws: [provider] },
  };
  writeFileSync(join(folder, FILE), `${JSON.stringify(override, null, 2)}\n`);
}
