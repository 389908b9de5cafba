import { EncryptionKey } from '../../../modules/encryption-key/encryption-key';
import * as defaults from '../../../modules/schedule/schedule';
import { SCHEDULED_TIME, Schedule, type ScheduleProps } from '../../../modules/schedule/schedule';
import { ScheduleGroup } from '../../../modules/schedule/schedule-group';
import { addFunction } from './deployed-parts';
import { addresses, type SynthesizedStack, statement, statements, synthesize } from './synthesized-stack';

const ROLE = 'Daily_Role_60F0E264';
const POLICY = 'Daily_Role_Policy_3B2000BA';

function synthesizeSchedule(props: Partial<ScheduleProps> = {}, encrypted = false): SynthesizedStack {
  return synthesize((scope, account) => {
    const { ingest, deadLetters } = addFunction(scope, account);
    new Schedule(scope, 'Daily', {
      account,
      group: new ScheduleGroup(scope, 'Schedules', { account, groupName: 'weather-dev' }),
      scheduleName: 'weather-dev-daily',
      description: 'Ingests the newest day',
      expression: 'cron(30 10 * * ? *)',
      target: ingest,
      input: { scheduled_time: SCHEDULED_TIME },
      deadLetters,
      key: encrypted
        ? new EncryptionKey(scope, 'Key', { account, alias: 'lake', description: 'The lake' })
        : undefined,
      ...props,
    });
  });
}

const scheduleOf = (stack: SynthesizedStack) =>
  stack.resource.aws_scheduler_schedule!.Daily_Schedule_E459B5B0!;

describe('a schedule by default', () => {
  const stack = synthesizeSchedule();

  it('has these addresses for ever', () => {
    expect(addresses(stack).filter((address) => /\.(Daily|Schedules)_/.test(address))).toEqual([
      `aws_iam_role.${ROLE}`,
      `aws_iam_role_policy.${POLICY}`,
      'aws_scheduler_schedule.Daily_Schedule_E459B5B0',
      'aws_scheduler_schedule_group.Schedules_Group_C7F67308',
    ]);
  });

  it('sends at once, in UTC, and tries again within its bounds', () => {
    expect(scheduleOf(stack)).toMatchObject({
      name: 'weather-dev-daily',
      group_name: 'weather-dev',
      schedule_expression: 'cron(30 10 * * ? *)',
      schedule_expression_timezone: defaults.DEFAULT_TIMEZONE,
      flexible_time_window: { mode: 'OFF' },
      state: 'ENABLED',
      target: {
        arn: '${aws_lambda_function.Ingest_Function_5E5779E7.arn}',
        role_arn: `\${aws_iam_role.${ROLE}.arn}`,
        dead_letter_config: { arn: '${aws_sqs_queue.DeadLetters_Queue_2B23AEFC.arn}' },
        retry_policy: {
          maximum_retry_attempts: defaults.DEFAULT_DELIVERY_ATTEMPTS,
          maximum_event_age_in_seconds: defaults.DEFAULT_DELIVERY_AGE_SECONDS,
        },
      },
    });
    expect(scheduleOf(stack)).not.toHaveProperty('kms_key_arn');
  });

  it('writes its input as it stands, with a raw < that Scheduler knows', () => {
    expect(scheduleOf(stack).target).toMatchObject({
      input: '{"scheduled_time":"<aws.scheduler.scheduled-time>"}',
    });
  });

  it('may call its function and send dead letters, and nothing else', () => {
    const policy = stack.resource.aws_iam_role_policy![POLICY]!;

    expect(statements(policy).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['lambda:InvokeFunction'], ['${aws_lambda_function.Ingest_Function_5E5779E7.arn}']],
      [['sqs:SendMessage'], ['${aws_sqs_queue.DeadLetters_Queue_2B23AEFC.arn}']],
    ]);
  });

  it('is trusted to the schedules of its own group', () => {
    const role = stack.resource.aws_iam_role![ROLE]!;

    expect(statement(role, 'OnlyThisService', 'assume_role_policy')).toMatchObject({
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': expect.stringContaining('account_id') },
        ArnEquals: { 'aws:SourceArn': '${aws_scheduler_schedule_group.Schedules_Group_C7F67308.arn}' },
      },
    });
  });

  it('is a letter box for the queue beside the function', () => {
    const policy = stack.resource.aws_sqs_queue_policy!.DeadLetters_Policy_7D990E20!;

    expect(statement(policy, 'DenyOtherSenders').Condition).toEqual({
      ArnNotEquals: {
        'aws:PrincipalArn': ['${aws_iam_role.Ingest_Role_2FC4FDB9.arn}', `\${aws_iam_role.${ROLE}.arn}`],
      },
    });
  });
});

describe('a schedule with everything set', () => {
  const boundary = 'arn:aws:iam::123456789012:policy/boundary';
  const stack = synthesizeSchedule(
    {
      timezone: 'Europe/Berlin',
      flexibleWindowMinutes: 15,
      maxAttempts: 3,
      maxAgeSeconds: 600,
      enabled: false,
      permissionsBoundaryArn: boundary,
    },
    true,
  );

  it('does as it is told', () => {
    expect(scheduleOf(stack)).toMatchObject({
      schedule_expression_timezone: 'Europe/Berlin',
      flexible_time_window: { mode: 'FLEXIBLE', maximum_window_in_minutes: 15 },
      state: 'DISABLED',
      kms_key_arn: '${aws_kms_key.Key_43586C89.arn}',
      target: { retry_policy: { maximum_retry_attempts: 3, maximum_event_age_in_seconds: 600 } },
    });
    expect(stack.resource.aws_iam_role![ROLE]).toMatchObject({ permissions_boundary: boundary });
  });

  it('may decrypt its own input and no other', () => {
    const policy = stack.resource.aws_iam_role_policy![POLICY]!;

    expect(statement(policy, 'DecryptSchedule')).toMatchObject({
      Action: ['kms:Decrypt'],
      Resource: ['${aws_kms_key.Key_43586C89.arn}'],
      Condition: {
        StringEquals: {
          'kms:EncryptionContext:aws:scheduler:schedule:arn': expect.stringMatching(
            /^arn:aws:scheduler:eu-central-1:.*:schedule\/weather-dev\/weather-dev-daily$/,
          ),
        },
      },
    });
  });
});
