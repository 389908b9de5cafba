import { type DeploymentParts, synthesizeDeployment, type Terraform } from '../../stacks/synthesize';

/** Attributes that name a thing within its account, by type; several are a name within a name. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  aws_athena_workgroup: ['name'],
  aws_cloudwatch_dashboard: ['dashboard_name'],
  aws_cloudwatch_log_group: ['name'],
  aws_cloudwatch_metric_alarm: ['alarm_name'],
  aws_glue_catalog_database: ['name'],
  aws_iam_role: ['name'],
  aws_kms_alias: ['name'],
  aws_lambda_function: ['function_name'],
  aws_s3_bucket: ['bucket'],
  aws_scheduler_schedule: ['group_name', 'name'],
  aws_scheduler_schedule_group: ['name'],
  aws_sfn_state_machine: ['name'],
  aws_sns_topic: ['name'],
  aws_sqs_queue: ['name'],
};

/** Types whose things are told apart by what they belong to, or by an id that AWS gives. */
const NAMELESS =
  /^aws_(s3_bucket_|s3_object|iam_role_policy|kms_key|sns_topic_|sqs_queue_policy|lambda_function_event|lambda_event_source|glue_catalog_table)/;

function namesOf(stack: Terraform): string[] {
  return Object.entries(stack.resource).flatMap(([type, byName]) => {
    if (NAMELESS.test(type)) return [];
    const attributes = NAMES[type];
    if (attributes === undefined) throw new Error(`Say in this test what names an ${type}.`);
    return Object.values(byName).map((block) => `${type} ${attributes.map((name) => block[name]).join('/')}`);
  });
}

function physicalNames(parts: DeploymentParts): string[] {
  const { lake, ingest } = synthesizeDeployment({
    ...parts,
    environment: { encryption: 'KMS', ...parts.environment },
  });
  return [...namesOf(lake), ...namesOf(ingest)];
}

function longestName(type: string): number {
  if (type === 'aws_s3_bucket') return 63;
  if (/role|function/.test(type)) return 64;
  return /sqs|sfn/.test(type) ? 80 : 128;
}

const states = ({ terraform }: Terraform) => JSON.stringify(terraform.backend);

describe('physical names', () => {
  it('are shared by no two environments of one account', () => {
    const deployments = [
      physicalNames({ name: 'dev' }),
      physicalNames({ name: 'prod' }),
      physicalNames({ name: 'dev', environment: { name: 'weather-eu' } }),
      physicalNames({ name: 'eu', environment: { name: 'weather' } }),
      physicalNames({ name: 'a', environment: { name: 'weather-eu-dev' } }),
    ].flat();

    expect(deployments.filter((name, index) => deployments.indexOf(name) !== index)).toEqual([]);
  });

  it.each(['direct', 'orchestrated'])('of the longest file are as long as AWS allows, %s', (mode) => {
    const longest = { name: 'twelveletter', environment: { name: 'sixteen-letters1', mode } };
    const account = '123456789012';

    const names = physicalNames(longest).map((name) => name.replace(/\$\{[^}]+\}/g, account));

    const tooLong = names.filter((name) => {
      const [type, text] = name.split(' ') as [string, string];
      return text.length > longestName(type);
    });
    expect(tooLong).toEqual([]);
  });

  it('of the states are shared by no two stacks', () => {
    const state = { backend: 's3', bucket: 'my-state', region: 'eu-central-1' };
    const stacks = ['dev', 'prod'].flatMap((name) =>
      [{}, { state }].flatMap((environment) => Object.values(synthesizeDeployment({ name, environment }))),
    );

    expect(new Set(stacks.map(states)).size).toBe(stacks.length);
  });
});
