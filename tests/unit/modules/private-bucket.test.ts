import { DEPLOYED } from '../../../core/costs/measures';
import { EncryptionKey } from '../../../modules/encryption-key/encryption-key';
import { AccessLogBucket, DEFAULT_ACCESS_LOG_DAYS } from '../../../modules/private-bucket/access-log-bucket';
import {
  ABORT_MULTIPART_DAYS,
  DEFAULT_NONCURRENT_DAYS,
} from '../../../modules/private-bucket/bucket-lifecycle';
import { PrivateBucket } from '../../../modules/private-bucket/private-bucket';
import { addresses, only, statement, statements, synthesize } from './synthesized-stack';

it('keeps access logs for as long as their costs are counted', () => {
  expect(DEFAULT_ACCESS_LOG_DAYS).toBe(DEPLOYED.accessLogDays);
});

describe('a private bucket by default', () => {
  const stack = synthesize((scope) => new PrivateBucket(scope, 'Raw', { bucketName: 'lake-raw' }));

  it('has these addresses for ever', () => {
    expect(addresses(stack)).toEqual([
      'aws_s3_bucket.Raw_Bucket_128B7E58',
      'aws_s3_bucket_lifecycle_configuration.Raw_Lifecycle_Rules_7DB3B505',
      'aws_s3_bucket_ownership_controls.Raw_Ownership_59C64C3F',
      'aws_s3_bucket_policy.Raw_Policy_8EFE911A',
      'aws_s3_bucket_public_access_block.Raw_NoPublicAccess_4013793F',
      'aws_s3_bucket_server_side_encryption_configuration.Raw_Encryption_9D1DF9A6',
      'aws_s3_bucket_versioning.Raw_Versioning_2DDAE6CD',
    ]);
  });

  it('is locked twice against being destroyed', () => {
    expect(only(stack, 'aws_s3_bucket')).toMatchObject({
      bucket: 'lake-raw',
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  it('is closed to the public in all four ways, and knows no ACL', () => {
    expect(only(stack, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(stack, 'aws_s3_bucket_ownership_controls')).toMatchObject({
      rule: { object_ownership: 'BucketOwnerEnforced' },
    });
  });

  it('refuses every call without TLS, on itself and on its objects, and says nothing more', () => {
    const arn = '${aws_s3_bucket.Raw_Bucket_128B7E58.arn}';

    expect(statements(only(stack, 'aws_s3_bucket_policy'))).toEqual([
      {
        Sid: 'DenyInsecureTransport',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('encrypts with SSE-S3 and keeps versions', () => {
    expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration').rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
    ]);
    expect(only(stack, 'aws_s3_bucket_versioning')).toMatchObject({
      versioning_configuration: { status: 'Enabled' },
    });
  });

  it('removes unfinished uploads and old versions, and no object', () => {
    expect(only(stack, 'aws_s3_bucket_lifecycle_configuration').rule).toEqual([
      expect.objectContaining({
        abort_incomplete_multipart_upload: [{ days_after_initiation: ABORT_MULTIPART_DAYS }],
      }),
      expect.objectContaining({
        noncurrent_version_expiration: [{ noncurrent_days: DEFAULT_NONCURRENT_DAYS }],
        expiration: [{ expired_object_delete_marker: true }],
      }),
    ]);
  });
});

describe('a private bucket with everything set', () => {
  const stack = synthesize((scope, account) => {
    const key = new EncryptionKey(scope, 'Key', { account, alias: 'lake', description: 'The lake' });
    new PrivateBucket(scope, 'Raw', {
      bucketName: 'lake-raw',
      protectFromDestroy: false,
      key,
      expiry: [
        { name: 'old-staging', prefix: '_staging/', expireAfterDays: 14, noncurrentDays: 1 },
        { name: 'small', prefix: '_small/', bytes: 114, expireAfterDays: 2 },
        { name: 'replaced', prefix: '_replaced/', noncurrentDays: 1 },
      ],
      noncurrentDays: 3,
      policyStatements: (arn) => [{ Sid: 'Further', Effect: 'Deny', Action: 's3:PutObject', Resource: arn }],
    });
  });

  it('goes with all that it holds', () => {
    expect(only(stack, 'aws_s3_bucket')).toMatchObject({
      force_destroy: true,
      lifecycle: { prevent_destroy: false },
    });
  });

  it('encrypts with the given key, by a bucket key', () => {
    expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration').rule).toEqual([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: 'aws:kms',
          kms_master_key_id: '${aws_kms_key.Key_43586C89.arn}',
        },
        bucket_key_enabled: true,
      },
    ]);
  });

  it('removes by age what the rules say, and old versions when it is told', () => {
    expect(only(stack, 'aws_s3_bucket_lifecycle_configuration').rule).toEqual([
      expect.anything(),
      expect.objectContaining({ noncurrent_version_expiration: [{ noncurrent_days: 3 }] }),
      {
        id: 'old-staging',
        status: 'Enabled',
        filter: [{ prefix: '_staging/' }],
        expiration: [{ days: 14 }],
        noncurrent_version_expiration: [{ noncurrent_days: 1 }],
      },
      {
        id: 'small',
        status: 'Enabled',
        filter: [{ and: [{ prefix: '_small/', object_size_greater_than: 113, object_size_less_than: 115 }] }],
        expiration: [{ days: 2 }],
      },
      {
        id: 'replaced',
        status: 'Enabled',
        filter: [{ prefix: '_replaced/' }],
        noncurrent_version_expiration: [{ noncurrent_days: 1 }],
      },
    ]);
  });

  it('adds the further statements to its policy, with its own ARN', () => {
    const further = statement(only(stack, 'aws_s3_bucket_policy'), 'Further');

    expect(further.Resource).toBe('${aws_s3_bucket.Raw_Bucket_128B7E58.arn}');
  });
});

describe('an access log bucket', () => {
  const stackWith = (props: { readonly retentionDays?: number }) =>
    synthesize((scope, account) => {
      const logs = new AccessLogBucket(scope, 'AccessLogs', { account, bucketName: 'lake-logs', ...props });
      new PrivateBucket(scope, 'Raw', {
        bucketName: 'lake-raw',
        accessLogs: { bucket: logs, prefix: 'raw/' },
      });
    });
  const stack = stackWith({});
  const policy = stack.resource.aws_s3_bucket_policy!.AccessLogs_Bucket_Policy_B4B974CD!;
  const lifecycle = 'AccessLogs_Bucket_Lifecycle_Rules_7405C673';

  it('takes logs from S3, only of the buckets that were told to log there', () => {
    expect(statement(policy, 'DeliverAccessLogs')).toMatchObject({
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: '${aws_s3_bucket.AccessLogs_Bucket_30E71F2C.arn}/*',
      Condition: {
        StringEquals: { 'aws:SourceAccount': expect.stringContaining('account_id') },
        ArnLike: { 'aws:SourceArn': ['${aws_s3_bucket.Raw_Bucket_128B7E58.arn}'] },
      },
    });
    expect(only(stack, 'aws_s3_bucket_logging')).toMatchObject({
      bucket: '${aws_s3_bucket.Raw_Bucket_128B7E58.bucket}',
      target_bucket: '${aws_s3_bucket.AccessLogs_Bucket_30E71F2C.bucket}',
      depends_on: ['aws_s3_bucket_policy.AccessLogs_Bucket_Policy_B4B974CD'],
      target_prefix: 'raw/',
    });
  });

  it('stays TLS only', () => {
    expect(statement(policy, 'DenyInsecureTransport').Effect).toBe('Deny');
  });

  it.each([
    [{}, DEFAULT_ACCESS_LOG_DAYS],
    [{ retentionDays: 30 }, 30],
  ])('keeps logs as long as it is told: %p', (props, days) => {
    const rules = stackWith(props).resource.aws_s3_bucket_lifecycle_configuration![lifecycle]!.rule;

    expect(rules).toContainEqual({
      id: 'old-access-logs',
      status: 'Enabled',
      filter: [{ prefix: '' }],
      expiration: [{ days }],
    });
  });

  it('is encrypted with SSE-S3', () => {
    const encryption = stack.resource.aws_s3_bucket_server_side_encryption_configuration!;

    expect(encryption.AccessLogs_Bucket_Encryption_7C85A265!.rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
    ]);
  });
});
