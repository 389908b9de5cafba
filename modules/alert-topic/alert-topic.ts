import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { TerraformIterator } from 'cdktf';
import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { ProjectKey } from '../encryption-key/encryption-key';
import {
  denyInsecureTransport,
  type PolicyStatement,
  policyDocument,
} from '../policy-document/policy-document';

export interface AlertTopicProps {
  readonly account: DeploymentAccount;
  readonly topicName: string;
  /** Who is told; each address must confirm once, by a link that it is sent. At least one. */
  readonly emails: readonly string[];
  /**
   * Encrypts what is published with this key.
   * @default not encrypted at rest: the only other key that SNS knows, `alias/aws/sns`, refuses alarms
   */
  readonly key?: ProjectKey | undefined;
}

/** The topic that the alarms of this account publish to, and nobody else. */
export class AlertTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, 'Topic', {
      name: props.topicName,
      ...(props.key && { kmsMasterKeyId: props.key.arn }),
    });
    this.arn = topic.arn;
    new SnsTopicPolicy(this, 'Policy', {
      arn: topic.arn,
      policy: policyDocument([
        alarmsPublish(topic.arn, props.account),
        denyInsecureTransport('sns:Publish', [topic.arn]),
      ]),
    });
    this.subscribe(props.emails);
  }

  /** By address, not by position: one more or one less leaves the others confirmed. */
  private subscribe(emails: readonly string[]): void {
    const each = TerraformIterator.fromList([...emails]);
    new SnsTopicSubscription(this, 'Email', {
      forEach: each,
      topicArn: this.arn,
      protocol: 'email',
      endpoint: each.value,
    });
  }
}

function alarmsPublish(topicArn: string, account: DeploymentAccount): PolicyStatement {
  return {
    Sid: 'AlarmsPublish',
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: topicArn,
    Condition: {
      StringEquals: { 'aws:SourceAccount': account.accountId },
      ArnLike: { 'aws:SourceArn': account.arn('cloudwatch', 'alarm:*') },
    },
  };
}
