import { LONGEST } from '../../../core/environment/bootstrap-schema';
import { MAX_NAME_LENGTH } from '../../../core/pipeline/defaults';
import { BucketPermissions } from '../../stacks/policy';
import { resourceAt, resourcesOf, synthesizeDeployment } from '../../stacks/synthesize';
import { HOURLY, pipelineOf } from '../../weather/pipeline-of';

/** What IAM takes of all policies that lie in a role; white space does not count, and there is none. */
const MOST_CHARACTERS = 10_240;
/** Longer than the ARN of anything that the stacks make. */
const LONGEST_ARN = 150;
const ACCOUNT = '123456789012';

const arn = (service: string, length: number, kind: string, end = '') =>
  `arn:aws:${service}:eu-central-1:${ACCOUNT}:${kind}`.padEnd(length - end.length, '0') + end;
const ENVIRONMENT = {
  name: 'sixteen-letters1',
  encryption: 'KMS',
  api_key_secret_arn: arn('secretsmanager', LONGEST.secretArn, 'secret:', '-AbCdEf'),
  api_key_secret_kms_key_arn: arn('kms', LONGEST.keyArn, 'key/'),
};

/** Every name as long as a pipeline's file may have it. */
function pipelineWith(tables: number) {
  return pipelineOf({
    name: 'p'.repeat(64),
    source: { plan: 'keyed' },
    tables: Array.from({ length: tables }, (_, index) => ({
      ...HOURLY,
      name: `table_${index}_`.padEnd(MAX_NAME_LENGTH, 't'),
    })),
  });
}

function lengthsOf(mode: string, tables: number): Record<string, number> {
  const environment = { ...ENVIRONMENT, mode };
  const { ingest } = synthesizeDeployment({
    environment,
    name: 'twelvelette1',
    pipeline: pipelineWith(tables),
  });
  const policies = resourcesOf(ingest, 'aws_iam_role_policy').map(({ name, policy }) => {
    const filled = String(policy).replace(/\$\{[^}]+\}/g, (reference) =>
      reference.endsWith('.account_id}') ? ACCOUNT : 'a'.repeat(LONGEST_ARN),
    );
    return [String(name), filled.length] as const;
  });
  return Object.fromEntries(policies);
}

it.each([
  ['direct', 'Ingest'],
  ['orchestrated', 'Publish'],
])(
  'objects of a table that left the pipeline are deleted by the role of an ingest that is %s',
  (mode, name) => {
    const pipeline = pipelineOf({ tables: [HOURLY] });
    const { ingest } = synthesizeDeployment({ environment: { mode }, pipeline });
    const policy = resourceAt(ingest, `${name}/Role/Policy`).policy as string;
    const processed = new BucketPermissions(policy, 'Processed_Bucket');

    for (const folder of ['weather_daily', '_quarantine/weather_daily']) {
      expect(processed.mayList(`${folder}/date=2026-11-17/`)).toBe(true);
      expect(processed.mayTouch('s3:DeleteObject', `${folder}/date=2026-11-17/test.00000.parquet`)).toBe(
        true,
      );
      expect(processed.mayTouch('s3:DeleteObject', `${folder}/date=2026-11-17/test-2.00000.parquet`)).toBe(
        false,
      );
    }
  },
);

describe.each(['direct', 'orchestrated'])('the policies of the roles of an ingest that is %s', (mode) => {
  it.each([1, 14, 40])('fit into a role, whatever the names, with %i tables', (tables) => {
    const lengths = lengthsOf(mode, tables);

    expect(Object.keys(lengths).length).toBeGreaterThanOrEqual(4);
    expect(Object.entries(lengths).filter(([, length]) => length > MOST_CHARACTERS)).toEqual([]);
  });

  it('are as long for many tables as for one', () => {
    expect(lengthsOf(mode, 40)).toEqual(lengthsOf(mode, 1));
  });
});
