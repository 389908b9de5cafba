import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { Construct } from 'constructs';

export interface DeploymentAccountProps {
  /** Region of the stack, as the environment file names it. */
  readonly region: string;
}

/** Where a stack is deployed. The number of the account is known only once Terraform runs; the region is a literal. */
export class DeploymentAccount extends Construct {
  readonly region: string;
  /** A Terraform expression, usable in names and ARNs. */
  readonly accountId: string;
  /** The one whose regions the files of environments may name. */
  readonly partition = 'aws';

  constructor(scope: Construct, id: string, props: DeploymentAccountProps) {
    super(scope, id);
    this.region = props.region;
    this.accountId = new DataAwsCallerIdentity(this, 'Caller').accountId;
  }

  /** ARN of a resource of this account and region. */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  /** The account itself as a principal of a policy: who may act is then decided by its IAM policies. */
  get rootArn(): string {
    return `arn:${this.partition}:iam::${this.accountId}:root`;
  }
}
