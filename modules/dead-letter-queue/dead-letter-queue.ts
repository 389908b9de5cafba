import type { Construct } from 'constructs';
import { PrivateQueue, type PrivateQueueProps } from '../private-queue/private-queue';

export interface DeadLetterQueueProps extends Pick<PrivateQueueProps, 'queueName' | 'key'> {
  /**
   * What letters there are, in the names of statements.
   * @default DeadLetters
   */
  readonly letters?: string;
}

/** A queue for what failed for good. `BundledFunction` and `Schedule` send to the queue they are given. */
export class DeadLetterQueue extends PrivateQueue {
  constructor(scope: Construct, id: string, { queueName, key, letters }: DeadLetterQueueProps) {
    super(scope, id, { queueName, key, messages: letters ?? 'DeadLetters' });
  }
}
