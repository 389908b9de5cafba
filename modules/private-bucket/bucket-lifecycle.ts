import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import type { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';

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

export interface BucketLifecycleProps {
  readonly bucketName: string;
  /** What keeps the versions that are removed here. */
  readonly versioning: S3BucketVersioningA;
  /** @default nothing is removed by age */
  readonly expiry?: readonly ExpiryRule[];
  /** @default DEFAULT_NONCURRENT_DAYS */
  readonly noncurrentDays?: number;
}

/** What a bucket removes by itself: unfinished uploads, old versions, and what the expiry rules say. */
export class BucketLifecycle extends Construct {
  constructor(scope: Construct, id: string, props: BucketLifecycleProps) {
    super(scope, id);
    new S3BucketLifecycleConfiguration(this, 'Rules', {
      bucket: props.bucketName,
      rule: [
        ...housekeeping(props.noncurrentDays ?? DEFAULT_NONCURRENT_DAYS),
        ...(props.expiry ?? []).map(expiryRule),
      ],
      dependsOn: [props.versioning],
    });
  }
}

function housekeeping(noncurrentDays: number): S3BucketLifecycleConfigurationRule[] {
  return [
    {
      id: 'abort-unfinished-uploads',
      status: 'Enabled',
      filter: [{ prefix: '' }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABORT_MULTIPART_DAYS }],
    },
    {
      id: 'remove-old-versions',
      status: 'Enabled',
      filter: [{ prefix: '' }],
      noncurrentVersionExpiration: [{ noncurrentDays }],
      expiration: [{ expiredObjectDeleteMarker: true }],
    },
  ];
}

function expiryRule({ name, prefix, expireAfterDays }: ExpiryRule): S3BucketLifecycleConfigurationRule {
  return {
    id: name,
    status: 'Enabled',
    filter: [{ prefix }],
    expiration: [{ days: expireAfterDays }],
  };
}
