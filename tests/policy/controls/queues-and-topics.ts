import { type Control, companions, WHOLE_STACK } from './control';
import { allowing, deniesPlainText, isAnybody, list, mayDo, policy, statements } from './statements';

/** A key of a stack of the project, or one that the bootstrap made and the environment names. */
const PROJECT_KEY = /output-aws_kms_key|^\$\{aws_kms_key|^arn:aws:kms:[a-z0-9-]+:\d+:key\//;
const queues = { types: ['aws_sqs_queue'] };
const queuePolicies = { types: ['aws_sqs_queue_policy'] };
const topics = { types: ['aws_sns_topic'] };
const topicPolicies = { types: ['aws_sns_topic_policy'] };
const breaking = (type: string, config: Readonly<Record<string, unknown>> | null) => ({ type, config });

export const QUEUE_AND_TOPIC_CONTROLS: readonly Control[] = [
  {
    ...queues,
    ids: ['CKV_AWS_27', 'SQS.1', 'AWS-0096', 'SQS2'],
    rule: 'a queue encrypts',
    holds: ({ config }) => config.sqs_managed_sse_enabled === true || config.kms_master_key_id !== undefined,
    breaks: breaking('aws_sqs_queue', { sqs_managed_sse_enabled: false, kms_master_key_id: undefined }),
  },
  {
    ...queues,
    ids: ['CKV2_AWS_73', 'AWS-0135'],
    rule: "a queue encrypts with the project's key",
    holds: ({ config }) => PROJECT_KEY.test(String(config.kms_master_key_id)),
    breaks: breaking('aws_sqs_queue', { kms_master_key_id: 'alias/aws/sqs' }),
  },
  {
    ...queuePolicies,
    ids: ['CKV_AWS_168', 'CKV_AWS_387', 'SQS.3'],
    rule: 'a queue is opened to nobody by its own policy',
    holds: (resource) => allowing(resource).every(({ Principal }) => !isAnybody(Principal)),
    breaks: breaking('aws_sqs_queue_policy', policy({ Principal: '*', Action: 'sqs:SendMessage' })),
  },
  {
    ...queuePolicies,
    ids: ['CKV_AWS_72', 'AWS-0097'],
    rule: 'a policy of a queue allows named actions',
    holds: (resource) =>
      allowing(resource).every(({ Action }) => list(Action).every((action) => !action.includes('*'))),
    breaks: breaking('aws_sqs_queue_policy', policy({ Principal: { AWS: 'arn' }, Action: 'sqs:*' })),
  },
  {
    ...queuePolicies,
    ids: ['queue-senders'],
    rule: 'a queue takes messages from the roles it names, and from nobody else',
    holds: (resource) =>
      statements(resource).some(
        ({ Effect, Action, Principal, Condition }) =>
          Effect === 'Deny' &&
          Principal === '*' &&
          list(Action).includes('sqs:SendMessage') &&
          list(Condition?.ArnNotEquals?.['aws:PrincipalArn'] as string[]).length > 0 &&
          list(Condition?.ArnNotEquals?.['aws:PrincipalArn'] as string[]).every((arn) => !arn.includes('*')),
      ),
    breaks: breaking(
      'aws_sqs_queue_policy',
      policy({
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:SendMessage',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['*'] } },
      }),
    ),
  },
  {
    ...queues,
    ids: ['SQS3'],
    rule: 'a queue has a dead-letter queue or is one',
    holds: ({ config, name }, stacks) =>
      config.redrive_policy !== undefined ||
      [...stacks.values()].some(({ resource }) =>
        JSON.stringify([
          resource.aws_scheduler_schedule,
          resource.aws_lambda_function_event_invoke_config,
          Object.values(resource.aws_sqs_queue ?? {}).map(({ redrive_policy }) => redrive_policy),
        ]).includes(`aws_sqs_queue.${name}.arn`),
      ),
    breaks: { type: WHOLE_STACK, config: { resource: { aws_sqs_queue: { Lonely: {} } } } },
  },
  {
    ...queues,
    ids: ['SQS4'],
    rule: 'a queue is served over TLS only',
    holds: (queue, stacks) =>
      companions(queue, stacks, 'aws_sqs_queue_policy', 'queue_url').some((config) =>
        statements({ config }).some((one) => deniesPlainText(one) && one.Action === 'sqs:*'),
      ),
    breaks: breaking('aws_sqs_queue_policy', policy({ Effect: 'Deny', Principal: '*', Action: 'sqs:*' })),
  },
  {
    ...topics,
    ids: ['CKV_AWS_26', 'SNS.1', 'AWS-0095', 'AWS-0136'],
    rule: "a topic encrypts with the project's key",
    holds: ({ config }) => PROJECT_KEY.test(String(config.kms_master_key_id)),
    breaks: breaking('aws_sns_topic', { kms_master_key_id: 'alias/aws/sns' }),
  },
  {
    ...topicPolicies,
    ids: ['CKV_AWS_169', 'SNS.4', 'CKV_AWS_385'],
    rule: 'a topic is opened to services of AWS acting for this account, and only to publish',
    holds: (resource) =>
      allowing(resource).every(
        ({ Principal, Action, Condition }) =>
          !isAnybody(Principal) &&
          Action === 'sns:Publish' &&
          Condition?.StringEquals?.['aws:SourceAccount'] !== undefined,
      ),
    breaks: breaking('aws_sns_topic_policy', policy({ Principal: { AWS: '*' }, Action: 'sns:Publish' })),
  },
  {
    ...topicPolicies,
    ids: ['alarms-may-publish'],
    rule: 'a topic takes what alarms publish',
    holds: (resource) =>
      allowing(resource).some(
        (statement) =>
          JSON.stringify(statement.Principal).includes('cloudwatch.amazonaws.com') &&
          mayDo(statement, ['sns:Publish']),
      ),
    breaks: breaking('aws_sns_topic_policy', policy({ Principal: { Service: 'events.amazonaws.com' } })),
  },
  {
    ...topics,
    ids: ['SNS3'],
    rule: 'a topic takes what is published over TLS only',
    holds: (topic, stacks) =>
      companions(topic, stacks, 'aws_sns_topic_policy', 'arn').some((config) =>
        statements({ config }).some((one) => deniesPlainText(one) && mayDo(one, ['sns:Publish'])),
      ),
    breaks: breaking(
      'aws_sns_topic_policy',
      policy({ Effect: 'Deny', Principal: '*', Action: 'sns:Publish' }),
    ),
  },
  {
    ...topics,
    ids: ['SNS.2'],
    rule: 'a topic writes down whether its messages arrived',
    holds: ({ config }) => Object.keys(config).some((name) => name.endsWith('_feedback_role_arn')),
    breaks: breaking('aws_sns_topic', {}),
  },
  {
    ...topics,
    ids: ['topic-has-subscriber'],
    rule: 'a topic has a subscriber',
    holds: (topic, stacks) =>
      companions(topic, stacks, 'aws_sns_topic_subscription', 'topic_arn').some(
        ({ protocol, for_each }) => protocol === 'email' && String(for_each).includes('@'),
      ),
    breaks: breaking('aws_sns_topic_subscription', { for_each: '${toset([])}' }),
  },
];
