import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
  type S3BucketLifecycleConfigurationRuleFilter,
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
  /** Objects whose keys begin so; the empty string means all. */
  readonly prefix: string;
  /**
   * Only objects of exactly so many bytes.
   * @default objects of any size
   */
  readonly bytes?: number;
  /**
   * Age in days at which they are removed.
   * @default never
   */
  readonly expireAfterDays?: number;
  /**
   * Days for which their old versions are kept, where that is shorter than the bucket's own.
   * @default as long as those of other objects
   */
  readonly noncurrentDays?: number;
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

/** Of two rules for one object S3 follows the one that removes it first. */
function expiryRule(rule: ExpiryRule): S3BucketLifecycleConfigurationRule {
  const { name, expireAfterDays, noncurrentDays } = rule;
  return {
    id: name,
    status: 'Enabled',
    filter: [filterOf(rule)],
    ...(expireAfterDays !== undefined && { expiration: [{ days: expireAfterDays }] }),
    ...(noncurrentDays !== undefined && { noncurrentVersionExpiration: [{ noncurrentDays }] }),
  };
}

function filterOf({ prefix, bytes }: ExpiryRule): S3BucketLifecycleConfigurationRuleFilter {
  if (bytes === undefined) return { prefix };
  return { and: [{ prefix, objectSizeGreaterThan: bytes - 1, objectSizeLessThan: bytes + 1 }] };
}
