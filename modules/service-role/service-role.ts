import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import {
  latePolicyDocument,
  type PolicyCondition,
  type PolicyStatement,
  policyDocument,
} from '../policy-document/policy-document';

export interface ServiceRoleProps {
  readonly account: DeploymentAccount;
  readonly roleName: string;
  /** Who acts by it and for what, for the console. */
  readonly description: string;
  /** The only one that may take it: `lambda.amazonaws.com`. */
  readonly service: string;
  /**
   * The only resource on whose behalf the service may take it.
   * @default any of the account
   */
  readonly sourceArn?: string;
  /**
   * The most that the role may ever do.
   * @default no boundary
   */
  readonly permissionsBoundaryArn?: string | undefined;
}

/** A role for one service of this account, which may do nothing but what `allow` was called for. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** What must be there before the role is used. */
  readonly policy: IamRolePolicy;
  private readonly statements: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'Role', {
      name: props.roleName,
      description: props.description,
      assumeRolePolicy: policyDocument([trust(props)]),
      ...(props.permissionsBoundaryArn && { permissionsBoundary: props.permissionsBoundaryArn }),
    });
    this.arn = role.arn;
    this.policy = new IamRolePolicy(this, 'Policy', {
      name: props.roleName,
      role: role.name,
      policy: latePolicyDocument(() => withUniqueSids(this.statements)),
    });
  }

  /** Allows these actions on these resources; a statement that is there already is not added again. */
  allow(
    sid: string,
    actions: readonly string[],
    resources: readonly string[],
    condition?: PolicyCondition,
  ): void {
    const statement: PolicyStatement = {
      Sid: sid,
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(condition && { Condition: condition }),
    };
    const text = JSON.stringify(statement);
    if (this.statements.some((known) => JSON.stringify(known) === text)) return;
    this.statements.push(statement);
  }
}

function trust({ account, service, sourceArn }: ServiceRoleProps): PolicyStatement {
  return {
    Sid: 'OnlyThisService',
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: { 'aws:SourceAccount': account.accountId },
      ...(sourceArn && { ArnEquals: { 'aws:SourceArn': sourceArn } }),
    },
  };
}

/** IAM refuses two statements of one name: the second becomes `ReadRaw2`. */
function withUniqueSids(statements: readonly PolicyStatement[]): readonly PolicyStatement[] {
  const seen = new Map<string, number>();
  return statements.map((statement) => {
    const count = (seen.get(statement.Sid) ?? 0) + 1;
    seen.set(statement.Sid, count);
    return count === 1 ? statement : { ...statement, Sid: `${statement.Sid}${count}` };
  });
}
