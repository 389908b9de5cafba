import type { DeploymentAccount } from '../../modules/deployment-account/deployment-account';
import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { PROJECT } from '../aws-terraform';
import { deliveryStatement, deliveryTags, READ_DELIVERIES } from './delivery-permissions';
import type { OwnedResources } from './owned-resources';
import { allow } from './permissions-boundary';

/** What Terraform reads of the environments to tell what a deploy would change. No object of data, no secret. */
export function readStatements(
  account: DeploymentAccount,
  owned: readonly OwnedResources[],
): PolicyStatement[] {
  const all = (read: (resources: OwnedResources) => readonly string[]) => owned.flatMap(read);
  const buckets = all((resources) => resources.buckets);
  return [
    allow('ReadBuckets', ['s3:GetBucket*', 's3:Get*Configuration', 's3:ListBucket'], buckets),
    allow(
      'ReadPipelines',
      ['s3:GetObject', 's3:GetObjectTagging'],
      buckets.map((arn) => `${arn}/config/*`),
    ),
    allow(
      'ReadRoles',
      ['iam:GetRole', 'iam:GetRolePolicy', 'iam:List*'],
      all(({ roles }) => roles),
    ),
    allow(
      'ReadFunctions',
      ['lambda:Get*', 'lambda:List*'],
      all(({ functions }) => functions),
    ),
    deliveryStatement(account, READ_DELIVERIES, owned),
    deliveryTags('ReadDeliveryTags', account, ['lambda:ListTags']),
    allow(
      'ReadLogGroups',
      ['logs:ListTagsForResource'],
      all(({ logGroups }) => logGroups),
    ),
    allow(
      'ReadStateMachines',
      ['states:DescribeStateMachine', 'states:List*'],
      all(({ stateMachines }) => stateMachines),
    ),
    allow(
      'ReadQueues',
      ['sqs:Get*', 'sqs:ListQueueTags'],
      all(({ queues }) => queues),
    ),
    allow(
      'ReadTopics',
      ['sns:Get*', 'sns:List*'],
      all(({ topics }) => topics),
    ),
    allow(
      'ReadAlarms',
      ['cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource'],
      all(({ alarms }) => alarms),
    ),
    allow(
      'ReadDashboards',
      ['cloudwatch:GetDashboard'],
      all(({ dashboards }) => dashboards),
    ),
    allow(
      'ReadSchedules',
      ['scheduler:Get*', 'scheduler:ListTagsForResource'],
      all(({ schedules }) => schedules),
    ),
    allow(
      'ReadCatalogue',
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitionIndexes', 'glue:GetTags'],
      all(({ catalogue }) => catalogue),
    ),
    allow(
      'ReadWorkgroups',
      ['athena:GetWorkGroup', 'athena:ListTagsForResource'],
      all(({ workgroups }) => workgroups),
    ),
    {
      ...allow(
        'ReadKeys',
        ['kms:DescribeKey', 'kms:Get*', 'kms:ListResourceTags', 'kms:Decrypt'],
        [account.arn('kms', 'key/*')],
      ),
      Condition: { StringEquals: { 'aws:ResourceTag/Project': PROJECT } },
    },
    // These take no resource.
    allow(
      'FindByName',
      ['logs:DescribeLogGroups', 'kms:ListAliases', 'states:ValidateStateMachineDefinition'],
      ['*'],
    ),
  ];
}
