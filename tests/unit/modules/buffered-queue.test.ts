import {
  BufferedQueue,
  DEFAULT_MAX_RECEIVE_COUNT,
  LEAST_CONCURRENCY,
  VISIBILITY_PER_TIMEOUT,
} from '../../../modules/buffered-queue/buffered-queue';
import { EncryptionKey } from '../../../modules/encryption-key/encryption-key';
import { ServiceRole } from '../../../modules/service-role/service-role';
import { addFunction } from './deployed-parts';
import { addresses, type SynthesizedStack, statement, synthesize } from './synthesized-stack';

const BUFFER = 'Requests_Buffer_Queue_1F95D161';
const DEAD = 'Requests_DeadLetters_Queue_F4BFE8F6';

interface Parts {
  readonly groups?: number;
  readonly encrypted?: boolean;
}

function synthesizeBuffer({ groups = 1, encrypted = false }: Parts = {}): SynthesizedStack {
  return synthesize((scope, account) => {
    const key = encrypted
      ? new EncryptionKey(scope, 'Key', { account, alias: 'lake', description: 'The lake' })
      : undefined;
    const { ingest } = addFunction(scope, account, { timeoutSeconds: 240 });
    const buffer = new BufferedQueue(scope, 'Requests', {
      name: 'weather-dev-requests',
      consumerTimeoutSeconds: 240,
      key,
    });
    const sender = { account, roleName: 'sender', description: 'Sends', service: 'states.amazonaws.com' };
    buffer.allowSend(new ServiceRole(scope, 'Sender', sender));
    buffer.deliverTo(ingest, groups);
  });
}

const queue = (stack: SynthesizedStack, name: string) =>
  Object.values(stack.resource.aws_sqs_queue!).find((block) => block.name === name)!;
const policyOf = (stack: SynthesizedStack, role: RegExp) => {
  const policies = Object.entries(stack.resource.aws_iam_role_policy!);
  return policies.find(([name]) => role.test(name))![1];
};
const queuePolicy = (stack: SynthesizedStack, name: RegExp) =>
  Object.entries(stack.resource.aws_sqs_queue_policy!).find(([id]) => name.test(id))![1];

describe('a buffered queue', () => {
  const stack = synthesizeBuffer();

  it('has these addresses for ever', () => {
    expect(addresses(stack).filter((address) => address.includes('.Requests_'))).toEqual([
      'aws_lambda_event_source_mapping.Requests_Delivery_278B0658',
      `aws_sqs_queue.${BUFFER}`,
      `aws_sqs_queue.${DEAD}`,
      'aws_sqs_queue_policy.Requests_Buffer_Policy_A6553CC7',
      'aws_sqs_queue_policy.Requests_DeadLetters_Policy_01CB4247',
    ]);
  });

  it('is strictly in order, and hides a message for as long as its function may take with it six times', () => {
    expect(queue(stack, 'weather-dev-requests.fifo')).toMatchObject({
      fifo_queue: true,
      content_based_deduplication: false,
      visibility_timeout_seconds: VISIBILITY_PER_TIMEOUT * 240,
      message_retention_seconds: 14 * 24 * 3600,
      sqs_managed_sse_enabled: true,
    });
  });

  it('gives a message up to a queue of its own kind, and that late', () => {
    const { redrive_policy } = queue(stack, 'weather-dev-requests.fifo');

    expect(JSON.parse(redrive_policy as string)).toEqual({
      deadLetterTargetArn: `\${aws_sqs_queue.${DEAD}.arn}`,
      maxReceiveCount: DEFAULT_MAX_RECEIVE_COUNT,
    });
    expect(queue(stack, 'weather-dev-requests-dead.fifo')).toMatchObject({
      fifo_queue: true,
      message_retention_seconds: 14 * 24 * 3600,
    });
  });

  it('hands over one message at a time, and hears of each whether it is done', () => {
    const [mapping] = Object.values(stack.resource.aws_lambda_event_source_mapping!);

    expect(mapping).toMatchObject({
      event_source_arn: `\${aws_sqs_queue.${BUFFER}.arn}`,
      batch_size: 1,
      function_response_types: ['ReportBatchItemFailures'],
      scaling_config: { maximum_concurrency: LEAST_CONCURRENCY },
    });
  });

  it('calls its function as often at once as there are message groups', () => {
    const [mapping] = Object.values(
      synthesizeBuffer({ groups: 8 }).resource.aws_lambda_event_source_mapping!,
    );

    expect(mapping).toMatchObject({ scaling_config: { maximum_concurrency: 8 } });
  });

  it('takes messages from its sender and its function alone, and dead letters from the function alone', () => {
    const sendersTo = (name: RegExp) =>
      statement(queuePolicy(stack, name), 'DenyOtherSenders').Condition!.ArnNotEquals!['aws:PrincipalArn'];

    expect(sendersTo(/Buffer/)).toEqual([
      expect.stringContaining('Sender_Role'),
      expect.stringContaining('Ingest_Role'),
    ]);
    expect(sendersTo(/DeadLetters_Policy_(?!7D990E20)/)).toEqual([expect.stringContaining('Ingest_Role')]);
  });

  it('lets its function receive, hide and delete messages, and its sender only send', () => {
    const received = statement(policyOf(stack, /^Ingest/), 'ReceiveRequests');

    expect(received).toMatchObject({
      Action: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
      ],
      Resource: [`\${aws_sqs_queue.${BUFFER}.arn}`],
    });
    expect(JSON.parse(policyOf(stack, /^Sender/).policy as string).Statement).toEqual([
      {
        Sid: 'SendRequests',
        Effect: 'Allow',
        Action: ['sqs:SendMessage'],
        Resource: [`\${aws_sqs_queue.${BUFFER}.arn}`],
      },
    ]);
  });

  it('under a key encrypts both queues with it, and lets its senders use it', () => {
    const encrypted = synthesizeBuffer({ encrypted: true });

    for (const name of ['weather-dev-requests.fifo', 'weather-dev-requests-dead.fifo']) {
      expect(queue(encrypted, name)).toMatchObject({ kms_master_key_id: expect.stringContaining('Key') });
    }
    expect(statement(policyOf(encrypted, /^Sender/), 'EncryptRequests')).toMatchObject({
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    });
  });
});
