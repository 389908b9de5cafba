import { on } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { writeDocument } from '../../core/json-document';
import { manifestKey } from '../../core/keys/processed-keys';
import { deployedDocument, pipelineKey } from '../../core/pipeline/pipeline-object';
import type { Day } from '../../core/time/day';
import { BuiltCommand, documentOf } from '../integration/cli/built-command';
import { manifestOf } from '../lake/manifest-of';
import { smallPipelineFile } from '../lake/small-pipeline';
import { ACCOUNT_ID, ACCOUNT_KEYS, SimulatedAccount } from './account/simulated-account';

const REGION = 'eu-west-1';
const AWS = ['--aws', '--environment', 'dev', '--json'];
const REASON = { name: 'SourceRejectedError', message: 'refused for good' };

/** A state machine that runs until it is stopped stands for the whole: what it does is not what is tested. */
const DEFINITION = { StartAt: 'Run', States: { Run: { Type: 'Wait', Seconds: 3600, End: true } } };

describe('the command and an orchestrated environment', () => {
  let account: SimulatedAccount;
  let command: BuiltCommand;
  let env: Record<string, string>;
  let queues: SQSClient;
  let states: SFNClient;
  let deadLetters: string;
  const call = async (...args: string[]) => documentOf(await command.call([...args, ...AWS], { env }));

  beforeAll(async () => {
    [account, command] = await Promise.all([SimulatedAccount.start(), BuiltCommand.build()]);
    const { endpoint } = account;
    const client = { endpoint, region: REGION, credentials: ACCOUNT_KEYS };
    queues = new SQSClient(client);
    states = new SFNClient(client);
    const role = `arn:aws:iam::${ACCOUNT_ID}:role/any`;
    const definition = JSON.stringify(DEFINITION);
    await states.send(
      new CreateStateMachineCommand({ name: 'weather-dev-ingest', definition, roleArn: role }),
    );
    const fifo = { FifoQueue: 'true' };
    await queues.send(new CreateQueueCommand({ QueueName: 'weather-dev-requests.fifo', Attributes: fifo }));
    const dead = new CreateQueueCommand({ QueueName: 'weather-dev-requests-dead.fifo', Attributes: fifo });
    deadLetters = (await queues.send(dead)).QueueUrl!;
    const s3 = createS3Client({}, client);
    const bucketOf = async (name: string) => {
      const bucket = `weather-dev-${name}-${ACCOUNT_ID}`;
      const place = { LocationConstraint: REGION } as const;
      await s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: place }));
      return new S3ObjectStore({ client: s3, bucket });
    };
    await publish(await bucketOf('processed'));
    const raw = await bucketOf('raw');
    await raw.put(pipelineKey('small'), writeDocument(deployedDocument(smallPipelineFile())));
    env = await environmentOf(endpoint);
  });
  afterAll(async () => {
    for (const client of [queues, states]) client?.destroy();
    await Promise.all([account?.stop(), command?.remove()]);
  });

  async function publish(processed: S3ObjectStore): Promise<void> {
    const tables = {
      weather_daily: {
        rows: { expected: 3, found: 2 },
        locations: { expected: 3, found: 2, missing: ['honolulu'] },
        columns: {},
      },
    };
    for (const [date, parts] of [
      ['2025-03-01', {}],
      ['2025-03-02', { partial: true, tables }],
    ] as const) {
      const manifest = manifestOf(date, { pipeline: 'small', ...parts });
      await processed.put(manifestKey('small', date as Day), writeDocument(manifest));
    }
  }

  async function environmentOf(endpoint: string): Promise<Record<string, string>> {
    await command.write('environments/small.json', smallPipelineFile());
    const environment = {
      region: REGION,
      account_id: ACCOUNT_ID,
      pipeline: '../environments/small.json',
      mode: 'orchestrated',
      alerts: { emails: ['nobody@example.com'] },
      protect_from_destroy: false,
    };
    await command.write('places/dev.json', environment);
    return {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: ACCOUNT_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ACCOUNT_KEYS.secretAccessKey,
      INGEST_WEATHER_ENVIRONMENTS: join(command.folder, 'places'),
    };
  }

  const die = (section: string, chunk: number, day: string) => {
    const item = { section, chunk, from: day, to: day, execution: 'e' };
    const body = JSON.stringify({ item, reason: REASON, attempts: 12, died_at: '2025-03-03T00:00:00Z' });
    return queues.send(
      new SendMessageCommand({
        QueueUrl: deadLetters,
        MessageBody: body,
        MessageGroupId: `${section}-${chunk}-${day}`,
        MessageDeduplicationId: `${section}-${chunk}-${day}`,
      }),
    );
  };

  it('tells what is published, what waits, and why letters are dead, without taking them away', async () => {
    await die('daily', 1, '2025-03-02');
    await die('daily', 0, '2024-12-31');

    const documents = [await call('status'), await call('status')];

    for (const document of documents) {
      expect(document).toMatchObject({
        environment: 'dev',
        published: { days: 2, first: '2025-03-01' },
        partial: [{ date: '2025-03-02' }],
        executions: [],
        queues: { requests: { waiting: 0, hidden: 0 }, dead_letters: { waiting: 2 } },
        dead_letters: [{ ...REASON, letters: 2, first_day: '2024-12-31', last_day: '2025-03-02' }],
      });
    }
  });

  it('redrives what days lack, once, and deletes the letters about it', async () => {
    const days = ['--from', '2025-03-01', '--to', '2025-03-02'];

    const redriven = await call('redrive', ...days);

    expect(redriven).toMatchObject({
      exit_code: 0,
      executions: [{ how: 'started', requests: 1 }],
      partial: [{ from: '2025-03-02', to: '2025-03-02' }],
      letters: { deleted: 1, kept: 1, elsewhere: { letters: 1, from: '2024-12-31', to: '2024-12-31' } },
    });
    expect(await call('status')).toMatchObject({ dead_letters: [{ letters: 1, first_day: '2024-12-31' }] });
  });

  it('backfills by executions, is stopped and goes on with the same, and tells how one ended', async () => {
    const args = ['backfill', '--from', '2024-01-01', '--to', '2024-12-31', ...AWS];
    const stopped = command.start(args, { env });
    const [name] = await backfills();
    stopped.child.kill('SIGINT');
    expect((await stopped.ended).code).toBe(130);

    const second = command.start(args, { env });
    await follows(second.child.stderr, name!);
    const executionArn = `arn:aws:states:${REGION}:${ACCOUNT_ID}:execution:weather-dev-ingest:${name}`;
    await states.send(new StopExecutionCommand({ executionArn, error: 'StorageError', cause: 'stopped' }));
    const ended = await second.ended;

    expect(ended.code).toBe(7);
    expect(documentOf(ended)).toMatchObject({
      executions: [
        {
          from: '2024-01-01',
          to: '2024-12-31',
          how: 'running',
          state: 'failed',
          name: expect.stringContaining(name!),
        },
      ],
    });
  });

  /** Waits until the command tells of the execution: Node may tell of something else before. */
  async function follows(stderr: Readable, name: string): Promise<void> {
    let told = '';
    for await (const [chunk] of on(stderr, 'data')) {
      told += chunk;
      if (told.includes(name)) return;
    }
  }

  /** Names of those that run, once there is one. */
  async function backfills(): Promise<string[]> {
    for (;;) {
      const { executions } = (await call('status')) as { executions: { name: string }[] };
      const names = executions.map((one) => one.name).filter((one) => one.startsWith('backfill-'));
      if (names.length > 0) return names;
    }
  }

  it('refuses credentials of another account than the one that the environment names', async () => {
    await command.write('elsewhere/dev.json', {
      region: REGION,
      account_id: '210987654321',
      pipeline: '../environments/small.json',
      mode: 'orchestrated',
      alerts: { emails: ['nobody@example.com'] },
      protect_from_destroy: false,
    });
    const elsewhere = { ...env, INGEST_WEATHER_ENVIRONMENTS: join(command.folder, 'elsewhere') };

    const { code, stderr } = await command.call(['status', '--aws', '--environment', 'dev'], {
      env: elsewhere,
    });

    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        new RegExp(`account_id: the environment belongs to the account 210987654321; .*${ACCOUNT_ID}`),
      ),
    ]);
  });

  it('says that an environment is not orchestrated where there is no state machine', async () => {
    await command.write('places/prod.json', {
      region: REGION,
      pipeline: '../environments/small.json',
      mode: 'orchestrated',
      alerts: { emails: ['nobody@example.com'] },
      protect_from_destroy: true,
    });

    const { code, stderr } = await command.call(['status', '--aws', '--environment', 'prod'], { env });

    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('there is no state machine weather-prod-ingest'),
    ]);
  });
});
