import type { Config, Stacks } from '../../../scripts/policies/synthesized-stacks';
import { type Control, companions, type Resource, WHOLE_STACK } from './control';
import { allowing, deniesPlainText, isAnybody, list, policy, statements } from './statements';

const buckets = { types: ['aws_s3_bucket'] };

/** Whether a resource beside the bucket says so. */
const beside =
  (type: string, says: (config: Config) => boolean) =>
  (bucket: Resource, stacks: Stacks): boolean =>
    companions(bucket, stacks, `aws_s3_bucket_${type}`, 'bucket').some(says);
const text = (value: unknown) => JSON.stringify(value ?? null);
const breaking = (type: string, config: Config | null) => ({ type: `aws_s3_bucket_${type}`, config });
const rules = (config: Config) => config.rule as readonly Config[];

export const S3_CONTROLS: readonly Control[] = [
  {
    ...buckets,
    ids: [
      'CKV_AWS_53',
      'CKV_AWS_54',
      'CKV_AWS_55',
      'CKV_AWS_56',
      'CKV2_AWS_6',
      'S3.8',
      'S2',
      'AWS-0086',
      'AWS-0087',
      'AWS-0091',
      'AWS-0093',
      'AWS-0094',
    ],
    rule: 'a bucket is closed to the public in all four ways',
    holds: beside('public_access_block', (config) =>
      ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].every(
        (name) => config[name] === true,
      ),
    ),
    breaks: breaking('public_access_block', { ignore_public_acls: false }),
  },
  {
    types: [WHOLE_STACK],
    ids: ['CKV_AWS_20', 'CKV_AWS_57', 'S3.2', 'S3.3', 'AWS-0092'],
    rule: 'no bucket has an ACL',
    holds: ({ config }) => !('aws_s3_bucket_acl' in (config.resource as object)),
    breaks: {
      type: WHOLE_STACK,
      config: { resource: { aws_s3_bucket_acl: { Open: { acl: 'public-read' } } } },
    },
  },
  {
    ...buckets,
    ids: ['S3.12'],
    rule: 'ACLs are off',
    holds: beside('ownership_controls', ({ rule }) => text(rule).includes('"BucketOwnerEnforced"')),
    breaks: breaking('ownership_controls', { rule: { object_ownership: 'ObjectWriter' } }),
  },
  {
    ...buckets,
    ids: ['S3.5', 'S10'],
    rule: 'a bucket and its objects are served over TLS only',
    holds: beside('policy', (config) =>
      statements({ config }).some(
        (one) => deniesPlainText(one) && one.Action === 's3:*' && list(one.Resource).length === 2,
      ),
    ),
    breaks: breaking('policy', policy({ Effect: 'Deny', Principal: '*', Action: 's3:*' })),
  },
  {
    ...buckets,
    ids: ['CKV_AWS_19', 'AWS-0088'],
    rule: 'a bucket encrypts',
    holds: beside('server_side_encryption_configuration', ({ rule }) =>
      /"(aws:kms|AES256)"/.test(text(rule)),
    ),
    breaks: breaking('server_side_encryption_configuration', null),
  },
  {
    ...buckets,
    ids: ['CKV_AWS_145', 'AWS-0132'],
    rule: "a bucket encrypts with the project's key",
    holds: beside('server_side_encryption_configuration', ({ rule }) => text(rule).includes('"aws:kms"')),
    breaks: breaking('server_side_encryption_configuration', null),
  },
  {
    ...buckets,
    ids: ['CKV_AWS_21', 'AWS-0090'],
    rule: 'a bucket keeps versions',
    holds: beside('versioning', (config) => text(config.versioning_configuration).includes('"Enabled"')),
    breaks: breaking('versioning', { versioning_configuration: { status: 'Suspended' } }),
  },
  {
    ...buckets,
    ids: ['CKV_AWS_18', 'S3.9', 'S1', 'AWS-0089'],
    rule: 'every access to a bucket is written down',
    holds: beside('logging', ({ target_prefix }) => String(target_prefix).endsWith('/')),
    breaks: breaking('logging', null),
  },
  {
    ...buckets,
    ids: ['CKV2_AWS_61', 'S3.13', 'S3.10'],
    rule: 'a bucket removes old versions by itself',
    holds: beside('lifecycle_configuration', (config) =>
      rules(config).some(
        (rule) => rule.status === 'Enabled' && rule.noncurrent_version_expiration !== undefined,
      ),
    ),
    breaks: breaking('lifecycle_configuration', { rule: [] }),
  },
  {
    ...buckets,
    ids: ['CKV_AWS_300'],
    rule: 'a bucket removes uploads that were never finished',
    holds: beside('lifecycle_configuration', (config) =>
      rules(config).some(
        (rule) => rule.status === 'Enabled' && rule.abort_incomplete_multipart_upload !== undefined,
      ),
    ),
    breaks: breaking('lifecycle_configuration', { rule: [] }),
  },
  {
    types: ['aws_s3_bucket_policy'],
    ids: ['CKV_AWS_70', 'S3.6'],
    rule: 'a bucket is opened to nobody but services of AWS acting for this account',
    holds: (resource) =>
      allowing(resource).every(
        ({ Principal, Condition }) =>
          !isAnybody(Principal) && Condition?.StringEquals?.['aws:SourceAccount'] !== undefined,
      ),
    breaks: breaking('policy', policy({ Principal: { AWS: '*' } })),
  },
  {
    types: ['aws_s3_bucket_policy'],
    ids: ['CKV_AWS_93'],
    rule: 'a bucket locks nobody out without a condition',
    holds: (resource) =>
      statements(resource).every(({ Effect, Condition }) => Effect === 'Allow' || Condition !== undefined),
    breaks: breaking('policy', policy({ Effect: 'Deny', Principal: '*', Action: 's3:*' })),
  },
  {
    ...buckets,
    ids: ['CKV_AWS_144', 'CKV_AWS_143'],
    rule: 'a bucket is copied to another region',
    holds: beside('replication_configuration', () => true),
    breaks: breaking('replication_configuration', null),
  },
  {
    ...buckets,
    ids: ['CKV2_AWS_62', 'S3.11'],
    rule: 'a bucket tells of its objects',
    holds: beside('notification', () => true),
    breaks: breaking('notification', null),
  },
];
