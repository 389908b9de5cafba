import { AlertTopic } from '../../../modules/alert-topic/alert-topic';
import { EncryptionKey } from '../../../modules/encryption-key/encryption-key';
import { addresses, only, statement, synthesize } from './synthesized-stack';

const TOPIC_ARN = '${aws_sns_topic.Alerts_Topic_4CF1C27A.arn}';

describe('an alert topic by default', () => {
  const emails = ['one@example.com', 'two@example.com'];
  const stack = synthesize(
    (scope, account) => new AlertTopic(scope, 'Alerts', { account, topicName: 'alerts', emails }),
  );
  const policy = only(stack, 'aws_sns_topic_policy');

  it('has these addresses for ever', () => {
    expect(addresses(stack)).toEqual([
      'aws_sns_topic.Alerts_Topic_4CF1C27A',
      'aws_sns_topic_policy.Alerts_Policy_9A7AFDBB',
      'aws_sns_topic_subscription.Alerts_Email_551221B9',
    ]);
  });

  it('is under no key: alarms cannot publish under the one of SNS', () => {
    expect(only(stack, 'aws_sns_topic')).toMatchObject({ name: 'alerts' });
    expect(only(stack, 'aws_sns_topic')).not.toHaveProperty('kms_master_key_id');
  });

  it('lets the alarms of this account and region publish, and nobody without TLS', () => {
    const account = expect.stringContaining('account_id');

    expect(statement(policy, 'AlarmsPublish')).toEqual({
      Sid: 'AlarmsPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: TOPIC_ARN,
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': expect.stringMatching(/^arn:aws:cloudwatch:eu-central-1:.*:alarm:\*$/) },
      },
    });
    expect(statement(policy, 'DenyInsecureTransport')).toMatchObject({
      Effect: 'Deny',
      Action: 'sns:Publish',
    });
  });

  it('tells every address, each by its own address in Terraform', () => {
    expect(only(stack, 'aws_sns_topic_subscription')).toMatchObject({
      for_each: '${toset(["one@example.com", "two@example.com"])}',
      endpoint: '${each.value}',
      protocol: 'email',
      topic_arn: TOPIC_ARN,
    });
  });
});

it('an alert topic under a key is encrypted with it', () => {
  const stack = synthesize((scope, account) => {
    const key = new EncryptionKey(scope, 'Key', { account, alias: 'lake', description: 'The lake' });
    new AlertTopic(scope, 'Alerts', { account, topicName: 'alerts', emails: ['one@example.com'], key });
  });

  expect(only(stack, 'aws_sns_topic').kms_master_key_id).toBe('${aws_kms_key.Key_43586C89.arn}');
});
