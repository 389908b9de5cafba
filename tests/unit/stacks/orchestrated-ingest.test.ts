import { DEPLOYED } from '../../../core/costs/measures';
import { readConfig as readFetchConfig } from '../../../handlers/fetch-weather/config';
import { readConfig as readPlanConfig } from '../../../handlers/plan-run/config';
import { readConfig as readPublishConfig } from '../../../handlers/publish-run/config';
import { readConfig as readTransformConfig } from '../../../handlers/transform-weather/config';
import { RUNS_AT_ONCE } from '../../../stacks/ingest/run-functions';
import {
  type DeploymentParts,
  resourceAt,
  resourcesOf,
  synthesizeDeployment,
  type Terraform,
} from '../../stacks/synthesize';
import { pipelineOf } from '../../weather/pipeline-of';

const SECRET_KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:open-meteo-AbCdEf';
const URL = 'https://sqs.eu-central-1.amazonaws.com/123456789012/queue';

function ingestOf(environment: DeploymentParts['environment'] = {}, parts: DeploymentParts = {}) {
  return synthesizeDeployment({ ...parts, environment: { mode: 'orchestrated', ...environment } }).ingest;
}

/** The environment of a function as it will be read; an address of a queue is known to Terraform alone. */
function environmentOf(stack: Terraform, path: string): Record<string, string> {
  const { environment } = resourceAt(stack, path) as { environment: { variables: Record<string, string> } };
  const entries = Object.entries(environment.variables);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value.replace(/^\$\{aws_sqs_queue\..*\}$/, URL)]),
  );
}

function allowedTo(stack: Terraform, name: string) {
  const { policy } = resourceAt(stack, `${name}/Role/Policy`) as { policy: string };
  const statements: { Action: string[]; Resource: string[] }[] = JSON.parse(policy).Statement;
  const resourcesOfAction = (action: string) =>
    statements.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
  /** By the last part of each: bucket and key. */
  return (action: string) =>
    resourcesOfAction(action).map((arn) =>
      arn.replace(/^.*(raw|processed|Raw|Processed)[^}]*\}/, (_, bucket: string) => bucket.toLowerCase()),
    );
}

describe('an orchestrated ingest', () => {
  const ingest = ingestOf();

  it('gives every function an environment that it can read', () => {
    const place = { pipelineKey: 'config/test.json', environment: 'test' };

    expect(readPlanConfig(environmentOf(ingest, 'Plan/Function'))).toMatchObject(place);
    expect(readFetchConfig(environmentOf(ingest, 'Fetch/Function'))).toMatchObject({
      ...place,
      bufferQueueUrl: URL,
      deadLetterQueueUrl: URL,
      apiKeySecretArn: undefined,
    });
    expect(readTransformConfig(environmentOf(ingest, 'Transform/Function'))).toMatchObject(place);
    expect(readPublishConfig(environmentOf(ingest, 'Publish/Function'))).toMatchObject(place);
  });

  it('names its queues by their place in the environment', () => {
    const { variables } = resourceAt(ingest, 'Fetch/Function').environment as {
      variables: Record<string, string>;
    };

    expect(variables.BUFFER_QUEUE_URL).toMatch(/Requests_Buffer_Queue/);
    expect(variables.DEAD_LETTER_QUEUE_URL).toMatch(/Requests_DeadLetters_Queue/);
    expect(resourcesOf(ingest, 'aws_sqs_queue').map(({ name }) => name)).toEqual([
      'weather-test-dead-letters',
      'weather-test-requests.fifo',
      'weather-test-requests-dead.fifo',
    ]);
  });

  it('deploys no function that does all of a run', () => {
    const names = resourcesOf(ingest, 'aws_lambda_function').map(({ function_name }) => function_name);

    expect(names.sort()).toEqual([
      'weather-test-fetch-weather',
      'weather-test-plan-run',
      'weather-test-publish-run',
      'weather-test-transform-weather',
      'weather-test-watch-freshness',
    ]);
  });

  it('lets its schedule start the state machine, with the time of the schedule, and call no function', () => {
    expect(resourceAt(ingest, 'IngestSchedule/Schedule')).toMatchObject({
      target: {
        arn: expect.stringMatching(/aws_sfn_state_machine\.StateMachine_\w+\.arn/),
        input: '{"scheduled_time":"<aws.scheduler.scheduled-time>"}',
      },
    });
    const allowed = allowedTo(ingest, 'IngestSchedule');
    expect(allowed('states:StartExecution')).toEqual([expect.stringContaining('aws_sfn_state_machine.')]);
    expect(allowed('lambda:InvokeFunction')).toEqual([]);
  });

  it('has the secret read and the server known by the functions that ask, and by no other', () => {
    const pipeline = pipelineOf({ source: { plan: 'keyed', concurrency: 4 } });
    const keyed = ingestOf({ api_key_secret_arn: SECRET, source_url: 'https://weather.test' }, { pipeline });

    expect(readFetchConfig(environmentOf(keyed, 'Fetch/Function'))).toMatchObject({
      apiKeySecretArn: SECRET,
      sourceUrl: 'https://weather.test',
    });
    expect(readPlanConfig(environmentOf(keyed, 'Plan/Function')).sourceUrl).toBe('https://weather.test');
    expect(allowedTo(keyed, 'Fetch')('secretsmanager:GetSecretValue')).toEqual([SECRET]);
    for (const other of ['Plan', 'Transform', 'Publish'])
      expect(allowedTo(keyed, other)('secretsmanager:GetSecretValue')).toEqual([]);
  });

  it('has the secret decrypted by a key of its own where it is read', () => {
    const pipeline = pipelineOf({ source: { plan: 'keyed' } });
    const secret = { api_key_secret_arn: SECRET, api_key_secret_kms_key_arn: SECRET_KEY };
    const keyed = ingestOf(secret, { pipeline });

    expect(allowedTo(keyed, 'Fetch')('kms:Decrypt')).toEqual([SECRET_KEY]);
    expect(allowedTo(keyed, 'Plan')('kms:Decrypt')).toEqual([]);
  });

  it('sends as many requests at once as the pipeline says', () => {
    const atOnce = (concurrency: number) => {
      const pipeline = pipelineOf({ source: { plan: 'keyed', concurrency } });
      const stack = ingestOf({ api_key_secret_arn: SECRET }, { pipeline });
      const [mapping] = resourcesOf(stack, 'aws_lambda_event_source_mapping');
      return [mapping!.scaling_config, resourceAt(stack, 'Fetch/Function').reserved_concurrent_executions];
    };

    expect(atOnce(1)).toEqual([{ maximum_concurrency: 2 }, 2]);
    expect(atOnce(8)).toEqual([{ maximum_concurrency: 8 }, 8]);
  });

  it('has room for the maps of two runs at once', () => {
    const definition = JSON.parse(resourceAt(ingest, 'StateMachine/Machine').definition as string);

    for (const name of ['Transform', 'Publish']) {
      const { reserved_concurrent_executions: room } = resourceAt(ingest, `${name}/Function`);
      expect(room).toBe(RUNS_AT_ONCE * definition.States[name].MaxConcurrency);
    }
  });

  it('hides a message longer than its function may take, which has time for the slowest answer', () => {
    const pipeline = pipelineOf({ source: { timeout_seconds: 90 } });
    const timing = (stack: Terraform) => [
      resourceAt(stack, 'Fetch/Function').timeout,
      resourceAt(stack, 'Requests/Buffer/Queue').visibility_timeout_seconds,
    ];

    expect(timing(ingestOf({}, { pipeline }))).toEqual([210, 6 * 210]);
    expect(timing(ingestOf({ function: { timeout_seconds: 60 } }, { pipeline }))).toEqual([60, 6 * 60]);
  });

  it('lets each function write what is its to write', () => {
    const writes = (name: string) => allowedTo(ingest, name)('s3:PutObject');

    expect(writes('Plan')).toEqual(['processed.arn}/_staging/test/*'].map(keyOnly));
    expect(writes('Fetch')).toEqual(
      ['raw.arn}/test/*', 'processed.arn}/_staging/test/*', 'processed.arn}/_quota/*'].map(keyOnly),
    );
    expect(writes('Transform')).toEqual(['processed.arn}/_staging/test/*'].map(keyOnly));
    expect(writes('Publish')).toEqual(
      expect.arrayContaining(
        ['processed.arn}/_manifests/test/*', 'processed.arn}/_leases/test/*'].map(keyOnly),
      ),
    );
    expect(writes('Publish').filter((key) => key.startsWith('raw'))).toEqual([]);
    for (const name of ['Plan', 'Fetch', 'Transform'])
      expect(allowedTo(ingest, name)('s3:DeleteObject')).toEqual([]);
  });

  it.each(['states:SendTaskSuccess', 'states:SendTaskFailure'])(
    'lets the function of the buffer alone call %s, for which IAM takes no resource',
    (action) => {
      expect(allowedTo(ingest, 'Fetch')(action)).toEqual(['*']);
      for (const other of ['Plan', 'Transform', 'Publish'])
        expect(allowedTo(ingest, other)(action)).toEqual([]);
    },
  );

  it('takes its metrics of days from the function that counts them', () => {
    const alarms = resourcesOf(ingest, 'aws_cloudwatch_metric_alarm');

    expect(alarms.find(({ metric_name }) => metric_name === 'DaysFailed')).toMatchObject({
      dimensions: { service: 'publish-run', environment: 'test', pipeline: 'test' },
    });
  });

  it('bounds every role where the environment names a boundary', () => {
    const boundary = 'arn:aws:iam::123456789012:policy/weather-boundary';

    const roles = resourcesOf(ingestOf({ permissions_boundary_arn: boundary }), 'aws_iam_role');

    expect(roles).toHaveLength(8);
    expect(new Set(roles.map((role) => role.permissions_boundary))).toEqual(new Set([boundary]));
  });
});

function keyOnly(text: string): string {
  return text.replace('.arn}', '');
}

test('errors that the state machine tries again are told when they go on, those of the queue at once', () => {
  const alarms = resourcesOf(ingestOf(), 'aws_cloudwatch_metric_alarm');
  const seconds = (name: string) => {
    const { period, evaluation_periods } = alarms.find(
      ({ alarm_name }) => alarm_name === `weather-test-${name}`,
    )!;
    return [period, evaluation_periods];
  };

  for (const name of ['plan', 'transform', 'publish']) expect(seconds(`${name}-errors`)).toEqual([300, 3]);
  expect(seconds('fetch-errors')).toEqual([3600, 1]);
});

test('costs are counted for the alarms and the dashboards that are deployed', () => {
  const ingest = ingestOf();

  const alarms = resourcesOf(ingest, 'aws_cloudwatch_metric_alarm');
  const looksAt = ({ metric_query: queries }: (typeof alarms)[number]) =>
    queries === undefined ? 1 : (queries as { metric?: object }[]).filter(({ metric }) => metric).length;
  expect(alarms).toHaveLength(DEPLOYED.alarms);
  expect(alarms.reduce((sum, alarm) => sum + looksAt(alarm), 0)).toBe(DEPLOYED.alarmMetrics);
  expect(resourcesOf(ingest, 'aws_cloudwatch_dashboard')).toHaveLength(DEPLOYED.dashboards);
});

test.each([
  ['is throttled', 'fetch-throttles', { metric_name: 'Throttles', treat_missing_data: 'notBreaching' }],
  [
    'is paused, and days pass',
    'days-overdue',
    { metric_name: 'DaysOverdue', treat_missing_data: 'breaching' },
  ],
  [
    'is paused, and messages lie in the queue',
    'requests-waiting',
    {
      metric_query: expect.arrayContaining([
        expect.objectContaining({
          metric: expect.objectContaining({
            metric_name: 'ApproximateAgeOfOldestMessage',
            dimensions: { QueueName: 'weather-test-requests.fifo' },
          }),
        }),
      ]),
    },
  ],
])('a function that receives nothing, and measures no age, is told of when it %s', (_, name, alarm) => {
  const alarms = resourcesOf(ingestOf(), 'aws_cloudwatch_metric_alarm');

  expect(alarms.find(({ alarm_name }) => alarm_name === `weather-test-${name}`)).toMatchObject(alarm);
});
