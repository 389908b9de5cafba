import type { BootstrapEnvironment } from '../../core/environment/bootstrap-schema';
import { SECRET_CONTEXT } from '../../modules/bundled-function/bundled-function';
import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { LOG_DELIVERY, TASK_ENDS, TRACING } from '../../modules/state-machine/state-machine';
import type { OwnedResources } from './owned-resources';

/** The most that a role of an environment's functions and schedules may ever do, whatever its own policy says. */
export function boundaryStatements(
  owned: OwnedResources,
  environment: BootstrapEnvironment,
  keyArn: string | undefined,
): PolicyStatement[] {
  return [
    allow(
      'Objects',
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      owned.buckets.map((arn) => `${arn}/*`),
    ),
    allow('Keys', ['s3:ListBucket'], owned.buckets),
    allow('Logs', ['logs:CreateLogStream', 'logs:PutLogEvents'], owned.logGroups),
    allow(
      'Messages',
      [
        'sqs:SendMessage',
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
      ],
      owned.queues,
    ),
    allow('Runs', ['states:StartExecution'], owned.stateMachines),
    allow('TaskEnds', TASK_ENDS, ['*']),
    allow('Executions', ['states:DescribeExecution', 'states:StopExecution'], owned.executions),
    allow('Functions', ['lambda:InvokeFunction'], owned.functions),
    allow('Traces', TRACING, ['*']),
    allow('LogDelivery', LOG_DELIVERY, ['*']),
    ...secretStatements(environment),
    ...(keyArn === undefined ? [] : [allow('Encryption', ['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn])]),
  ];
}

function secretStatements({
  api_key_secret_arn: secret,
  api_key_secret_kms_key_arn: key,
}: BootstrapEnvironment): PolicyStatement[] {
  if (secret === undefined) return [];
  const read = allow('ApiKey', ['secretsmanager:GetSecretValue'], [secret]);
  if (key === undefined) return [read];
  const decrypt = allow('ApiKeyEncryption', ['kms:Decrypt'], [key]);
  return [read, { ...decrypt, Condition: { StringEquals: { [SECRET_CONTEXT]: secret } } }];
}

export function allow(Sid: string, Action: readonly string[], Resource: readonly string[]): PolicyStatement {
  return { Sid, Effect: 'Allow', Action, Resource };
}
