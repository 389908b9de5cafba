import { ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';
import { type AccountAddress, callAccount, callQuery, callTarget } from './account-api';

/** What an account has of its own. */
export const EMPTY_ACCOUNT = {
  buckets: [],
  functions: [],
  deliveries: [],
  state_machines: [],
  log_groups: [],
  queues: [],
  alarms: [],
  dashboards: [],
  topics: [],
  schedule_groups: ['default'],
  databases: [],
  workgroups: ['primary'],
  roles: [],
};

interface Named {
  readonly Name?: string;
  readonly name?: string;
  readonly logGroupName?: string;
  readonly FunctionName?: string;
  readonly UUID?: string;
}

/** Names of what the account holds. Keys that wait for their deletion are no longer counted by AWS either. */
export async function accountContents(
  address: AccountAddress,
  client: S3Client,
): Promise<Record<keyof typeof EMPTY_ACCOUNT, string[]>> {
  const rest = async (service: string, path: string): Promise<Record<string, Named[]>> =>
    (await callAccount(address, { service, path, method: 'GET' })).json() as never;
  const target = <T>(service: string, action: string) => callTarget<T>(address, service, action, {});
  const query = async (service: string, Action: string, Version: string, element: string) => {
    const xml = await callQuery(address, service, { Action, Version });
    return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, name]) => name!);
  };
  const { Buckets } = await client.send(new ListBucketsCommand({}));
  const logs = await target<{ logGroups: Named[] }>('logs', 'Logs_20140328.DescribeLogGroups');
  const glue = await target<{ DatabaseList: Named[] }>('glue', 'AWSGlue.GetDatabases');
  const athena = await target<{ WorkGroups: Named[] }>('athena', 'AmazonAthena.ListWorkGroups');
  const queues = await target<{ QueueUrls?: string[] }>('sqs', 'AmazonSQS.ListQueues');
  const machines = await target<{ stateMachines: Named[] }>('states', 'AWSStepFunctions.ListStateMachines');
  return {
    buckets: names(Buckets as Named[]),
    functions: names((await rest('lambda', '/2015-03-31/functions/')).Functions),
    deliveries: names((await rest('lambda', '/2015-03-31/event-source-mappings/')).EventSourceMappings),
    state_machines: names(machines.stateMachines),
    log_groups: names(logs.logGroups),
    queues: queues.QueueUrls ?? [],
    alarms: await query('monitoring', 'DescribeAlarms', '2010-08-01', 'AlarmName'),
    dashboards: await query('monitoring', 'ListDashboards', '2010-08-01', 'DashboardName'),
    topics: await query('sns', 'ListTopics', '2010-03-31', 'TopicArn'),
    schedule_groups: names((await rest('scheduler', '/schedule-groups')).ScheduleGroups),
    databases: names(glue.DatabaseList),
    workgroups: names(athena.WorkGroups),
    roles: await query('iam', 'ListRoles', '2010-05-08', 'RoleName'),
  };
}

function names(all: readonly Named[] = []): string[] {
  return all.map(
    ({ Name, name, logGroupName, FunctionName, UUID }) =>
      (Name ?? name ?? logGroupName ?? FunctionName ?? UUID)!,
  );
}
