import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { PolicyStatement } from '../policy-document/policy-document';
import { type AccessLogReceiver, PrivateBucket } from './private-bucket';

/** Days for which access logs are kept. */
export const DEFAULT_ACCESS_LOG_DAYS = 365;

export interface AccessLogBucketProps {
  readonly account: DeploymentAccount;
  /** Unique in the world: put the account's number in it. */
  readonly bucketName: string;
  /**
   * As a private bucket's.
   * @default true
   */
  readonly protectFromDestroy?: boolean;
  /**
   * Days for which access logs are kept.
   * @default DEFAULT_ACCESS_LOG_DAYS
   */
  readonly retentionDays?: number;
}

/** The bucket that access logs go to. Always under SSE-S3: S3 delivers none to a bucket under a KMS key. */
export class AccessLogBucket extends Construct implements AccessLogReceiver {
  readonly bucketName: string;
  private readonly policy: ITerraformDependable;
  private readonly account: DeploymentAccount;
  private readonly sources: string[] = [];

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    this.account = props.account;
    const bucket = new PrivateBucket(this, 'Bucket', {
      bucketName: props.bucketName,
      protectFromDestroy: props.protectFromDestroy ?? true,
      expiry: [
        {
          name: 'old-access-logs',
          prefix: '',
          expireAfterDays: props.retentionDays ?? DEFAULT_ACCESS_LOG_DAYS,
        },
      ],
      policyStatements: (arn) => [this.delivery(arn)],
    });
    this.bucketName = bucket.bucketName;
    this.policy = bucket.policy;
  }

  receiveFrom(bucketArn: string): ITerraformDependable {
    this.sources.push(bucketArn);
    return this.policy;
  }

  private delivery(arn: string): PolicyStatement {
    return {
      Sid: 'DeliverAccessLogs',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${arn}/*`,
      Condition: {
        StringEquals: { 'aws:SourceAccount': this.account.accountId },
        ArnLike: { 'aws:SourceArn': this.sources },
      },
    };
  }
}
