import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { bodyOf, keysOf } from '../integration/object-store/suite/reading';
import {
  deploySmallFunction,
  SMALL_BUCKET,
  SMALL_FUNCTION,
  SMALL_LOG_GROUP,
  SMALL_QUEUE,
  SMALL_QUEUE_ARN,
  SMALL_REGION,
  SMALL_ROLE,
} from './account/deploy-small-function';
import { invokeFunction, invokeLater, killFunction } from './account/functions';
import { jsonLines, logLines } from './account/logs';
import { awaitMessage, takeMessages } from './account/queues';
import { ACCOUNT_KEYS, SimulatedAccount } from './account/simulated-account';
import { until } from './account/until';

describe('the simulated account', () => {
  let account: SimulatedAccount;
  let client: S3Client;
  let address: { endpoint: string; region: string };
  beforeAll(async () => {
    account = await SimulatedAccount.start();
    address = { endpoint: account.endpoint, region: SMALL_REGION };
    client = createS3Client({}, { ...address, credentials: ACCOUNT_KEYS });
    await deploySmallFunction(address, client);
  });
  afterAll(async () => {
    client?.destroy();
    await account?.stop();
  });

  it("runs a function's own zip, in its role, on the account", async () => {
    const answer = await invokeFunction(address, SMALL_FUNCTION, {});

    expect(answer).toEqual({
      failed: false,
      payload: { missing: true, left: expect.any(Number), name: SMALL_FUNCTION },
    });
    const store = new S3ObjectStore({ client, bucket: SMALL_BUCKET });
    expect(await keysOf(store, '')).toEqual(['t/b']);
    expect(await bodyOf(store, 't/b')).toBe('written');
  });

  it('records what the role did, action by action', () => {
    const arn = `arn:aws:s3:::${SMALL_BUCKET}`;
    const calls = account.calls().filter(({ action }) => action.startsWith('s3:'));

    expect(new Set(calls.map(({ role }) => role))).toEqual(new Set([SMALL_ROLE]));
    expect(calls.map(({ action, resource, prefix }) => [action, resource, prefix])).toEqual([
      ['s3:GetObject', `${arn}/t/missing`, undefined],
      ['s3:ListBucket', arn, 't/missing'],
      ['s3:PutObject', `${arn}/t/a`, undefined],
      ['s3:GetObject', `${arn}/t/a`, undefined],
      ['s3:GetObject', `${arn}/t/a`, undefined],
      ['s3:PutObject', `${arn}/t/b`, undefined],
      ['s3:ListBucket', arn, 't/'],
      ['s3:DeleteObject', `${arn}/t/a`, undefined],
    ]);
  });

  it("writes a function's lines to the log group that it is told", async () => {
    const lines = await logLines(address, SMALL_LOG_GROUP);

    expect(jsonLines(lines)).toEqual([{ message: 'asked', event: {} }]);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^START RequestId: /),
        expect.stringMatching(/\tINFO\ttwo\rlines$/),
        expect.stringMatching(/^REPORT RequestId: .*Max Memory Used: \d+ MB$/),
      ]),
    );
  });

  it.each([
    [{ end: 'throw' }, { errorType: 'StorageError', errorMessage: 'told to fail' }],
    [{ end: 'hang' }, { errorType: 'Sandbox.Timedout' }],
    [{ end: 'exit' }, { errorType: 'Runtime.ExitError' }],
  ])('tells how a function ended that did not answer: %j', async (event, expected) => {
    const { failed, payload } = await invokeFunction(address, SMALL_FUNCTION, event);

    expect(failed).toBe(true);
    expect(payload).toMatchObject(expected);
  });

  it.each([
    ['kills what runs of a function', ''],
    ['kills what has not read its event', 'more than a pipe takes '.repeat(50_000)],
  ])('%s, and tells it as Lambda does', async (_what, unread) => {
    const answer = invokeFunction(address, SMALL_FUNCTION, { end: 'hang', unread });
    await until('process to kill', async () => (await killFunction(address, SMALL_FUNCTION)) > 0);

    expect(await answer).toMatchObject({
      failed: true,
      payload: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
      },
    });
  });

  it('runs no more of a function at once than are reserved for it', async () => {
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => invokeFunction(address, SMALL_FUNCTION, { end: 'hang' })),
    );

    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { message: expect.stringContaining('429') } }]);
  });

  it('tries an event again and sends what failed for good to its destination', async () => {
    await invokeLater(address, SMALL_FUNCTION, { end: 'throw', n: 1 });

    const failure = JSON.parse(await awaitMessage(address, SMALL_QUEUE));
    expect(failure).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      requestPayload: { end: 'throw', n: 1 },
      responsePayload: { errorType: 'StorageError', errorMessage: 'told to fail' },
    });
    expect(await takeMessages(address, SMALL_QUEUE)).toEqual([]);
    expect(account.calls()).toContainEqual(
      expect.objectContaining({
        action: 'sqs:SendMessage',
        resource: SMALL_QUEUE_ARN,
      }),
    );
  });

  it('is another one each time it starts', async () => {
    const other = await SimulatedAccount.start();
    const otherClient = createS3Client(
      {},
      { ...address, endpoint: other.endpoint, credentials: ACCOUNT_KEYS },
    );
    try {
      await otherClient.send(new CreateBucketCommand({ Bucket: SMALL_BUCKET }));
      expect(await keysOf(new S3ObjectStore({ client: otherClient, bucket: SMALL_BUCKET }), '')).toEqual([]);
    } finally {
      otherClient.destroy();
      await other.stop();
    }
  });
});
