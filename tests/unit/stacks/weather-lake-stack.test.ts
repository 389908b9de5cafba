import { ENVIRONMENT_DEFAULTS } from '../../../core/environment/defaults';
import { STAGING_LIFETIME_DAYS } from '../../../core/staging/sweep-staging';
import { resourceAt, resourcesOf, synthesizeDeployment, type Terraform } from '../../stacks/synthesize';

const BUCKETS = ['AccessLogs/Bucket/Bucket', 'AthenaResults/Bucket', 'Processed/Bucket', 'Raw/Bucket'];

function lakeOf(environment: Readonly<Record<string, unknown>> = {}) {
  return synthesizeDeployment({ environment }).lake;
}

describe('the lake', () => {
  it('of a protected environment is destroyed neither by Terraform nor while a bucket is full', () => {
    const lake = lakeOf({ protect_from_destroy: true, encryption: 'KMS' });

    for (const path of BUCKETS) {
      expect(resourceAt(lake, path)).toMatchObject({
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
      });
    }
    expect(resourceAt(lake, 'Key/Key')).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect(resourceAt(lake, 'Queries/Workgroup')).toMatchObject({ force_destroy: false });
  });

  it('of any other environment leaves nothing behind, full buckets included', () => {
    const lake = lakeOf({ protect_from_destroy: false, encryption: 'KMS' });

    for (const path of BUCKETS) expect(resourceAt(lake, path)).toMatchObject({ force_destroy: true });
    expect(resourceAt(lake, 'Queries/Workgroup')).toMatchObject({ force_destroy: true });
    expect(lake.text).not.toContain('"prevent_destroy": true');
  });

  it('lets what runs have staged expire, and answers only where the environment says so', () => {
    expect(resourceAt(lakeOf(), 'Processed/Lifecycle/Rules').rule).toContainEqual(
      expect.objectContaining({
        expiration: [{ days: STAGING_LIFETIME_DAYS }],
        filter: [{ prefix: '_staging/' }],
      }),
    );
    expect(JSON.stringify(resourceAt(lakeOf(), 'Raw/Lifecycle/Rules'))).not.toContain(
      '"expiration":[{"days"',
    );

    const lake = lakeOf({ retention: { raw_days: 400 } });

    expect(resourceAt(lake, 'Raw/Lifecycle/Rules').rule).toContainEqual(
      expect.objectContaining({ expiration: [{ days: 400 }], filter: [{ prefix: 'test/' }] }),
    );
  });

  it('encrypts with its own key where the environment says KMS, access logs aside', () => {
    const algorithms = (environment: object) =>
      resourcesOf(lakeOf({ ...environment }), 'aws_s3_bucket_server_side_encryption_configuration').map(
        (block) => /"sse_algorithm":"([^"]+)"/.exec(JSON.stringify(block))?.[1],
      );

    expect(algorithms({})).toEqual(['AES256', 'AES256', 'AES256', 'AES256']);
    expect(algorithms({ encryption: 'KMS' })).toEqual(['AES256', 'aws:kms', 'aws:kms', 'aws:kms']);
  });

  it('encrypts everything with the key that the environment names, in both modes, and makes none', () => {
    const kms_key_arn = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const keys = ({ text }: Terraform) => [
      ...text.matchAll(/"(?:kms_master_key_id|kms_key_id|kms_key_arn)": "([^"]+)"/g),
    ];

    for (const mode of ['direct', 'orchestrated']) {
      const made = synthesizeDeployment({ environment: { mode, encryption: 'KMS' } });
      const named = synthesizeDeployment({ environment: { mode, encryption: 'KMS', kms_key_arn } });

      for (const stack of ['lake', 'ingest'] as const) {
        const used = keys(named[stack]).map(([, key]) => key);
        expect(used).toEqual(keys(made[stack]).map(() => kms_key_arn));
        expect(used.length).toBeGreaterThan(3);
      }
      expect(named.lake.resource).not.toHaveProperty('aws_kms_key');
    }
  });

  it('stops a query that would read too much, and encrypts every result', () => {
    const { configuration } = resourceAt(lakeOf(), 'Queries/Workgroup');
    const custom = resourceAt(lakeOf({ athena_scan_limit_mib: 50, encryption: 'KMS' }), 'Queries/Workgroup');

    expect(configuration).toMatchObject({
      enforce_workgroup_configuration: true,
      bytes_scanned_cutoff_per_query: ENVIRONMENT_DEFAULTS.athenaScanLimitMib * 1024 ** 2,
      result_configuration: { encryption_configuration: { encryption_option: 'SSE_S3' } },
    });
    expect(custom.configuration).toMatchObject({
      bytes_scanned_cutoff_per_query: 50 * 1024 ** 2,
      result_configuration: {
        encryption_configuration: {
          encryption_option: 'SSE_KMS',
          kms_key_arn: expect.stringContaining('aws_kms_key.Key'),
        },
      },
    });
  });

  it('works in the account that the environment names, and in any where it names none', () => {
    const allowed = (parts: Readonly<Record<string, unknown>>) =>
      lakeOf(parts).provider.aws![0]!.allowed_account_ids;

    expect(allowed({ account_id: '123456789012' })).toEqual(['123456789012']);
    expect(allowed({})).toBeUndefined();
  });

  it('tags everything, as the environment says and as the project does', () => {
    const { provider } = lakeOf({ tags: { CostCenter: '4711' } });

    expect(provider.aws![0]!.default_tags).toEqual([
      {
        tags: {
          CostCenter: '4711',
          Environment: 'test',
          ManagedBy: 'terraform',
          Project: 'ingest-weather-daily',
        },
      },
    ]);
  });

  it('keeps a local state beside the output folder, by a path that is the same on every machine', () => {
    expect(lakeOf().terraform.backend).toEqual({
      local: { path: '../../../terraform.weather-lake-test.tfstate' },
    });
  });

  it('keeps its state in a bucket with a lock file where the environment says so', () => {
    const state = { backend: 's3', bucket: 'my-state', region: 'eu-west-1' };

    expect(lakeOf({ state }).terraform.backend).toEqual({
      s3: {
        bucket: 'my-state',
        region: 'eu-west-1',
        key: `${ENVIRONMENT_DEFAULTS.stateKeyPrefix}weather-lake-test.tfstate`,
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  it('is the same Terraform to the byte each time', () => {
    expect(lakeOf({ encryption: 'KMS' }).text).toBe(lakeOf({ encryption: 'KMS' }).text);
  });
});
