import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import type { EncryptionKey } from '../encryption-key/encryption-key';
import {
  denyInsecureTransport,
  latePolicyDocument,
  type PolicyStatement,
} from '../policy-document/policy-document';
import type { ServiceRole } from '../service-role/service-role';

/** Days for which a dead letter waits to be read; the most that SQS allows. */
export const DEAD_LETTER_RETENTION_DAYS = 14;

const SECONDS_PER_DAY = 86_400;

export interface DeadLetterQueueProps {
  readonly queueName: string;
  /**
   * Encrypts with this key.
   * @default SSE-SQS
   */
  readonly key?: EncryptionKey | undefined;
}

/** A queue for what failed for good. Only the roles that `allowSend` was called for may send to it, and only over TLS. */
export class DeadLetterQueue extends Construct {
  readonly arn: string;
  readonly queueName: string;
  private readonly key: EncryptionKey | undefined;
  private readonly senders: string[] = [];

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    this.queueName = props.queueName;
    this.key = props.key;
    const queue = new SqsQueue(this, 'Queue', {
      name: props.queueName,
      messageRetentionSeconds: DEAD_LETTER_RETENTION_DAYS * SECONDS_PER_DAY,
      ...(props.key ? { kmsMasterKeyId: props.key.arn } : { sqsManagedSseEnabled: true }),
    });
    this.arn = queue.arn;
    new SqsQueuePolicy(this, 'Policy', {
      queueUrl: queue.url,
      policy: latePolicyDocument(() => [
        denyInsecureTransport('sqs:*', [queue.arn]),
        denyOtherSenders(queue.arn, this.senders),
      ]),
    });
  }

  /** Lets this role send. `BundledFunction` and `Schedule` call it for the queue they are given. */
  allowSend(role: ServiceRole): void {
    this.senders.push(role.arn);
    role.allow('SendDeadLetters', ['sqs:SendMessage'], [this.arn]);
    if (this.key) role.allow('EncryptDeadLetters', ['kms:GenerateDataKey', 'kms:Decrypt'], [this.key.arn]);
  }
}

/** Within an account a role's own policy is enough to send, so that naming the senders takes a Deny for all others. */
function denyOtherSenders(queueArn: string, senders: readonly string[]): PolicyStatement {
  return {
    Sid: 'DenyOtherSenders',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': senders } },
  };
}
