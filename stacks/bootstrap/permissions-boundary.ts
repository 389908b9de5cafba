import { SECRET_CONTEXT } from '../../modules/bundled-function/bundled-function';
import type { DeploymentAccount } from '../../modules/deployment-account/deployment-account';
import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { LOG_DELIVERY, TRACING } from '../../modules/state-machine/state-machine';
import { PROJECT } from '../aws-terraform';
import type { OwnedResources } from './owned-resources';

/** The most that a role of a function or schedule may ever do, whatever its own policy says. */
export function boundaryStatements(
  account: DeploymentAccount,
  owned: readonly OwnedResources[],
): PolicyStatement[] {
  const all = (read: (resources: OwnedResources) => readonly string[]) => owned.flatMap(read);
  const buckets = all(({ buckets }) => buckets);
  return [
    allow(
      'Objects',
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      buckets.map((arn) => `${arn}/*`),
    ),
    allow('Keys', ['s3:ListBucket'], buckets),
    allow(
      'Logs',
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      all(({ logGroups }) => logGroups),
    ),
    allow(
      'Messages',
      [
        'sqs:SendMessage',
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
      ],
      all(({ queues }) => queues),
    ),
    allow(
      'Runs',
      ['states:StartExecution', 'states:SendTaskSuccess', 'states:SendTaskFailure'],
      all(({ stateMachines }) => stateMachines),
    ),
    allow(
      'Executions',
      ['states:DescribeExecution', 'states:StopExecution'],
      all(({ executions }) => executions),
    ),
    allow(
      'Functions',
      ['lambda:InvokeFunction'],
      all(({ functions }) => functions),
    ),
    allow('ApiKey', ['secretsmanager:GetSecretValue'], [account.arn('secretsmanager', 'secret:*')]),
    allow('Traces', TRACING, ['*']),
    allow('LogDelivery', LOG_DELIVERY, ['*']),
    {
      ...allow('Encryption', ['kms:Decrypt', 'kms:GenerateDataKey'], [account.arn('kms', 'key/*')]),
      Condition: { StringEquals: { 'aws:ResourceTag/Project': PROJECT } },
    },
    // The key of a secret is its owner's, and bears no tag of the project.
    {
      ...allow('ApiKeyEncryption', ['kms:Decrypt'], [account.arn('kms', 'key/*')]),
      Condition: { StringLike: { [SECRET_CONTEXT]: account.arn('secretsmanager', 'secret:*') } },
    },
  ];
}

export function allow(Sid: string, Action: readonly string[], Resource: readonly string[]): PolicyStatement {
  return { Sid, Effect: 'Allow', Action, Resource };
}
