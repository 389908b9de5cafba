import type { Stacks } from '../../../scripts/policies/synthesized-stacks';
import { type Control, type Resource, WHOLE_STACK } from './control';
import { allowing, IDENTITY_POLICIES, isAnybody, list, mayDo, policy } from './statements';

const logGroups = { types: ['aws_cloudwatch_log_group'] };
const keys = { types: ['aws_kms_key'] };
const YEAR = 365;
const breaking = (type: string, config: Readonly<Record<string, unknown>> | null) => ({ type, config });

export const OPERATIONS_CONTROLS: readonly Control[] = [
  {
    types: ['aws_scheduler_schedule'],
    ids: ['CKV_AWS_297'],
    rule: "a schedule is under the project's key",
    holds: ({ config }) => config.kms_key_arn !== undefined,
    breaks: breaking('aws_scheduler_schedule', { kms_key_arn: undefined }),
  },
  {
    types: ['aws_scheduler_schedule'],
    ids: ['schedule-dead-letters'],
    rule: 'an event that a schedule cannot hand over goes to a queue after bounded tries',
    holds: ({ config }) => {
      const { dead_letter_config, retry_policy } = config.target as Readonly<Record<string, unknown>>;
      return dead_letter_config !== undefined && retry_policy !== undefined;
    },
    breaks: breaking('aws_scheduler_schedule', { target: {} }),
  },
  {
    types: [WHOLE_STACK],
    ids: ['EVB1', 'EventBridge.3'],
    rule: 'no event bus is opened to others: there is none beside the default one',
    holds: ({ config }) =>
      Object.keys(config.resource as object).every(
        (type) => !/^aws_cloudwatch_event_(bus|permission)/.test(type),
      ),
    breaks: { type: WHOLE_STACK, config: { resource: { aws_cloudwatch_event_bus: { Open: {} } } } },
  },
  {
    ...logGroups,
    ids: ['CKV_AWS_66'],
    rule: 'logs are kept for a time that is set',
    holds: ({ config }) => Number(config.retention_in_days) > 0,
    breaks: breaking('aws_cloudwatch_log_group', { retention_in_days: undefined }),
  },
  {
    types: ['aws_lambda_function'],
    ids: ['log-group-of-its-own'],
    rule: 'a function has its log group before it runs, and may not make one itself',
    holds: ({ config, stack }, stacks) => {
      const json = stacks.get(stack)!;
      const groups = Object.values(json.resource.aws_cloudwatch_log_group ?? {});
      const policies = Object.values(json.resource.aws_iam_role_policy ?? {});
      return (
        groups.some(({ name }) => name === `/aws/lambda/${config.function_name}`) &&
        policies.every((one) =>
          allowing({ config: one }).every((statement) => !mayDo(statement, ['logs:CreateLogGroup'])),
        )
      );
    },
    breaks: breaking('aws_iam_role_policy', policy({ Action: 'logs:*' })),
  },
  {
    ...logGroups,
    ids: ['CKV_AWS_338'],
    rule: 'logs are kept for a year',
    holds: ({ config }) => Number(config.retention_in_days) >= YEAR,
    breaks: breaking('aws_cloudwatch_log_group', { retention_in_days: YEAR - 1 }),
  },
  {
    ...logGroups,
    ids: ['CKV_AWS_158', 'AWS-0017'],
    rule: "logs are under the project's key",
    holds: ({ config }) => config.kms_key_id !== undefined,
    breaks: breaking('aws_cloudwatch_log_group', { kms_key_id: undefined }),
  },
  {
    types: ['aws_cloudwatch_metric_alarm'],
    ids: ['CKV_AWS_319'],
    rule: 'an alarm tells somebody when it rises and when it is over',
    holds: ({ config }) =>
      config.actions_enabled === true &&
      [config.alarm_actions, config.ok_actions].every((actions) => list(actions as string[]).length === 1),
    breaks: breaking('aws_cloudwatch_metric_alarm', { actions_enabled: false }),
  },
  {
    ...keys,
    ids: ['CKV_AWS_7', 'AWS-0065', 'KMS5'],
    rule: 'a key is rotated',
    holds: ({ config }) => config.enable_key_rotation === true,
    breaks: breaking('aws_kms_key', { enable_key_rotation: false }),
  },
  {
    ...keys,
    ids: ['CKV_AWS_33', 'KMS.5', 'CKV2_AWS_64'],
    rule: 'a key names who may use it, and services only for this account',
    holds: (key) =>
      allowing(key).length > 0 &&
      allowing(key).every(
        ({ Principal, Condition }) =>
          !isAnybody(Principal) &&
          (!JSON.stringify(Principal).includes('Service') ||
            JSON.stringify(Condition ?? {}).includes('account_id')),
      ),
    breaks: breaking('aws_kms_key', policy({ Principal: { Service: 'cloudwatch.amazonaws.com' } })),
  },
  {
    types: IDENTITY_POLICIES,
    ids: ['KMS.1', 'KMS.2'],
    rule: 'nobody may decrypt with every key',
    holds: (resource) =>
      allowing(resource).every(
        (statement) =>
          !mayDo(statement, ['kms:Decrypt', 'kms:ReEncryptFrom']) ||
          list(statement.Resource).every((arn) => !/(^|\/)\*$/.test(arn)),
      ),
    breaks: breaking(
      'aws_iam_role_policy',
      policy({ Action: 'kms:Decrypt', Resource: 'arn:aws:kms:::key/*' }),
    ),
  },
  {
    types: ['aws_lambda_function'],
    ids: ['alarms-of-functions'],
    rule: 'a function has alarms for errors, throttles and time',
    holds: (lambda, stacks) => {
      const metrics = alarmedMetrics(lambda, stacks);
      return ['Errors', 'Throttles', 'Duration'].every((name) => metrics.includes(name));
    },
    breaks: breaking('aws_cloudwatch_metric_alarm', { metric_name: 'Errors' }),
  },
  {
    types: ['aws_lambda_function'],
    ids: ['alarm-of-lost-failures'],
    rule: 'a function that a schedule calls has an alarm for failures that reach no queue',
    holds: (lambda, stacks) =>
      !isScheduled(lambda, stacks) || alarmedMetrics(lambda, stacks).includes('DestinationDeliveryFailures'),
    breaks: breaking('aws_cloudwatch_metric_alarm', { metric_name: 'Errors' }),
  },
  {
    types: ['aws_sqs_queue'],
    concerns: ({ config }) => config.redrive_policy === undefined,
    ids: ['alarm-of-dead-letters'],
    rule: 'a dead-letter queue has an alarm for the first letter',
    holds: ({ config, stack }, stacks) =>
      Object.values(stacks.get(stack)!.resource.aws_cloudwatch_metric_alarm ?? {}).some(
        ({ metric_name, threshold, dimensions }) =>
          metric_name === 'ApproximateNumberOfMessagesVisible' &&
          threshold === 1 &&
          (dimensions as Record<string, string> | undefined)?.QueueName === config.name,
      ),
    breaks: breaking('aws_cloudwatch_metric_alarm', { threshold: 2 }),
  },
  {
    types: [WHOLE_STACK],
    concerns: ({ stack }) => stack.startsWith('weather-ingest-'),
    ids: ['alarm-of-freshness'],
    rule: 'silence about freshness is an alarm',
    holds: ({ stack }, stacks) =>
      Object.values(stacks.get(stack)!.resource.aws_cloudwatch_metric_alarm ?? {}).some(
        ({ metric_name, treat_missing_data }) =>
          metric_name === 'DaysOverdue' && treat_missing_data === 'breaching',
      ),
    breaks: breaking('aws_cloudwatch_metric_alarm', { treat_missing_data: 'missing' }),
  },
];

/** Metrics of a function that an alarm watches. */
function alarmedMetrics({ config, stack }: Resource, stacks: Stacks): readonly unknown[] {
  return Object.values(stacks.get(stack)!.resource.aws_cloudwatch_metric_alarm ?? {})
    .filter(
      ({ dimensions }) =>
        (dimensions as Record<string, string> | undefined)?.FunctionName === config.function_name,
    )
    .map(({ metric_name }) => metric_name);
}

/** Lambda keeps and retries what a schedule hands over, so that it can be lost; a state machine waits for the answer. */
function isScheduled({ name, stack }: Resource, stacks: Stacks): boolean {
  const schedules = Object.values(stacks.get(stack)!.resource.aws_scheduler_schedule ?? {});
  return schedules.some(({ target }) => JSON.stringify(target).includes(`aws_lambda_function.${name}.arn`));
}
