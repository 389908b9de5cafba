import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ProjectKey } from '../encryption-key/encryption-key';
import {
  denyInsecureTransport,
  latePolicyDocument,
  type PolicyStatement,
} from '../policy-document/policy-document';
import { BucketLifecycle, type ExpiryRule } from './bucket-lifecycle';

/** What an access log bucket is to the buckets that log to it. */
export interface AccessLogReceiver {
  readonly bucketName: string;
  /** Lets S3 deliver the logs of the bucket with this ARN. @returns what must be there before S3 is told to */
  receiveFrom(bucketArn: string): ITerraformDependable;
}

export interface AccessLogs {
  readonly bucket: AccessLogReceiver;
  /** Prefix of this bucket's log objects, with a `/` at its end. */
  readonly prefix: string;
}

export interface PrivateBucketProps {
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
  readonly key?: ProjectKey | undefined;
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
   * Further statements of the bucket's policy, from the bucket's ARN; asked for at synthesis.
   * @default none: TLS only
   */
  readonly policyStatements?: (bucketArn: string) => readonly PolicyStatement[];
}

/** A bucket that nobody outside the account reads: no public access, no ACLs, TLS only, encrypted, versioned, logged. */
export class PrivateBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  /** The key that its objects are encrypted with; none under SSE-S3. */
  readonly key: ProjectKey | undefined;
  /** Who may do what with it, in force. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const protect = props.protectFromDestroy ?? true;
    const bucket = new S3Bucket(this, 'Bucket', {
      bucket: props.bucketName,
      forceDestroy: !protect,
      lifecycle: { preventDestroy: protect },
    });
    this.bucketName = bucket.bucket;
    this.arn = bucket.arn;
    this.key = props.key;
    const closed = this.close();
    this.encrypt();
    const versioning = this.keepVersions();
    new BucketLifecycle(this, 'Lifecycle', { ...props, bucketName: this.bucketName, versioning });
    this.policy = this.limitAccess(closed, props.policyStatements);
    if (props.accessLogs) this.logAccess(props.accessLogs);
  }

  private close(): S3BucketPublicAccessBlock {
    new S3BucketOwnershipControls(this, 'Ownership', {
      bucket: this.bucketName,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    return new S3BucketPublicAccessBlock(this, 'NoPublicAccess', {
      bucket: this.bucketName,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }

  private encrypt(): void {
    new S3BucketServerSideEncryptionConfigurationA(this, 'Encryption', {
      bucket: this.bucketName,
      rule: [
        this.key
          ? {
              applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: this.key.arn },
              bucketKeyEnabled: true,
            }
          : { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } },
      ],
    });
  }

  private keepVersions(): S3BucketVersioningA {
    return new S3BucketVersioningA(this, 'Versioning', {
      bucket: this.bucketName,
      versioningConfiguration: { status: 'Enabled' },
    });
  }

  /** After the public access block: S3 refuses to change both at once. */
  private limitAccess(
    closed: S3BucketPublicAccessBlock,
    further: PrivateBucketProps['policyStatements'] = () => [],
  ): S3BucketPolicy {
    return new S3BucketPolicy(this, 'Policy', {
      bucket: this.bucketName,
      policy: latePolicyDocument(() => [
        denyInsecureTransport('s3:*', [this.arn, `${this.arn}/*`]),
        ...further(this.arn),
      ]),
      dependsOn: [closed],
    });
  }

  private logAccess({ bucket, prefix }: AccessLogs): void {
    const permission = bucket.receiveFrom(this.arn);
    new S3BucketLoggingA(this, 'AccessLog', {
      bucket: this.bucketName,
      targetBucket: bucket.bucketName,
      targetPrefix: prefix,
      dependsOn: [permission],
    });
  }
}
