import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { EncryptionKey } from '../encryption-key/encryption-key';

export interface AlertTopicProps {
  readonly account: DeploymentAccount;
  readonly topicName: string;
  /** Who is told; each address must confirm once, by a link that it is sent. At least one. */
  readonly emails: readonly string[];
  /**
   * Encrypts what is published with this key.
   * @default not encrypted at rest: SNS knows no other key that alarms could publish under (`alias/aws/sns` refuses them)
   */
  readonly key?: EncryptionKey | undefined;
}

/** The topic that alarms publish to. */
export class AlertTopic extends Construct {
  readonly arn: string = '';
  constructor(scope: Construct, id: string, _props: AlertTopicProps) {
    super(scope, id);
  }
}
