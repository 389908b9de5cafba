import type { DeploymentAccount } from '../../modules/deployment-account/deployment-account';
import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { deliveryTags, writeDeliveries } from './delivery-permissions';
import type { OwnedResources } from './owned-resources';
import { allow } from './permissions-boundary';

/** What a deploy changes of a lake: no object of data. */
export function lakeStatements(owned: OwnedResources): PolicyStatement[] {
  const objects = owned.buckets.map((arn) => `${arn}/config/*`);
  return [
    allow(
      'WriteBuckets',
      [
        's3:CreateBucket',
        's3:PutBucket*',
        's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
        's3:DeleteBucketPolicy',
        's3:ListBucketVersions',
        's3:TagResource',
        's3:UntagResource',
      ],
      owned.buckets,
    ),
    // The object bears the tags of every resource. Of one that is renamed, Terraform removes every version.
    allow(
      'WritePipelines',
      ['s3:PutObject', 's3:PutObjectTagging', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      objects,
    ),
    allow(
      'WriteTopics',
      [
        'sns:CreateTopic',
        'sns:DeleteTopic',
        'sns:SetTopicAttributes',
        'sns:Subscribe',
        'sns:TagResource',
        'sns:UntagResource',
      ],
      owned.topics,
    ),
    // These take no resource. A subscription is known by its ARN alone, which ends with an id that nobody guesses.
    allow('WriteSubscriptions', ['sns:Unsubscribe', 'sns:SetSubscriptionAttributes'], ['*']),
    allow(
      'WriteCatalogue',
      [
        'glue:CreateDatabase',
        'glue:UpdateDatabase',
        'glue:DeleteDatabase',
        'glue:CreateTable',
        'glue:UpdateTable',
        'glue:DeleteTable',
        'glue:TagResource',
        'glue:UntagResource',
      ],
      [...owned.catalogue, ...owned.catalogueFunctions],
    ),
    allow(
      'WriteWorkgroups',
      [
        'athena:CreateWorkGroup',
        'athena:UpdateWorkGroup',
        'athena:DeleteWorkGroup',
        'athena:TagResource',
        'athena:UntagResource',
      ],
      owned.workgroups,
    ),
  ];
}

/** What a deploy changes of what fills a lake, roles aside. */
export function ingestStatements(account: DeploymentAccount, owned: OwnedResources): PolicyStatement[] {
  return [
    ...writeDeliveries(account, owned),
    deliveryTags('TagDeliveries', account, ['lambda:TagResource', 'lambda:UntagResource']),
    allow(
      'WriteFunctions',
      [
        'lambda:CreateFunction',
        'lambda:DeleteFunction',
        'lambda:UpdateFunction*',
        'lambda:PutFunction*',
        'lambda:DeleteFunction*',
        'lambda:TagResource',
        'lambda:UntagResource',
      ],
      owned.functions,
    ),
    allow(
      'WriteLogGroups',
      [
        'logs:CreateLogGroup',
        'logs:DeleteLogGroup',
        'logs:PutRetentionPolicy',
        'logs:AssociateKmsKey',
        'logs:DisassociateKmsKey',
        'logs:TagResource',
        'logs:UntagResource',
      ],
      owned.logGroups,
    ),
    allow(
      'WriteStateMachines',
      [
        'states:CreateStateMachine',
        'states:UpdateStateMachine',
        'states:DeleteStateMachine',
        'states:TagResource',
        'states:UntagResource',
      ],
      owned.stateMachines,
    ),
    allow(
      'WriteQueues',
      ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes', 'sqs:TagQueue', 'sqs:UntagQueue'],
      owned.queues,
    ),
    allow(
      'WriteAlarms',
      [
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:DeleteAlarms',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
      ],
      owned.alarms,
    ),
    allow('WriteDashboards', ['cloudwatch:PutDashboard', 'cloudwatch:DeleteDashboards'], owned.dashboards),
    allow(
      'WriteSchedules',
      [
        'scheduler:CreateSchedule',
        'scheduler:UpdateSchedule',
        'scheduler:DeleteSchedule',
        'scheduler:CreateScheduleGroup',
        'scheduler:DeleteScheduleGroup',
        'scheduler:TagResource',
        'scheduler:UntagResource',
      ],
      owned.schedules,
    ),
  ];
}
