import type { DeploymentAccount } from '../../modules/deployment-account/deployment-account';
import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { deliveryStatement, deliveryTags, READ_DELIVERIES } from './delivery-permissions';
import type { OwnedResources } from './owned-resources';
import { allow } from './permissions-boundary';

/** What Terraform reads of an environment to tell what a deploy would change. No object of data, no secret. */
export function readStatements(account: DeploymentAccount, owned: OwnedResources): PolicyStatement[] {
  return [
    allow('ReadBuckets', ['s3:GetBucket*', 's3:Get*Configuration', 's3:ListBucket'], owned.buckets),
    allow(
      'ReadPipelines',
      ['s3:GetObject', 's3:GetObjectTagging'],
      owned.buckets.map((arn) => `${arn}/config/*`),
    ),
    allow('ReadRoles', ['iam:GetRole', 'iam:GetRolePolicy', 'iam:List*'], owned.roles),
    allow('ReadFunctions', ['lambda:Get*', 'lambda:List*'], owned.functions),
    deliveryStatement(account, READ_DELIVERIES, owned),
    deliveryTags('ReadDeliveryTags', account, ['lambda:ListTags']),
    allow('ReadLogGroups', ['logs:ListTagsForResource'], owned.logGroups),
    allow('ReadStateMachines', ['states:DescribeStateMachine', 'states:List*'], owned.stateMachines),
    allow('ReadQueues', ['sqs:Get*', 'sqs:ListQueueTags'], owned.queues),
    allow('ReadTopics', ['sns:Get*', 'sns:List*'], owned.topics),
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
    allow('FindByName', ['logs:DescribeLogGroups', 'states:ValidateStateMachineDefinition'], ['*']),
  ];
}
