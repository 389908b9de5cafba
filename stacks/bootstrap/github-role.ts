import type { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { type PolicyStatement, policyDocument } from '../../modules/policy-document/policy-document';

/** Who signs the tokens of workflows. */
export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';
/** Whom those tokens are for. */
export const STS_AUDIENCE = 'sts.amazonaws.com';

const SESSION_SECONDS = 3_600;

export interface GithubRoleProps {
  readonly roleName: string;
  readonly description: string;
  /** ARN of GitHub's OIDC provider in the account. */
  readonly providerArn: string;
  /** The `sub` of the tokens that may take the role, each whole: `repo:owner@1/repository@2:environment:prod`. */
  readonly subjects: readonly string[];
  /** What it may do: at most ten, each with an id of its own. */
  readonly policies: readonly IamPolicy[];
}

/** A role that workflows of one repository take by a short-lived token: no key lies anywhere. */
export class GithubRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: GithubRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'Role', {
      name: props.roleName,
      description: props.description,
      maxSessionDuration: SESSION_SECONDS,
      assumeRolePolicy: policyDocument([trust(props)]),
    });
    this.arn = role.arn;
    for (const policy of props.policies)
      new IamRolePolicyAttachment(this, policy.node.id, { role: role.name, policyArn: policy.arn });
  }
}

function trust({ providerArn, subjects }: GithubRoleProps): PolicyStatement {
  return {
    Sid: 'OnlyTheseWorkflows',
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { [`${GITHUB_ISSUER}:aud`]: STS_AUDIENCE, [`${GITHUB_ISSUER}:sub`]: subjects },
    },
  };
}
