import { DEFAULT_KEY_DELETION_DAYS, EncryptionKey } from '../../../modules/encryption-key/encryption-key';
import { addresses, only, statement, statements, synthesize } from './synthesized-stack';

const ACCOUNT = '${data.aws_caller_identity.Account_Caller_E4559C81.account_id}';

describe('an encryption key by default', () => {
  const stack = synthesize(
    (scope, account) => new EncryptionKey(scope, 'Key', { account, alias: 'lake', description: 'The lake' }),
  );
  const key = only(stack, 'aws_kms_key');

  it('has these addresses for ever', () => {
    expect(addresses(stack)).toEqual(['aws_kms_alias.Key_Alias_6C2E2031', 'aws_kms_key.Key_43586C89']);
  });

  it('is rotated, protected and waits before it goes', () => {
    expect(key).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: DEFAULT_KEY_DELETION_DAYS,
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'aws_kms_alias').name).toBe('alias/lake');
  });

  it('names the principals: the account, alarms and log groups, and no other', () => {
    expect(statements(key).map(({ Principal }) => Principal)).toEqual([
      { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      { Service: 'cloudwatch.amazonaws.com' },
      { Service: 'logs.eu-central-1.amazonaws.com' },
    ]);
  });

  it('serves alarms and log groups of this account and region only', () => {
    expect(statement(key, 'AlarmsPublish').Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': ACCOUNT },
      ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:*` },
    });
    expect(statement(key, 'LogGroupsEncrypt').Condition).toEqual({
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:*`,
      },
    });
  });
});

it('an encryption key that may go, goes when it is told', () => {
  const stack = synthesize(
    (scope, account) =>
      new EncryptionKey(scope, 'Key', {
        account,
        alias: 'lake',
        description: 'The lake',
        deletionDays: 7,
        protectFromDestroy: false,
      }),
  );

  expect(only(stack, 'aws_kms_key')).toMatchObject({
    deletion_window_in_days: 7,
    lifecycle: { prevent_destroy: false },
  });
});
