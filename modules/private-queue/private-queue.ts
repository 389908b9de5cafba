import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import type { ProjectKey } from '../encryption-key/encryption-key';
import {
  denyInsecureTransport,
  latePolicyDocument,
  type PolicyStatement,
} from '../policy-document/policy-document';
import type { ServiceRole } from '../service-role/service-role';

/** Days for which a message waits to be received; the most that SQS allows. */
export const DEFAULT_MESSAGE_RETENTION_DAYS = 14;

const SECONDS_PER_DAY = 86_400;

export interface PrivateQueueProps {
  /** One that ends with `.fifo` is a queue whose messages of one group are received one after the other. */
  readonly queueName: string;
  /** What messages there are, in the names of statements: `DeadLetters`. */
  readonly messages: string;
  /**
   * Encrypts with this key.
   * @default SSE-SQS
   */
  readonly key?: ProjectKey | undefined;
  /**
   * Seconds for which a message that was received is hidden from others.
   * @default that of SQS
   */
  readonly visibilitySeconds?: number;
  /**
   * Where a message goes that was received too often.
   * @default nowhere: it stays
   */
  readonly redrive?: { readonly queueArn: string; readonly maxReceiveCount: number };
}

/** A queue to which only the roles that `allowSend` was called for may send, and only over TLS. */
export class PrivateQueue extends Construct {
  readonly arn: string;
  readonly url: string;
  readonly queueName: string;
  private readonly senders: string[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateQueueProps,
  ) {
    super(scope, id);
    this.queueName = props.queueName;
    const queue = this.makeQueue(props);
    this.arn = queue.arn;
    this.url = queue.url;
    new SqsQueuePolicy(this, 'Policy', {
      queueUrl: queue.url,
      policy: latePolicyDocument(() => [
        denyInsecureTransport('sqs:*', [queue.arn]),
        denyOtherSenders(queue.arn, this.senders),
      ]),
    });
  }

  /** Lets this role send. */
  allowSend(role: ServiceRole): void {
    const { key, messages } = this.props;
    this.senders.push(role.arn);
    role.allow(`Send${messages}`, ['sqs:SendMessage'], [this.arn]);
    if (key) role.allow(`Encrypt${messages}`, ['kms:GenerateDataKey', 'kms:Decrypt'], [key.arn]);
  }

  private makeQueue({ queueName, key, visibilitySeconds, redrive }: PrivateQueueProps): SqsQueue {
    return new SqsQueue(this, 'Queue', {
      name: queueName,
      messageRetentionSeconds: DEFAULT_MESSAGE_RETENTION_DAYS * SECONDS_PER_DAY,
      ...(queueName.endsWith('.fifo') && { fifoQueue: true, contentBasedDeduplication: false }),
      ...(visibilitySeconds !== undefined && { visibilityTimeoutSeconds: visibilitySeconds }),
      ...(redrive && { redrivePolicy: redrivePolicy(redrive) }),
      ...(key ? { kmsMasterKeyId: key.arn } : { sqsManagedSseEnabled: true }),
    });
  }
}

function redrivePolicy({ queueArn, maxReceiveCount }: NonNullable<PrivateQueueProps['redrive']>): string {
  return JSON.stringify({ deadLetterTargetArn: queueArn, maxReceiveCount });
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
