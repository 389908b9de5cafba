import { DeadLetterQueue } from '../../../modules/dead-letter-queue/dead-letter-queue';
import { EncryptionKey } from '../../../modules/encryption-key/encryption-key';
import { DEFAULT_MESSAGE_RETENTION_DAYS } from '../../../modules/private-queue/private-queue';
import { ServiceRole } from '../../../modules/service-role/service-role';
import { addresses, only, statement, synthesize } from './synthesized-stack';

const QUEUE_ARN = '${aws_sqs_queue.DeadLetters_Queue_2B23AEFC.arn}';

function synthesizeQueue({ encrypted }: { readonly encrypted: boolean }) {
  return synthesize((scope, account) => {
    const key = encrypted
      ? new EncryptionKey(scope, 'Key', { account, alias: 'lake', description: 'The lake' })
      : undefined;
    const queue = new DeadLetterQueue(scope, 'DeadLetters', { queueName: 'letters', key });
    const service = 'lambda.amazonaws.com';
    queue.allowSend(
      new ServiceRole(scope, 'Sender', { account, roleName: 'sender', description: 'Sends', service }),
    );
  });
}

describe('a dead-letter queue by default', () => {
  const stack = synthesizeQueue({ encrypted: false });
  const policy = only(stack, 'aws_sqs_queue_policy');

  it('has these addresses for ever', () => {
    expect(addresses(stack)).toEqual(
      expect.arrayContaining([
        'aws_sqs_queue.DeadLetters_Queue_2B23AEFC',
        'aws_sqs_queue_policy.DeadLetters_Policy_7D990E20',
      ]),
    );
  });

  it('is encrypted by SQS and keeps letters as long as it can', () => {
    expect(only(stack, 'aws_sqs_queue')).toMatchObject({
      name: 'letters',
      sqs_managed_sse_enabled: true,
      message_retention_seconds: DEFAULT_MESSAGE_RETENTION_DAYS * 24 * 60 * 60,
    });
  });

  it('takes letters from the roles it accepted, and over TLS', () => {
    expect(statement(policy, 'DenyOtherSenders')).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['${aws_iam_role.Sender_Role_F252B8A7.arn}'] } },
    });
    expect(statement(policy, 'DenyInsecureTransport')).toMatchObject({ Effect: 'Deny', Action: 'sqs:*' });
  });

  it('lets the accepted role send, and no more', () => {
    expect(statement(only(stack, 'aws_iam_role_policy'), 'SendDeadLetters')).toMatchObject({
      Action: ['sqs:SendMessage'],
      Resource: [QUEUE_ARN],
    });
    expect(() => statement(only(stack, 'aws_iam_role_policy'), 'EncryptDeadLetters')).toThrow('no statement');
  });
});

describe('a dead-letter queue under a key', () => {
  const stack = synthesizeQueue({ encrypted: true });

  it('is encrypted with it, and lets senders use it', () => {
    expect(only(stack, 'aws_sqs_queue')).toMatchObject({
      kms_master_key_id: '${aws_kms_key.Key_43586C89.arn}',
    });
    expect(only(stack, 'aws_sqs_queue')).not.toHaveProperty('sqs_managed_sse_enabled');
    expect(statement(only(stack, 'aws_iam_role_policy'), 'EncryptDeadLetters')).toMatchObject({
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: ['${aws_kms_key.Key_43586C89.arn}'],
    });
  });
});
