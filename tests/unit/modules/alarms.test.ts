import { MAX_HIDE_SECONDS } from '../../../core/messages/decide-message';
import { Alarm, DEFAULT_ALARM_PERIOD_SECONDS, MAX_ALARM_DESCRIPTION } from '../../../modules/alarms/alarm';
import { DataAlarms } from '../../../modules/alarms/data-alarms';
import { DEAD_LETTERS_PERIOD_SECONDS, DeliveryAlarms } from '../../../modules/alarms/delivery-alarms';
import { ExecutionAlarms } from '../../../modules/alarms/execution-alarms';
import { FunctionAlarms } from '../../../modules/alarms/function-alarms';
import {
  FAILED_PERCENT,
  RequestAlarms,
  SILENT_HOURS,
  WAITING_HOURS,
} from '../../../modules/alarms/request-alarms';
import { AlertTopic } from '../../../modules/alert-topic/alert-topic';
import { ScheduleGroup } from '../../../modules/schedule/schedule-group';
import { addFunction, addStateMachine } from './deployed-parts';
import { addresses, only, synthesize } from './synthesized-stack';

const TOPIC_ARN = '${aws_sns_topic.Alerts_Topic_4CF1C27A.arn}';

function synthesizeAlarms() {
  return synthesize((scope, account) => {
    const topic = new AlertTopic(scope, 'Alerts', {
      account,
      topicName: 'alerts',
      emails: ['one@example.com'],
    });
    const setting = { topic, namePrefix: 'weather-dev-', runbookUrl: 'https://example.com/runbook.md' };
    const { ingest, deadLetters } = addFunction(scope, account, { timeoutSeconds: 900 });
    const group = new ScheduleGroup(scope, 'Schedules', { account, groupName: 'weather-dev' });
    const meaning = 'the day is missing';
    new FunctionAlarms(scope, 'IngestAlarms', { ...setting, target: ingest, shortName: 'ingest', meaning });
    new DeliveryAlarms(scope, 'DeliveryAlarms', { ...setting, deadLetters, group });
    new DataAlarms(scope, 'DataAlarms', {
      ...setting,
      environment: 'dev',
      pipeline: 'weather-daily',
      ingestService: 'ingest-weather-daily',
      freshnessService: 'watch-freshness',
    });
  });
}

function synthesizeRunAlarms() {
  return synthesize((scope, account) => {
    const topic = new AlertTopic(scope, 'Alerts', {
      account,
      topicName: 'alerts',
      emails: ['one@example.com'],
    });
    const setting = { topic, namePrefix: 'weather-dev-', runbookUrl: 'https://example.com/runbook.md' };
    const { machine, buffer } = addStateMachine(scope, account);
    new ExecutionAlarms(scope, 'ExecutionAlarms', { ...setting, machine });
    new RequestAlarms(scope, 'RequestAlarms', {
      ...setting,
      buffer,
      environment: 'dev',
      pipeline: 'weather-daily',
      ingestService: 'publish-run',
      fetchService: 'fetch-weather',
    });
  });
}

describe('the alarms of an environment', () => {
  const stack = synthesizeAlarms();
  const alarms = Object.values(stack.resource.aws_cloudwatch_metric_alarm!);
  const alarm = (name: string) => alarms.find(({ alarm_name }) => alarm_name === `weather-dev-${name}`);
  const ofData = (service: string) => ({ service, environment: 'dev', pipeline: 'weather-daily' });

  it('have these addresses for ever', () => {
    expect(addresses(stack).filter((address) => address.startsWith('aws_cloudwatch_metric_alarm'))).toEqual(
      [
        'DataAlarms_DaysFailed_Alarm_F36B91F2',
        'DataAlarms_DaysOverdue_Alarm_9814D7DE',
        'DataAlarms_RowsQuarantined_Alarm_73080BDF',
        'DeliveryAlarms_DeadLettered_Alarm_70A4143A',
        'DeliveryAlarms_DeadLetters_Alarm_2907502E',
        'DeliveryAlarms_Dropped_Alarm_D1779EFA',
        'DeliveryAlarms_LostLetters_Alarm_8950C075',
        'DeliveryAlarms_TargetErrors_Alarm_AE05F2A4',
        'IngestAlarms_Duration_Alarm_8149BEEA',
        'IngestAlarms_Errors_Alarm_3F3EE392',
        'IngestAlarms_LostFailures_Alarm_95E25EA6',
        'IngestAlarms_Throttles_Alarm_8EF185B7',
      ].map((name) => `aws_cloudwatch_metric_alarm.${name}`),
    );
  });

  it.each([
    ['ingest-errors', 'AWS/Lambda', 'Errors', 'Sum', 1, { FunctionName: 'weather-dev-ingest' }],
    ['ingest-throttles', 'AWS/Lambda', 'Throttles', 'Sum', 1, { FunctionName: 'weather-dev-ingest' }],
    ['ingest-duration', 'AWS/Lambda', 'Duration', 'Maximum', 720_000, { FunctionName: 'weather-dev-ingest' }],
    [
      'ingest-lost-failures',
      'AWS/Lambda',
      'DestinationDeliveryFailures',
      'Sum',
      1,
      { FunctionName: 'weather-dev-ingest' },
    ],
    [
      'dead-letters',
      'AWS/SQS',
      'ApproximateNumberOfMessagesVisible',
      'Maximum',
      1,
      { QueueName: 'weather-dev-dead-letters' },
    ],
    [
      'schedule-target-errors',
      'AWS/Scheduler',
      'TargetErrorCount',
      'Sum',
      1,
      { ScheduleGroup: 'weather-dev' },
    ],
    [
      'schedule-dropped',
      'AWS/Scheduler',
      'InvocationDroppedCount',
      'Sum',
      1,
      { ScheduleGroup: 'weather-dev' },
    ],
    [
      'schedule-dead-lettered',
      'AWS/Scheduler',
      'InvocationsSentToDeadLetterCount',
      'Sum',
      1,
      { ScheduleGroup: 'weather-dev' },
    ],
    [
      'schedule-lost-letters',
      'AWS/Scheduler',
      'InvocationsFailedToBeSentToDeadLetterCount',
      'Sum',
      1,
      { ScheduleGroup: 'weather-dev' },
    ],
    ['rows-quarantined', 'IngestWeather', 'RowsQuarantined', 'Sum', 1, ofData('ingest-weather-daily')],
    ['days-failed', 'IngestWeather', 'DaysFailed', 'Sum', 1, ofData('ingest-weather-daily')],
    ['days-overdue', 'IngestWeather', 'DaysOverdue', 'Maximum', 1, ofData('watch-freshness')],
  ])('%s looks at %s %s', (name, namespace, metric_name, statistic, threshold, dimensions) => {
    expect(alarm(name)).toMatchObject({
      namespace,
      metric_name,
      statistic,
      threshold,
      dimensions,
      comparison_operator: 'GreaterThanOrEqualToThreshold',
    });
  });

  it('are these and no more', () => {
    expect(alarms).toHaveLength(12);
  });

  it('tell the topic when they rise and when they are over', () => {
    for (const { actions_enabled, alarm_actions, ok_actions } of alarms) {
      expect({ actions_enabled, alarm_actions, ok_actions }).toEqual({
        actions_enabled: true,
        alarm_actions: [TOPIC_ARN],
        ok_actions: [TOPIC_ARN],
      });
    }
  });

  it('say what happened, what it means, what to do first and where to read on', () => {
    for (const { alarm_description } of alarms) {
      expect(alarm_description).toMatch(
        /^What happened: .+\.\nFor readers: .+\.\nFirst step: .+\.\nRunbook: https:\/\/example\.com\/runbook\.md#[a-z-]+$/,
      );
    }
  });

  it('rise at the first sign, and take silence for health', () => {
    expect(alarm('ingest-errors')).toMatchObject({
      period: DEFAULT_ALARM_PERIOD_SECONDS,
      evaluation_periods: 1,
      datapoints_to_alarm: 1,
      treat_missing_data: 'notBreaching',
    });
    expect(alarm('dead-letters')).toMatchObject({ period: DEAD_LETTERS_PERIOD_SECONDS });
  });

  it('but take silence about freshness for lateness, two hours in a row', () => {
    expect(alarm('days-overdue')).toMatchObject({
      period: 3600,
      evaluation_periods: 2,
      datapoints_to_alarm: 2,
      treat_missing_data: 'breaching',
    });
  });
});

it('of a function whose callers wait are no alarm for events that are lost, since Lambda keeps none of them', () => {
  const stack = synthesize((scope, account) => {
    const { ingest } = addFunction(scope, account, {});
    new FunctionAlarms(scope, 'FetchAlarms', {
      topic: new AlertTopic(scope, 'Alerts', { account, topicName: 'alerts', emails: ['one@example.com'] }),
      namePrefix: '',
      runbookUrl: 'https://example.com',
      target: ingest,
      shortName: 'fetch',
      meaning: 'm',
      invocation: 'synchronous',
    });
  });

  const alarms = Object.values(stack.resource.aws_cloudwatch_metric_alarm!);
  expect(alarms.map(({ alarm_name }) => alarm_name).sort()).toEqual([
    'fetch-duration',
    'fetch-errors',
    'fetch-throttles',
  ]);
});

describe('one alarm', () => {
  const synthesizeAlarm = (happened: string, custom: { readonly threshold?: number } = {}) =>
    synthesize((scope, account) => {
      new Alarm(scope, 'Alarm', {
        topic: new AlertTopic(scope, 'Alerts', { account, topicName: 'alerts', emails: ['one@example.com'] }),
        namePrefix: '',
        runbookUrl: 'https://example.com',
        name: 'one',
        text: { happened, meaning: 'm', firstStep: 'f', anchor: 'a' },
        metric: { namespace: 'N', name: 'M', statistic: 'Sum', dimensions: {} },
        ...custom,
      });
    });
  const around = 'What happened: .\nFor readers: m.\nFirst step: f.\nRunbook: https://example.com#a'.length;

  it('takes a description as long as CloudWatch does, and none longer', () => {
    const longest = 'x'.repeat(MAX_ALARM_DESCRIPTION - around);

    expect(() => synthesizeAlarm(longest)).not.toThrow();
    expect(() => synthesizeAlarm(`${longest}x`)).toThrow('1025 characters; CloudWatch takes 1024');
  });

  it('rises at the threshold it is given', () => {
    expect(only(synthesizeAlarm('h', { threshold: 50 }), 'aws_cloudwatch_metric_alarm').threshold).toBe(50);
  });
});

it('quarantined rows rise at the threshold of the environment', () => {
  const stack = synthesize((scope, account) => {
    new DataAlarms(scope, 'DataAlarms', {
      topic: new AlertTopic(scope, 'Alerts', { account, topicName: 'alerts', emails: ['one@example.com'] }),
      namePrefix: '',
      runbookUrl: 'https://example.com',
      environment: 'dev',
      pipeline: 'p',
      ingestService: 'i',
      freshnessService: 'f',
      quarantineThreshold: 25,
    });
  });

  const alarms = Object.values(stack.resource.aws_cloudwatch_metric_alarm!);
  const quarantined = alarms.find(({ metric_name }) => metric_name === 'RowsQuarantined')!;
  expect(quarantined.threshold).toBe(25);
  expect(quarantined.alarm_description).toContain('25 or more');
});

describe('the alarms of orchestrated runs', () => {
  const stack = synthesizeRunAlarms();
  const alarms = Object.values(stack.resource.aws_cloudwatch_metric_alarm!);
  const alarm = (name: string) => alarms.find(({ alarm_name }) => alarm_name === `weather-dev-${name}`);

  it('have these addresses for ever', () => {
    expect(addresses(stack).filter((address) => address.startsWith('aws_cloudwatch_metric_alarm'))).toEqual(
      [
        'ExecutionAlarms_ExecutionThrottled_Alarm_BF9C98E9',
        'ExecutionAlarms_ExecutionsFailed_Alarm_788011E8',
        'ExecutionAlarms_ExecutionsTimedOut_Alarm_BB4ABD0E',
        'RequestAlarms_DeadRequests_Alarm_3030959E',
        'RequestAlarms_FailedShare_Alarm_6ED3E2C1',
        'RequestAlarms_MessagesLeft_Alarm_832D80CF',
        'RequestAlarms_Waiting_Alarm_7A2B8B8B',
      ].map((name) => `aws_cloudwatch_metric_alarm.${name}`),
    );
  });

  it.each([
    ['executions-failed', 'ExecutionsFailed'],
    ['executions-timed-out', 'ExecutionsTimedOut'],
    ['executions-throttled', 'ExecutionThrottled'],
  ])('%s rises at the first of %s', (name, metric) => {
    expect(alarm(name)).toMatchObject({
      namespace: 'AWS/States',
      metric_name: metric,
      statistic: 'Sum',
      threshold: 1,
      dimensions: { StateMachineArn: expect.stringContaining('aws_sfn_state_machine.Runs_Machine') },
    });
  });

  it('rise for the first dead request', () => {
    expect(alarm('dead-requests')).toMatchObject({
      metric_name: 'ApproximateNumberOfMessagesVisible',
      threshold: 1,
      dimensions: { QueueName: 'weather-dev-requests-dead.fifo' },
    });
  });

  it('rise for a request that waits longer than a day of the quota, long before its task is over', () => {
    expect(alarm('requests-waiting')).toMatchObject({ threshold: WAITING_HOURS * 3600 });
    expect(WAITING_HOURS).toBeGreaterThan(24);
    expect(WAITING_HOURS).toBeLessThan(48);
  });

  it('see a request wait that is received again and again, which the queue leaves out, and one that never is', () => {
    const dimensions = { service: 'fetch-weather', environment: 'dev', pipeline: 'weather-daily' };
    const metric = (namespace: string, metric_name: string, of: object) => ({
      namespace,
      metric_name,
      stat: 'Maximum',
      period: 3600,
      dimensions: of,
    });

    expect(alarm('requests-waiting')).toMatchObject({
      metric_query: [
        { expression: 'MAX([FILL(received, 0), FILL(unreceived, 0)])', return_data: true },
        { id: 'received', metric: metric('IngestWeather', 'OldestRequestAge', dimensions) },
        {
          id: 'unreceived',
          metric: metric('AWS/SQS', 'ApproximateAgeOfOldestMessage', {
            QueueName: 'weather-dev-requests.fifo',
          }),
        },
      ],
    });
    expect(alarm('requests-waiting')).not.toHaveProperty('metric_name');
  });

  it('stay up while a waiting request is out of sight, when no function runs and nothing is measured', () => {
    expect(alarm('requests-waiting')).toMatchObject({
      evaluation_periods: SILENT_HOURS,
      datapoints_to_alarm: 1,
      treat_missing_data: 'notBreaching',
    });
    expect(SILENT_HOURS * 3600).toBeGreaterThan(MAX_HIDE_SECONDS);
  });

  it('rise for messages that are left again and again, not for one', () => {
    expect(alarm('messages-left')).toMatchObject({
      namespace: 'IngestWeather',
      metric_name: 'MessagesLeft',
      dimensions: { service: 'fetch-weather', environment: 'dev', pipeline: 'weather-daily' },
      threshold: 1,
      period: 300,
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
    });
  });

  it('rise with the share of the requests that failed, of those that were sent', () => {
    const dimensions = { service: 'publish-run', environment: 'dev', pipeline: 'weather-daily' };
    const metric = (name: string) =>
      expect.objectContaining({ namespace: 'IngestWeather', metric_name: name, stat: 'Sum', dimensions });

    expect(alarm('failed-requests')).toMatchObject({
      threshold: FAILED_PERCENT,
      metric_query: [
        { id: 'value', expression: '100 * failed / (sent + failed)', return_data: true },
        { id: 'sent', metric: metric('RequestsSent') },
        { id: 'failed', metric: metric('RequestsFailed') },
      ],
    });
    expect(alarm('failed-requests')).not.toHaveProperty('metric_name');
  });
});
