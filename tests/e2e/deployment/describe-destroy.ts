import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { callAccount, callQuery } from '../account/account-api';
import { Terraform } from '../account/terraform';
import type { Deployment } from './deployment';

/** The end: what is protected stays, what is not leaves nothing. */
export function describeDestroy(deployment: Deployment): void {
  it('of a protected environment is refused before anything is gone', async () => {
    const root = join(deployment.root, 'protected');
    mkdirSync(root);
    await deployment.synthesize(root, true);
    const state = 'terraform.weather-lake-prod.tfstate';
    copyFileSync(join(deployment.root, state), join(root, state));
    const lake = new Terraform(join(root, 'cdktf.out/stacks/weather-lake-prod'), deployment.account.endpoint);
    await lake.init();

    const { code, errors } = await lake.planDestroy();

    expect(code).not.toBe(0);
    expect(errors).toContain('Instance cannot be destroyed');
    expect(errors).toMatch(/aws_s3_bucket\.Processed_Bucket/);
    expect(errors).toMatch(/aws_s3_bucket\.Raw_Bucket/);
    expect(errors).toMatch(/aws_kms_key\./);
  });

  it('of one that is not leaves nothing, full buckets included', async () => {
    await deployment.destroy();

    for (const { lake, ingest } of deployment.environments) {
      expect([await lake.resources(), await ingest.resources()]).toEqual([[], []]);
    }
    expect(await leftovers()).toEqual({
      buckets: [],
      functions: [],
      log_groups: [],
      queues: [],
      alarms: [],
      dashboards: [],
      topics: [],
      schedule_groups: ['default'],
      databases: [],
      workgroups: ['primary'],
      roles: [],
    });
  });

  it('was asked of nothing that the account does not know', () => {
    expect(deployment.account.troubles()).not.toMatch(/NotImplemented|Traceback/);
  });

  /** Names of what the account holds. Keys that wait for their deletion are no longer counted by AWS either. */
  async function leftovers(): Promise<Record<string, string[]>> {
    const { dev } = deployment;
    const rest = async (service: string, path: string): Promise<Record<string, Named[]>> =>
      (await callAccount(dev.address, { service, path, method: 'GET' })).json() as never;
    const query = async (service: string, Action: string, Version: string, element: string) => {
      const xml = await callQuery(dev.address, service, { Action, Version });
      return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, name]) => name!);
    };
    type Named = { readonly Name?: string; readonly logGroupName?: string; readonly FunctionName?: string };
    const names = (all: readonly Named[] = []) =>
      all.map(({ Name, logGroupName, FunctionName }) => (Name ?? logGroupName ?? FunctionName)!);
    const { Buckets } = await deployment.client.send(new ListBucketsCommand({}));
    const logs = await dev.call<{ logGroups: Named[] }>('logs', 'Logs_20140328.DescribeLogGroups', {});
    const glue = await dev.call<{ DatabaseList: Named[] }>('glue', 'AWSGlue.GetDatabases', {});
    const athena = await dev.call<{ WorkGroups: Named[] }>('athena', 'AmazonAthena.ListWorkGroups', {});
    const queues = await dev.call<{ QueueUrls?: string[] }>('sqs', 'AmazonSQS.ListQueues', {});
    return {
      buckets: names(Buckets as Named[]),
      functions: names((await rest('lambda', '/2015-03-31/functions/')).Functions),
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
}
