import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { EncryptionKey } from '../encryption-key/encryption-key';
import type { PolicyStatement } from '../policy-document/policy-document';

/** Days after which the parts of an upload that was never finished are removed. */
export const ABORT_MULTIPART_DAYS = 7;
/** Days for which an object that was replaced or deleted can still be brought back. */
export const DEFAULT_NONCURRENT_DAYS = 30;

export interface ExpiryRule {
  /** Lower-case words joined by `-`; shown in the console. */
  readonly name: string;
  /** Objects that begin so; the empty string means all. */
  readonly prefix: string;
  /** Age at which they are removed. */
  readonly expireAfterDays: number;
}

/** What an access log bucket is to the buckets that log to it. */
export interface AccessLogReceiver {
  readonly bucketName: string;
  /** Lets S3 deliver the logs of the bucket with this ARN. */
  receiveFrom(bucketArn: string): void;
}

export interface AccessLogs {
  readonly bucket: AccessLogReceiver;
  /** Prefix of this bucket's log objects, with a `/` at its end. */
  readonly prefix: string;
}

export interface PrivateBucketProps {
  readonly account: DeploymentAccount;
  /** Unique in the world: put the account's number in it. */
  readonly bucketName: string;
  /**
   * `true`: Terraform refuses to destroy the bucket, and S3 refuses while it is not empty.
   * `false`: a destroy takes the bucket with all it holds.
   * @default true
   */
  readonly protectFromDestroy?: boolean;
  /**
   * Encrypts with this key (SSE-KMS, bucket key on).
   * @default SSE-S3
   */
  readonly key?: EncryptionKey | undefined;
  /**
   * Where every access is written down.
   * @default no access log, which only the log bucket itself may have
   */
  readonly accessLogs?: AccessLogs;
  /**
   * What is removed by age.
   * @default nothing
   */
  readonly expiry?: readonly ExpiryRule[];
  /**
   * Days for which replaced and deleted objects are kept.
   * @default DEFAULT_NONCURRENT_DAYS
   */
  readonly noncurrentDays?: number;
  /**
   * Further statements of the bucket's policy.
   * @default none: TLS only
   */
  readonly policyStatements?: () => readonly PolicyStatement[];
}

/** A bucket that nobody outside the account reads: no public access, no ACLs, TLS only, encrypted, versioned, logged. */
export class PrivateBucket extends Construct {
  readonly bucketName: string = '';
  readonly arn: string = '';
  readonly key: EncryptionKey | undefined;
  constructor(scope: Construct, id: string, _props: PrivateBucketProps) {
    super(scope, id);
  }
}
