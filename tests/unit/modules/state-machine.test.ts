import { BufferedQueue } from '../../../modules/buffered-queue/buffered-queue';
import { EncryptionKey } from '../../../modules/encryption-key/encryption-key';
import { PrivateBucket } from '../../../modules/private-bucket/private-bucket';
import { ServiceRole } from '../../../modules/service-role/service-role';
import { fillDefinition } from '../../../modules/state-machine/fill-definition';
import { StateMachine } from '../../../modules/state-machine/state-machine';
import { addFunction } from './deployed-parts';
import { addresses, only, type SynthesizedStack, statements, synthesize } from './synthesized-stack';

const NAME = 'weather-dev-ingest';

function synthesizeMachine(encrypted = false): SynthesizedStack {
  return synthesize((scope, account) => {
    const key = encrypted
      ? new EncryptionKey(scope, 'Key', { account, alias: 'lake', description: 'The lake' })
      : undefined;
    const { ingest } = addFunction(scope, account);
    const buffer = new BufferedQueue(scope, 'Requests', { name: 'requests', consumerTimeoutSeconds: 60 });
    const machine = new StateMachine(scope, 'Runs', {
      account,
      machineName: NAME,
      definition: { StartAt: 'Call', States: { Call: { Type: 'Task', Resource: '${call}', End: true } } },
      values: { call: ingest.arn },
      functions: [ingest],
      buffer,
      items: {
        bucket: new PrivateBucket(scope, 'Processed', { bucketName: 'processed', key }),
        keys: ['_staging/test/*'],
      },
      logRetentionDays: 30,
      key,
    });
    const service = 'lambda.amazonaws.com';
    const role = new ServiceRole(scope, 'Ender', {
      account,
      roleName: 'ender',
      description: 'Ends',
      service,
    });
    machine.allowEndTasks(role);
    machine.allowStart(role);
  });
}

function policyOf(stack: SynthesizedStack, role: RegExp) {
  const [, found] = Object.entries(stack.resource.aws_iam_role_policy!).find(([name]) => role.test(name))!;
  return statements(found).map(({ Sid, Action, Resource }) => [Sid, Action, Resource]);
}

describe('a state machine', () => {
  const stack = synthesizeMachine();
  const machine = only(stack, 'aws_sfn_state_machine');

  it('has these addresses for ever', () => {
    expect(addresses(stack).filter((address) => address.includes('.Runs_'))).toEqual([
      'aws_cloudwatch_log_group.Runs_Logs_675CA1B7',
      'aws_iam_role.Runs_Role_3D6A5AAC',
      'aws_iam_role_policy.Runs_Role_Policy_84D77CC3',
      'aws_sfn_state_machine.Runs_Machine_951C2738',
    ]);
  });

  it('is its definition, with what Terraform knows in the place of names', () => {
    expect(JSON.parse(machine.definition as string)).toEqual({
      StartAt: 'Call',
      States: {
        Call: { Type: 'Task', Resource: '${aws_lambda_function.Ingest_Function_5E5779E7.arn}', End: true },
      },
    });
  });

  it('is traced, and logged without the data of its executions', () => {
    expect(machine).toMatchObject({
      type: 'STANDARD',
      tracing_configuration: { enabled: true },
      logging_configuration: { level: 'ALL', include_execution_data: false },
    });
    expect(
      Object.values(stack.resource.aws_cloudwatch_log_group!).find(({ name }) =>
        String(name).startsWith('/aws/vendedlogs/states/'),
      ),
    ).toMatchObject({ name: `/aws/vendedlogs/states/${NAME}`, retention_in_days: 30 });
  });

  it('may call its functions, send to its buffer, read its items, run its own maps, and nothing else', () => {
    const arn = (resource: string) => expect.stringMatching(new RegExp(`^arn:aws:states:.*:${resource}$`));

    expect(policyOf(stack, /^Runs/)).toEqual([
      ['CallFunctions', ['lambda:InvokeFunction'], ['${aws_lambda_function.Ingest_Function_5E5779E7.arn}']],
      ['SendRequests', ['sqs:SendMessage'], [expect.stringContaining('Requests_Buffer_Queue')]],
      ['ReadItems', ['s3:GetObject'], [expect.stringMatching(/Processed_Bucket.*\/_staging\/test\/\*$/)]],
      ['StartChildren', ['states:StartExecution'], [arn(`stateMachine:${NAME}`)]],
      [
        'FollowChildren',
        ['states:DescribeExecution', 'states:StopExecution'],
        [arn(`execution:${NAME}:\\*`), arn(`execution:${NAME}/\\*`)],
      ],
      ['DeliverLogs', expect.arrayContaining(['logs:CreateLogDelivery']), ['*']],
      ['Trace', expect.arrayContaining(['xray:PutTraceSegments']), ['*']],
    ]);
  });

  it('is started and its tasks are ended by whoever was allowed to', () => {
    expect(policyOf(stack, /^Ender/)).toEqual([
      ['EndTasks', ['states:SendTaskSuccess', 'states:SendTaskFailure'], ['*']],
      ['StartTarget', ['states:StartExecution'], [expect.stringContaining('aws_sfn_state_machine')]],
    ]);
  });

  it('under a key encrypts its logs with it and may decrypt its items', () => {
    const encrypted = synthesizeMachine(true);

    expect(
      Object.entries(encrypted.resource.aws_cloudwatch_log_group!).find(([name]) => /^Runs/.test(name))![1],
    ).toHaveProperty('kms_key_id');
    expect(policyOf(encrypted, /^Runs/)).toContainEqual(['DecryptItems', ['kms:Decrypt'], expect.anything()]);
  });
});

describe('a definition', () => {
  it.each([
    ['a placeholder without a value', { Resource: '${one}' }, {}, 'needs a value for one'],
    ['a value without a place', { Resource: 'x' }, { two: 'y' }, 'has no place for two'],
  ])('is refused with %s', (_, definition, values, message) => {
    expect(() => fillDefinition(definition, values)).toThrow(message);
  });

  it('takes values that JSON must write in another way', () => {
    expect(JSON.parse(fillDefinition({ a: 'x${b}' }, { b: '"$&\\' }))).toEqual({ a: 'x"$&\\' });
  });
});
