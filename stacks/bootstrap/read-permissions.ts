import type { DeploymentAccount } from '../../modules/deployment-account/deployment-account';
import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { deliveryTags, readDeliveries } from './delivery-permissions';
import type { OwnedResources } from './owned-resources';
import { allow } from './permissions-boundary';

/** Buckets are tagged through S3 Control, whose calls have actions of their own. */
const READ_BUCKETS = [
  's3:GetBucket*',
  's3:GetAccelerateConfiguration',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetReplicationConfiguration',
  's3:ListBucket',
  's3:ListTagsForResource',
];
const READ_ROLES = [
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListRolePolicies',
  'iam:ListAttachedRolePolicies',
  'iam:ListInstanceProfilesForRole',
  'iam:ListRoleTags',
];
const READ_STATE_MACHINES = [
  'states:DescribeStateMachine',
  'states:ListStateMachineVersions',
  'states:ListTagsForResource',
];
const READ_TOPICS = ['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:ListTagsForResource'];

/** What Terraform reads of an environment to tell what a deploy would change. No object of data, no secret. */
export function readStatements(account: DeploymentAccount, owned: OwnedResources): PolicyStatement[] {
  return [
    allow('ReadBuckets', READ_BUCKETS, owned.buckets),
    allow(
      'ReadPipelines',
      ['s3:GetObject', 's3:GetObjectTagging'],
      owned.buckets.map((arn) => `${arn}/config/*`),
    ),
    allow('ReadRoles', READ_ROLES, owned.roles),
    allow(
      'ReadFunctions',
      ['lambda:GetFunction*', 'lambda:ListVersionsByFunction', 'lambda:ListTags'],
      owned.functions,
    ),
    readDeliveries(account, owned),
    deliveryTags('ReadDeliveryTags', account, ['lambda:ListTags']),
    allow('ReadLogGroups', ['logs:ListTagsForResource'], owned.logGroups),
    allow('ReadStateMachines', READ_STATE_MACHINES, owned.stateMachines),
    allow('ReadQueues', ['sqs:Get*', 'sqs:ListQueueTags'], owned.queues),
    allow('ReadTopics', READ_TOPICS, owned.topics),
    allow('ReadAlarms', ['cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource'], owned.alarms),
    allow('ReadDashboards', ['cloudwatch:GetDashboard'], owned.dashboards),
    allow('ReadSchedules', ['scheduler:Get*', 'scheduler:ListTagsForResource'], owned.schedules),
    allow(
      'ReadCatalogue',
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitionIndexes', 'glue:GetTags'],
      owned.catalogue,
    ),
    allow('ReadWorkgroups', ['athena:GetWorkGroup', 'athena:ListTagsForResource'], owned.workgroups),
    // These take no resource.
    allow(
      'FindByName',
      ['logs:DescribeLogGroups', 'states:ValidateStateMachineDefinition', 'sns:GetSubscriptionAttributes'],
      ['*'],
    ),
  ];
}
