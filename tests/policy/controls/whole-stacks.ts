import { type Control, type Resource, WHOLE_STACK } from './control';
import { allowing, list, mayDo, policy } from './statements';

const TAGS = ['Project', 'Environment', 'ManagedBy'];
/** Attributes by which AWS tells resources of one account apart. */
const NAMES = ['name', 'function_name', 'alarm_name', 'dashboard_name', 'bucket'];
/** Resources whose names are the account's own, so that two environments could meet. */
const NAMED = [
  'aws_iam_role',
  'aws_sqs_queue',
  'aws_sns_topic',
  'aws_lambda_function',
  'aws_sfn_state_machine',
  'aws_cloudwatch_metric_alarm',
  'aws_cloudwatch_dashboard',
  'aws_cloudwatch_log_group',
  'aws_scheduler_schedule_group',
  'aws_s3_bucket',
  'aws_athena_workgroup',
  'aws_glue_catalog_database',
  'aws_kms_alias',
];
const wholeStacks = { types: [WHOLE_STACK] };
const text = (value: unknown) => JSON.stringify(value ?? null);
const breaking = (config: Readonly<Record<string, unknown>>) => ({ type: WHOLE_STACK, config });
const environmentOf = ({ stack }: Resource) => stack.split('-').at(-1)!;
const ofEnvironment = ({ stack }: Resource) => stack !== 'weather-bootstrap';

interface Terraform {
  readonly backend: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required_providers: { readonly aws: { readonly version: string } };
}

export const WHOLE_STACK_CONTROLS: readonly Control[] = [
  {
    types: ['aws_athena_workgroup'],
    ids: ['CKV_AWS_159', 'CKV_AWS_82', 'AWS-0006', 'AWS-0007', 'Athena.4'],
    rule: 'queries are encrypted, limited and counted, whatever the client asks for',
    holds: ({ config }) => {
      const settings = config.configuration as Readonly<Record<string, unknown>>;
      return (
        settings.enforce_workgroup_configuration === true &&
        settings.publish_cloudwatch_metrics_enabled === true &&
        Number(settings.bytes_scanned_cutoff_per_query) > 0 &&
        /"encryption_option":"SSE_(S3|KMS)"/.test(text(settings.result_configuration))
      );
    },
    breaks: {
      type: 'aws_athena_workgroup',
      config: { configuration: { enforce_workgroup_configuration: false } },
    },
  },
  {
    types: ['aws_glue_catalog_database'],
    ids: ['CKV_AWS_94', 'catalogue-key'],
    rule: "the catalogue is under the project's key",
    holds: ({ stack }, stacks) => 'aws_glue_data_catalog_encryption_settings' in stacks.get(stack)!.resource,
    breaks: { type: 'aws_glue_catalog_database', config: {} },
  },
  {
    ...wholeStacks,
    ids: ['CKV_AWS_195', 'GL1', 'GL3', 'Glue.4'],
    rule: 'no job or crawler of Glue runs unguarded: there is none',
    holds: ({ config }) =>
      Object.keys(config.resource as object).every((type) => !/^aws_glue_(job|crawler)/.test(type)),
    breaks: breaking({ resource: { aws_glue_crawler: { Crawler: {} } } }),
  },
  {
    ...wholeStacks,
    ids: ['CKV_AWS_149', 'AWS-0098', 'CKV2_AWS_57', 'CKV_AWS_304', 'SecretsManager.1', 'SMG4', 'CKV_AWS_337'],
    rule: 'no secret lies in a stack, nor in its state: whoever owns the API key encrypts and rotates it',
    holds: ({ config }) =>
      Object.keys({ ...(config.resource as object), ...((config.data ?? {}) as object) }).every(
        (type) => !/^aws_(secretsmanager|ssm_parameter)/.test(type),
      ),
    breaks: breaking({ data: { aws_secretsmanager_secret_version: { Key: {} } } }),
  },
  {
    types: ['aws_s3_bucket'],
    ids: ['destroy-protection'],
    rule: 'a bucket is locked twice against being destroyed, or not at all; in prod and bootstrap it is',
    holds: (bucket) => {
      const { prevent_destroy } = (bucket.config.lifecycle ?? {}) as { readonly prevent_destroy?: boolean };
      const mustStay = ['prod', 'bootstrap'].includes(environmentOf(bucket));
      return prevent_destroy === !bucket.config.force_destroy && (prevent_destroy || !mustStay);
    },
    breaks: { type: 'aws_s3_bucket', config: { force_destroy: true } },
  },
  {
    types: ['aws_iam_role_policy'],
    concerns: ({ stack }) => stack.startsWith('weather-ingest-'),
    ids: ['own-prefix'],
    rule: 'a role reads and writes objects by prefix only, each of the pipeline or of a date and with its name, and lists by prefix',
    holds: (resource) =>
      allowing(resource).every((statement) => {
        const prefixes = list(statement.Condition?.StringLike?.['s3:prefix'] as string[]);
        if (mayDo(statement, ['s3:ListBucket'])) return prefixes.length > 0 && !prefixes.includes('*');
        if (!mayDo(statement, ['s3:PutObject', 's3:DeleteObject', 's3:GetObject'])) return true;
        return list(statement.Resource).every((arn) =>
          /arn\}\/(([a-z0-9_-]+\/)+[a-z0-9.*-]+|\*\/date=\*\/[a-z0-9-]+\.\*)$/.test(arn),
        );
      }),
    breaks: {
      type: 'aws_iam_role_policy',
      config: policy({ Action: 's3:PutObject', Resource: '${aws_s3_bucket.Raw_Bucket.arn}/*' }),
    },
  },
  {
    ...wholeStacks,
    ids: ['state-locked'],
    rule: 'the state is encrypted and locked',
    holds: ({ config }) => {
      const { s3 } = (config.terraform as Terraform).backend;
      return s3?.encrypt === true && s3?.use_lockfile === true;
    },
    breaks: breaking({ terraform: { backend: { s3: { encrypt: true } } } }),
  },
  {
    ...wholeStacks,
    ids: ['required-tags'],
    rule: 'every resource is tagged with project, environment and who manages it',
    holds: ({ config }) =>
      TAGS.every((tag) =>
        text((config.provider as Readonly<Record<string, unknown>>).aws).includes(`"${tag}":`),
      ),
    breaks: breaking({ provider: { aws: [{ default_tags: [{ tags: { Project: 'p' } }] }] } }),
  },
  {
    ...wholeStacks,
    ids: ['provider-pinned'],
    rule: 'the version of the provider is pinned',
    holds: ({ config }) =>
      /^\d+\.\d+\.\d+$/.test((config.terraform as Terraform).required_providers.aws.version),
    breaks: breaking({ terraform: { required_providers: { aws: { version: '~> 6.0' } } } }),
  },
  {
    ...wholeStacks,
    ids: ['no-open-network'],
    rule: 'nothing is open to the whole internet',
    holds: ({ config }) => !/0\.0\.0\.0\/0|::\/0/.test(text(config)),
    breaks: breaking({ output: { Open: { value: '0.0.0.0/0' } } }),
  },
  {
    types: NAMED,
    concerns: ofEnvironment,
    ids: ['names-of-environment'],
    rule: 'a name says its environment, so that two of them can share an account',
    holds: (resource) => {
      const name = String(
        NAMES.map((attribute) => resource.config[attribute]).find((value) => value !== undefined),
      );
      return new RegExp(`(^|/)[a-z0-9_-]+[-_]${environmentOf(resource)}([-_]|$)`).test(name);
    },
    breaks: { type: 'aws_iam_role', config: { name: 'ingest' } },
  },
  {
    types: ['aws_scheduler_schedule'],
    ids: ['scheduled-time'],
    rule: 'a schedule hands on its own time, in characters that Scheduler knows',
    holds: ({ config }) =>
      (config.target as { readonly input?: string }).input ===
      '{"scheduled_time":"<aws.scheduler.scheduled-time>"}',
    breaks: { type: 'aws_scheduler_schedule', config: { target: { input: '{"scheduled_time":"\\u003c"}' } } },
  },
];
