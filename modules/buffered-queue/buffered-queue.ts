import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { Construct } from 'constructs';
import type { BundledFunction } from '../bundled-function/bundled-function';
import { DeadLetterQueue } from '../dead-letter-queue/dead-letter-queue';
import type { ProjectKey } from '../encryption-key/encryption-key';
import { PrivateQueue } from '../private-queue/private-queue';
import type { ServiceRole } from '../service-role/service-role';

/** A far backstop: whoever receives a message counts failures in it, and every wait for the quota is a receipt too. */
export const DEFAULT_MAX_RECEIVE_COUNT = 1000;
/** Times of the function for which a message is hidden once it was received; AWS advises six. */
export const VISIBILITY_PER_TIMEOUT = 6;
/** The least that SQS and Lambda agree on. Message groups bound what is under way all the same. */
export const LEAST_CONCURRENCY = 2;

export interface BufferedQueueProps {
  /** Without `.fifo`: `weather-dev-requests`. The queue of its dead letters is called `weather-dev-requests-dead.fifo`. */
  readonly name: string;
  /** Time limit of the function that will receive the messages. */
  readonly consumerTimeoutSeconds: number;
  /**
   * Encrypts both queues with this key.
   * @default SSE-SQS
   */
  readonly key?: ProjectKey | undefined;
  /** @default DEFAULT_MAX_RECEIVE_COUNT */
  readonly maxReceiveCount?: number;
}

/** A FIFO queue before a function: of each message group one message is under way at a time, however many wait. */
export class BufferedQueue extends Construct {
  readonly deadLetters: DeadLetterQueue;
  private readonly queue: PrivateQueue;

  constructor(scope: Construct, id: string, { name, key, ...props }: BufferedQueueProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      queueName: `${name}-dead.fifo`,
      letters: 'DeadRequests',
      key,
    });
    this.queue = new PrivateQueue(this, 'Buffer', {
      queueName: `${name}.fifo`,
      messages: 'Requests',
      key,
      visibilitySeconds: VISIBILITY_PER_TIMEOUT * props.consumerTimeoutSeconds,
      redrive: {
        queueArn: this.deadLetters.arn,
        maxReceiveCount: props.maxReceiveCount ?? DEFAULT_MAX_RECEIVE_COUNT,
      },
    });
  }

  get url(): string {
    return this.queue.url;
  }

  get queueName(): string {
    return this.queue.queueName;
  }

  /** Lets this role put messages in. */
  allowSend(role: ServiceRole): void {
    this.queue.allowSend(role);
  }

  /**
   * Hands each message to the function, one at a time, which says which it could not deal with. It may send messages again,
   * and dead letters.
   *
   * @param atOnce message groups; the function is called so many times at once, or twice
   */
  deliverTo(target: BundledFunction, atOnce: number): void {
    this.queue.allowSend(target.role);
    this.deadLetters.allowSend(target.role);
    const receive = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
    target.role.allow('ReceiveRequests', [...receive, 'sqs:ChangeMessageVisibility'], [this.queue.arn]);
    new LambdaEventSourceMapping(this, 'Delivery', {
      eventSourceArn: this.queue.arn,
      functionName: target.functionName,
      batchSize: 1,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: Math.max(LEAST_CONCURRENCY, atOnce) },
      dependsOn: [target.ready, target.role.policy],
    });
  }
}
