import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';

/** Value of the tag `Project` of every resource. */
export const PROJECT = 'ingest-weather-daily';
/** The oldest Terraform that locks a state in S3 by a file beside it, for good. */
export const TERRAFORM_VERSION = '>= 1.11.0';
const PROVIDER_SOURCE = 'hashicorp/aws';

export interface AwsTerraform {
  readonly region: string;
  /** The one account that Terraform may work in. Default: any. */
  readonly accountId?: string | undefined;
  /** Value of the tag `Environment`. */
  readonly environment: string;
  /** Further tags of every resource; the project's own win. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Terraform and its provider of AWS, their versions pinned, for a stack whose resources are all tagged. */
export function useAws(stack: TerraformStack, { region, accountId, environment, tags }: AwsTerraform): void {
  const all = { ...tags, Project: PROJECT, Environment: environment, ManagedBy: 'terraform' };
  new AwsProvider(stack, 'Aws', {
    region,
    ...(accountId !== undefined && { allowedAccountIds: [accountId] }),
    defaultTags: [{ tags: all }],
  });
  stack.addOverride('terraform.required_version', TERRAFORM_VERSION);
  stack.addOverride('terraform.required_providers.aws.source', PROVIDER_SOURCE);
}
