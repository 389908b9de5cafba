import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { AccessLogReceiver } from './private-bucket';

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
  readonly bucketName: string = '';
  constructor(scope: Construct, id: string, _props: AccessLogBucketProps) {
    super(scope, id);
  }

  receiveFrom(_bucketArn: string): void {}
}
