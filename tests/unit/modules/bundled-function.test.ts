import { createHash } from 'node:crypto';
import type { BundledFunction } from '../../../modules/bundled-function/bundled-function';
import * as defaults from '../../../modules/bundled-function/bundled-function';
import { EncryptionKey } from '../../../modules/encryption-key/encryption-key';
import { PrivateBucket } from '../../../modules/private-bucket/private-bucket';
import { addFunction, writeZip } from './deployed-parts';
import { addresses, only, statement, statements, synthesize } from './synthesized-stack';

const KEY_ARN = '${aws_kms_key.Key_43586C89.arn}';
const RAW_ARN = '${aws_s3_bucket.Raw_Bucket_128B7E58.arn}';

describe('a bundled function by default', () => {
  const stack = synthesize((scope, account) => addFunction(scope, account));
  const role = only(stack, 'aws_iam_role');
  const policy = only(stack, 'aws_iam_role_policy');
  const lambda = only(stack, 'aws_lambda_function');

  it('has these addresses for ever', () => {
    expect(addresses(stack).filter((address) => address.includes('.Ingest_'))).toEqual([
      'aws_cloudwatch_log_group.Ingest_Logs_0E167F4D',
      'aws_iam_role.Ingest_Role_2FC4FDB9',
      'aws_iam_role_policy.Ingest_Role_Policy_58E1C8DC',
      'aws_lambda_function.Ingest_Function_5E5779E7',
      'aws_lambda_function_event_invoke_config.Ingest_AsyncEvents_4C1D9D6C',
    ]);
  });

  it('runs as the defaults say', () => {
    expect(lambda).toMatchObject({
      function_name: 'weather-dev-ingest',
      runtime: defaults.DEFAULT_RUNTIME,
      architectures: ['arm64'],
      handler: defaults.DEFAULT_HANDLER,
      memory_size: defaults.DEFAULT_MEMORY_MIB,
      timeout: defaults.DEFAULT_TIMEOUT_SECONDS,
      reserved_concurrent_executions: defaults.DEFAULT_RESERVED_CONCURRENCY,
      tracing_config: { mode: 'Active' },
      environment: { variables: { ENVIRONMENT: 'dev' } },
    });
    expect(lambda).not.toHaveProperty('kms_key_arn');
  });

  it('may trace, write its own log lines and send its failures, and nothing else', () => {
    expect(statements(policy).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']],
      [['sqs:SendMessage'], ['${aws_sqs_queue.DeadLetters_Queue_2B23AEFC.arn}']],
      [
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        ['${aws_cloudwatch_log_group.Ingest_Logs_0E167F4D.arn}:*'],
      ],
    ]);
  });

  it('is trusted to Lambda of this account alone', () => {
    expect(statements(role, 'assume_role_policy')).toEqual([
      expect.objectContaining({
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': expect.stringContaining('account_id') } },
      }),
    ]);
    expect(role).not.toHaveProperty('permissions_boundary');
  });

  it('has its log group and its permissions before it runs', () => {
    expect(only(stack, 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/aws/lambda/weather-dev-ingest',
      retention_in_days: defaults.DEFAULT_LOG_RETENTION_DAYS,
    });
    expect(lambda.depends_on).toEqual([
      'aws_iam_role_policy.Ingest_Role_Policy_58E1C8DC',
      'aws_cloudwatch_log_group.Ingest_Logs_0E167F4D',
    ]);
  });

  it('tries an event again, then hands it to the failure queue', () => {
    expect(only(stack, 'aws_lambda_function_event_invoke_config')).toMatchObject({
      maximum_retry_attempts: defaults.DEFAULT_MAX_RETRIES,
      maximum_event_age_in_seconds: defaults.DEFAULT_MAX_EVENT_AGE_SECONDS,
      destination_config: { on_failure: { destination: '${aws_sqs_queue.DeadLetters_Queue_2B23AEFC.arn}' } },
    });
  });
});

describe('the code of a bundled function', () => {
  const codeOf = (zipPath: string) => {
    const { filename, source_code_hash } = only(
      synthesize((scope, account) => addFunction(scope, account, { zipPath })),
      'aws_lambda_function',
    );
    return { filename, source_code_hash };
  };

  it('is named by the bytes of its zip, wherever the zip lies', () => {
    expect(codeOf(writeZip('one'))).toEqual(codeOf(writeZip('one')));
    expect(codeOf(writeZip('one')).source_code_hash).toBe(
      createHash('sha256').update('one').digest('base64'),
    );
  });

  it('changes with the bytes of its zip', () => {
    expect(codeOf(writeZip('two')).source_code_hash).not.toBe(codeOf(writeZip('one')).source_code_hash);
    expect(codeOf(writeZip('two')).filename).not.toBe(codeOf(writeZip('one')).filename);
  });

  it('reserves nothing of the account where it is to share what is free', () => {
    const stack = synthesize((scope, account) =>
      addFunction(scope, account, { reservedConcurrency: 'none' }),
    );

    expect(only(stack, 'aws_lambda_function')).not.toHaveProperty('reserved_concurrent_executions');
  });

  it('must have been built: the error says by what', () => {
    expect(() => codeOf('/nowhere/ingest.zip')).toThrow('npm run bundle');
  });
});

describe('a bundled function with everything set', () => {
  const stack = synthesize((scope, account) =>
    addFunction(scope, account, {
      key: new EncryptionKey(scope, 'Key', { account, alias: 'lake', description: 'The lake' }),
      runtime: 'nodejs24.x',
      handler: 'main.run',
      memoryMib: 1024,
      timeoutSeconds: 900,
      reservedConcurrency: 3,
      logRetentionDays: 30,
      maxRetries: 0,
      maxEventAgeSeconds: 60,
      permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary',
    }),
  );

  it('runs as it is told', () => {
    expect(only(stack, 'aws_lambda_function')).toMatchObject({
      runtime: 'nodejs24.x',
      handler: 'main.run',
      memory_size: 1024,
      timeout: 900,
      reserved_concurrent_executions: 3,
      kms_key_arn: KEY_ARN,
    });
    expect(only(stack, 'aws_lambda_function_event_invoke_config')).toMatchObject({
      maximum_retry_attempts: 0,
      maximum_event_age_in_seconds: 60,
    });
    expect(only(stack, 'aws_cloudwatch_log_group')).toMatchObject({
      retention_in_days: 30,
      kms_key_id: KEY_ARN,
    });
  });

  it('stays within the boundary, and may decrypt its own environment', () => {
    expect(only(stack, 'aws_iam_role').permissions_boundary).toBe(
      'arn:aws:iam::123456789012:policy/boundary',
    );
    expect(statement(only(stack, 'aws_iam_role_policy'), 'UseKey')).toMatchObject({
      Action: ['kms:Decrypt'],
      Resource: [KEY_ARN],
    });
  });
});

describe('what a bundled function is granted', () => {
  const granted = (grant: (target: BundledFunction, raw: PrivateBucket) => void, encrypted = false) => {
    const stack = synthesize((scope, account) => {
      const key = encrypted
        ? new EncryptionKey(scope, 'Key', { account, alias: 'lake', description: 'The lake' })
        : undefined;
      const raw = new PrivateBucket(scope, 'Raw', { bucketName: 'lake-raw', key });
      grant(addFunction(scope, account).ingest, raw);
    });
    return statements(only(stack, 'aws_iam_role_policy'))
      .slice(3)
      .map(({ Effect, ...rest }) => rest);
  };

  it.each([
    ['grantRead', 'ReadRaw', 's3:GetObject'],
    ['grantWrite', 'WriteRaw', 's3:PutObject'],
    ['grantDelete', 'DeleteRaw', 's3:DeleteObject'],
  ] as const)('%s covers the given keys of one bucket', (method, Sid, action) => {
    expect(granted((target, raw) => target[method](raw, ['p/*', 'config/p.json']))).toEqual([
      { Sid, Action: [action], Resource: [`${RAW_ARN}/p/*`, `${RAW_ARN}/config/p.json`] },
    ]);
  });

  it('grantList covers the given prefixes only', () => {
    expect(granted((target, raw) => target.grantList(raw, ['p/*']))).toEqual([
      {
        Sid: 'ListRaw',
        Action: ['s3:ListBucket'],
        Resource: [RAW_ARN],
        Condition: { StringLike: { 's3:prefix': ['p/*'] } },
      },
    ]);
  });

  it.each([
    ['grantRead', ['kms:Decrypt']],
    ['grantWrite', ['kms:GenerateDataKey', 'kms:Decrypt']],
  ] as const)('%s covers the key of an encrypted bucket', (method, actions) => {
    expect(granted((target, raw) => target[method](raw, ['p/*']), true)).toContainEqual({
      Sid: 'UseKey',
      Action: actions,
      Resource: [KEY_ARN],
    });
  });

  it('grantSecret covers one secret and, for that secret alone, the key it lies under', () => {
    expect(granted((target) => target.grantSecret('arn:secret', 'arn:key'))).toEqual([
      { Sid: 'ReadSecret', Action: ['secretsmanager:GetSecretValue'], Resource: ['arn:secret'] },
      {
        Sid: 'DecryptSecret',
        Action: ['kms:Decrypt'],
        Resource: ['arn:key'],
        Condition: { StringEquals: { 'kms:EncryptionContext:SecretARN': 'arn:secret' } },
      },
    ]);
  });

  it('has a name of its own for every statement, and none twice', () => {
    const found = granted((target, raw) => {
      target.grantRead(raw, ['a/*']);
      target.grantRead(raw, ['b/*']);
      target.grantRead(raw, ['a/*']);
    });

    expect(found.map(({ Sid }) => Sid)).toEqual(['ReadRaw', 'ReadRaw2']);
  });
});
