import { GetBucketPolicyCommand } from '@aws-sdk/client-s3';
import { loadPipelineFile } from '../../../adapters/filesystem/pipeline-file';
import { catalogueTables } from '../../../stacks/catalogue/catalogue-columns';
import { callQuery } from '../account/account-api';
import { ACCOUNT_ID } from '../account/simulated-account';
import { type Deployment, REGION } from './deployment';
import { PIPELINE } from './describe-scheduled-run';

const ALARMS = [
  'days-failed',
  'days-overdue',
  'dead-letters',
  'freshness-duration',
  'freshness-errors',
  'freshness-lost-failures',
  'freshness-throttles',
  'ingest-duration',
  'ingest-errors',
  'ingest-lost-failures',
  'ingest-throttles',
  'rows-quarantined',
  'schedule-dead-lettered',
  'schedule-dropped',
  'schedule-lost-letters',
  'schedule-target-errors',
];
const DESCRIPTION =
  /^What happened: .+\.\nFor readers: .+\.\nFirst step: .+\.\nRunbook: docs\/runbook\.md#[a-z-]+$/;
/** Seconds that the functions may run, and the share of them that alarms. */
const LIMITS: Readonly<Record<string, number>> = {
  'weather-dev-ingest-duration': 900_000 * 0.8,
  'weather-prod-ingest-duration': 60_000 * 0.8,
  'weather-dev-freshness-duration': 60_000 * 0.8,
  'weather-prod-freshness-duration': 60_000 * 0.8,
};

const CLOUDWATCH = 'GraniteServiceVersion20100801';

interface Alarm extends Readonly<Record<string, unknown>> {
  readonly AlarmName: string;
}

/** What an apply leaves in the account, as the account tells it. */
export function describeResources(deployment: Deployment): void {
  const dev = () => deployment.dev;
  const alarms = async () => {
    const target = `${CLOUDWATCH}.DescribeAlarms`;
    return (await dev().call<{ MetricAlarms: readonly Alarm[] }>('monitoring', target, {})).MetricAlarms;
  };

  it('a second plan changes nothing', async () => {
    for (const { lake, ingest } of deployment.environments) {
      expect([await lake.plan(), await ingest.plan()]).toEqual([[], []]);
    }
  });

  it('two environments lie beside each other in one account', () => {
    const names = (type: string, name: string) =>
      deployment.environments.map((one) => one.resources(type).map((resource) => resource[name]));

    for (const [type, name] of [
      ['aws_s3_bucket', 'bucket'],
      ['aws_lambda_function', 'function_name'],
      ['aws_iam_role', 'name'],
      ['aws_sqs_queue', 'name'],
    ] as const) {
      const [ofDev, ofProd] = names(type, name);
      expect(ofDev).toHaveLength(ofProd!.length);
      expect(new Set([...ofDev!, ...ofProd!]).size).toBe(2 * ofDev!.length);
    }
  });

  it('every alarm tells the topic when it rises and when it is over, and says what to do', async () => {
    const found = await alarms();

    const names = deployment.environments.flatMap(({ prefix }) => ALARMS.map((name) => `${prefix}-${name}`));
    expect(found.map(({ AlarmName }) => AlarmName).sort()).toEqual(names.sort());
    for (const alarm of found) {
      const prefix = alarm.AlarmName.split('-').slice(0, 2).join('-');
      const topic = `arn:aws:sns:${REGION}:${ACCOUNT_ID}:${prefix}-alerts`;
      expect(alarm).toMatchObject({
        ActionsEnabled: true,
        AlarmActions: [topic],
        OKActions: [topic],
        AlarmDescription: expect.stringMatching(DESCRIPTION),
        Threshold: LIMITS[alarm.AlarmName] ?? 1,
      });
    }
  });

  it('freshness that nobody looks at is an alarm too', async () => {
    const overdue = (await alarms()).find(({ AlarmName }) => AlarmName === 'weather-dev-days-overdue');

    expect(overdue).toMatchObject({
      Namespace: 'IngestWeather',
      MetricName: 'DaysOverdue',
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
    });
  });

  it('every address is subscribed to the alarms', async () => {
    const xml = await callQuery(dev().address, 'sns', { Action: 'ListSubscriptions', Version: '2010-03-31' });

    const subscribed = [...xml.matchAll(/<Endpoint>(.*?)<\/Endpoint><TopicArn>.*?([^:]*)<\/TopicArn>/g)];
    expect(subscribed.map(([, address, topic]) => `${topic} ${address}`).sort()).toEqual([
      'weather-dev-alerts first@weather.test',
      'weather-dev-alerts second@weather.test',
      'weather-prod-alerts weather-on-call@example.com',
    ]);
    expect(xml.match(/<Protocol>email<\/Protocol>/g)).toHaveLength(3);
  });

  it('the dashboard shows both functions and the data', async () => {
    const { DashboardBody: body } = await dev().call<{ DashboardBody: string }>(
      'monitoring',
      `${CLOUDWATCH}.GetDashboard`,
      { DashboardName: 'weather-dev' },
    );

    expect(JSON.parse(body).widgets.length).toBeGreaterThan(3);
    for (const shown of ['weather-dev-ingest-weather-daily', 'weather-dev-watch-freshness', 'DaysPublished'])
      expect(body).toContain(shown);
  });

  it('the catalogue has every table, its columns in the order of the files', async () => {
    type Column = { readonly Name: string; readonly Type: string };
    type Table = {
      readonly Name: string;
      readonly StorageDescriptor: { readonly Location: string; readonly Columns: readonly Column[] };
      readonly Parameters: Readonly<Record<string, string>>;
    };
    const { TableList } = await dev().call<{ TableList: readonly Table[] }>('glue', 'AWSGlue.GetTables', {
      DatabaseName: 'weather_dev',
    });
    const pipeline = await loadPipelineFile(`${deployment.root}/pipelines/free.json`);
    const wanted = catalogueTables(pipeline);

    expect(TableList.map(({ Name }) => Name).sort()).toEqual(wanted.map(({ name }) => name).sort());
    for (const { name, columns } of wanted) {
      const table = TableList.find(({ Name }) => Name === name)!;
      const location = `s3://${dev().bucket('processed')}/${name}/`;
      expect(table.StorageDescriptor.Columns.map(({ Name, Type }) => [Name, Type])).toEqual(
        columns.map((column) => [column.name, column.type]),
      );
      expect(table.StorageDescriptor.Location).toBe(location);
      expect(table.Parameters['storage.location.template']).toBe(`${location}date=\${date}/`);
    }
  });

  it('every bucket refuses what does not come over TLS', async () => {
    for (const environment of deployment.environments) {
      const buckets = environment.resources('aws_s3_bucket').map(({ bucket }) => String(bucket));
      expect(buckets).toHaveLength(4);
      for (const Bucket of buckets) {
        const { Policy } = await deployment.client.send(new GetBucketPolicyCommand({ Bucket }));
        expect(JSON.parse(Policy!).Statement).toContainEqual(
          expect.objectContaining({
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        );
      }
    }
  });

  it('failed events have a destination, after two more tries', () => {
    for (const environment of deployment.environments) {
      const settings = environment.resources('aws_lambda_function_event_invoke_config');
      expect(settings).toHaveLength(2);
      for (const setting of settings) {
        expect(setting).toMatchObject({
          maximum_retry_attempts: 2,
          destination_config: [
            { on_failure: [{ destination: expect.stringContaining(`${environment.prefix}-dead-letters`) }] },
          ],
        });
      }
    }
  });

  it('the functions find their pipeline where their environment says', async () => {
    const pipeline = await dev().store('raw').get(`config/${PIPELINE}.json`);

    expect(JSON.parse(Buffer.from(pipeline!.body).toString())).toMatchObject({ name: PIPELINE });
  });
}
