import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import {
  type PolicyCondition,
  type PolicyStatement,
  policyDocument,
} from '../policy-document/policy-document';

/** Days between a destroy and the loss of the key, in which it can still be saved. */
export const DEFAULT_KEY_DELETION_DAYS = 30;

/** A key of the project's: made by the stack that uses it, or by another and known by its ARN. */
export interface ProjectKey {
  readonly arn: string;
}

export interface EncryptionKeyProps {
  readonly account: DeploymentAccount;
  /** Name of the alias, without `alias/`. */
  readonly alias: string;
  /** What the key protects, for the console. */
  readonly description: string;
  /**
   * Days between a destroy and the loss of the key: 7 to 30.
   * @default DEFAULT_KEY_DELETION_DAYS
   */
  readonly deletionDays?: number;
  /**
   * Whether Terraform refuses to destroy the key.
   * @default true
   */
  readonly protectFromDestroy?: boolean;
}

/**
 * The project's own KMS key, rotated every year. Made only where the environment says `KMS`.
 * The roles of the account use it by their own policies; services, only for what belongs to this account and region.
 */
export class EncryptionKey extends Construct implements ProjectKey {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'Key', {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionDays ?? DEFAULT_KEY_DELETION_DAYS,
      policy: policyDocument(keyPolicy(props.account)),
      lifecycle: { preventDestroy: props.protectFromDestroy ?? true },
    });
    new KmsAlias(this, 'Alias', { name: `alias/${props.alias}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/** In the policy of a key, `*` means the key itself. */
function keyPolicy(account: DeploymentAccount): readonly PolicyStatement[] {
  return [
    {
      Sid: 'AccountDecidesByIam',
      Effect: 'Allow',
      Principal: { AWS: account.rootArn },
      Action: 'kms:*',
      Resource: '*',
    },
    serviceMayUse('AlarmsPublish', 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], {
      StringEquals: { 'aws:SourceAccount': account.accountId },
      ArnLike: { 'aws:SourceArn': account.arn('cloudwatch', 'alarm:*') },
    }),
    serviceMayUse(
      'LogGroupsEncrypt',
      `logs.${account.region}.amazonaws.com`,
      ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
      { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': account.arn('logs', 'log-group:*') } },
    ),
  ];
}

function serviceMayUse(
  sid: string,
  service: string,
  actions: readonly string[],
  condition: PolicyCondition,
): PolicyStatement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: actions,
    Resource: '*',
    Condition: condition,
  };
}
