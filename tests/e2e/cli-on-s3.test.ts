import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { FilesystemObjectStore } from '../../adapters/filesystem/filesystem-object-store';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { PrefixedObjectStore } from '../../core/keys/prefixed-object-store';
import { leaseKey } from '../../core/keys/processed-keys';
import type { ObjectStore } from '../../core/ports/object-store';
import type { Day } from '../../core/time/day';
import { type Simulator, startSimulator } from '../../simulators/open-meteo/simulator';
import { BuiltCommand, documentOf, logsOf } from '../integration/cli/built-command';
import { SMALL_PIPELINE } from '../integration/cli/small-pipeline-file';
import { bytes, keysOf } from '../integration/object-store/suite/reading';
import { ACCOUNT_KEYS, SimulatedAccount } from './account/simulated-account';

const REGION = 'eu-west-1';
const DAYS = ['--from', '2025-03-01', '--to', '2025-03-02'];

describe('the command with a lake in S3', () => {
  let account: SimulatedAccount;
  let client: S3Client;
  let simulator: Simulator;
  let command: BuiltCommand;
  let env: Record<string, string>;
  let pipeline: string;
  const call = (args: readonly string[], lake: string) =>
    command.call([...args, '--pipeline', pipeline, '--lake', lake], { env });
  const ingest = (lake: string, days = DAYS) =>
    call(['ingest', ...days, '--source-url', simulator.url, '--json'], lake);

  beforeAll(async () => {
    [account, simulator, command] = await Promise.all([
      SimulatedAccount.start(),
      startSimulator({ limits: false }),
      BuiltCommand.build(),
    ]);
    pipeline = await command.write('small.json', SMALL_PIPELINE);
    env = {
      AWS_ENDPOINT_URL: account.endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: ACCOUNT_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ACCOUNT_KEYS.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    client = createS3Client({}, { endpoint: account.endpoint, region: REGION, credentials: ACCOUNT_KEYS });
    for (const Bucket of ['lake-raw', 'lake-processed', 'lake']) {
      await client.send(
        new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }),
      );
    }
    await ingest('./folder');
  });
  afterAll(async () => {
    client?.destroy();
    await Promise.all([account?.stop(), simulator?.close(), command?.remove()]);
  });

  const bucket = (name: string): ObjectStore => new S3ObjectStore({ client, bucket: name });

  it('publishes the objects of a lake in a folder, to the byte', async () => {
    const ended = await ingest('s3://lake-raw,s3://lake-processed');

    expect(documentOf(ended)).toMatchObject({ exit_code: 0, outcomes: { published: 2 } });
    expect(() => logsOf(ended)).not.toThrow();
    const folder = new FilesystemObjectStore(`${command.folder}/folder/processed`);
    const tables = await parquetHashes(bucket('lake-processed'));
    expect(Object.keys(tables)).toHaveLength(6);
    expect(tables).toEqual(await parquetHashes(folder));
  });

  it('tells the state, makes days again from raw, and goes on with a backfill', async () => {
    const lake = 's3://lake-raw,s3://lake-processed';

    const replayed = documentOf(await call(['replay', ...DAYS, '--json'], lake));
    const filled = documentOf(
      await call(
        ['backfill', '--from', '2025-03-01', '--to', '2025-03-03', '--source-url', simulator.url, '--json'],
        lake,
      ),
    );
    const status = documentOf(await call(['status', '--json'], lake));

    expect(replayed).toMatchObject({ exit_code: 0, outcomes: { unchanged: 2 } });
    expect(filled).toMatchObject({ exit_code: 0, outcomes: { skipped: 2, published: 1 } });
    expect(status).toMatchObject({ lake, published: { days: 3, first: '2025-03-01', last: '2025-03-03' } });
  });

  it('is held to what it says of itself, repaired where that needs no source, and made again from raw', async () => {
    const lake = 's3://lake-raw,s3://lake-processed';
    const [raw, processed] = [bucket('lake-raw'), bucket('lake-processed')];
    const verify = async (...more: string[]) =>
      documentOf(await command.call(['verify', '--lake', lake, '--json', ...more], { env }));
    const table = 'weather_daily/date=2025-03-01/small.00000.parquet';
    const cut = (await keysOf(raw, '')).find((key) => key.endsWith('.json.gz'))!;
    const staging = '_staging/small/20200101T000000Z-00000000';

    const whole = await verify();
    const { body, info } = (await raw.get(cut))!;
    const [, pipeline, rest] = /^([^/]+)(\/.*)$/.exec(cut)!;
    await raw.put(`copy-of-${pipeline}${rest}`, body, { metadata: info.metadata });
    await raw.put(cut, body.subarray(0, 30), { metadata: info.metadata });
    await processed.put(table, bytes('spoilt'));
    await processed.put(`${staging}/${table}`, bytes('staged'));
    const found = await verify();
    const repaired = await verify('--repair');
    await raw.delete(`copy-of-${pipeline}${rest}`);
    const replayed = await call(['replay', ...DAYS], lake);
    const again = await verify();

    expect(whole).toMatchObject({
      exit_code: 0,
      manifests: { checked: 3, found: 0 },
      objects: { checked: 9 },
    });
    expect(found).toMatchObject({
      exit_code: 8,
      objects: { findings: [{ object: table }] },
      bodies: { findings: [{ object: cut, problem: 'it is cut short', repaired: false }] },
      staging: { findings: [{ object: `${staging}/`, repaired: false }] },
    });
    expect(repaired).toMatchObject({
      exit_code: 8,
      objects: { found: 1, repaired: 0 },
      bodies: { found: 1, repaired: 1 },
      staging: { found: 1, repaired: 1 },
    });
    expect(replayed.code).toBe(0);
    expect(again).toMatchObject({ exit_code: 0, objects: { checked: 9, found: 0 } });
    expect(await raw.get(cut)).toMatchObject({ body, info: { metadata: info.metadata } });
    expect(await keysOf(processed, '_staging/')).toEqual([]);
  });

  it('keeps a lake below a prefix, and leaves what lies beside it alone', async () => {
    await bucket('lake').put('theirs/processed/weather_daily/x', bytes('theirs'));

    const ended = await ingest('s3://lake/teams/weather', ['--date', '2025-03-01']);

    expect(documentOf(ended)).toMatchObject({ exit_code: 0, outcomes: { published: 1 } });
    const keys = await keysOf(bucket('lake'), '');
    expect(new Set(keys.map((key) => key.split('/').slice(0, 3).join('/')))).toEqual(
      new Set(['teams/weather/processed', 'teams/weather/raw', 'theirs/processed/weather_daily']),
    );
    const status = documentOf(await call(['status', '--json'], 's3://lake/teams/weather'));
    expect(status).toMatchObject({ published: { days: 1 }, leases: [] });
  });

  it('waits for the lease of a run elsewhere, which is never known to be gone', async () => {
    const processed = new PrefixedObjectStore(bucket('lake'), 'held/processed/');
    const expires = Date.now() + 12_000;
    const lease = { run_id: 'r', holder: '1@another.machine', state: 'held', expires_at: new Date(expires) };
    await processed.put(leaseKey('small', '2025-03-01' as Day), bytes(JSON.stringify(lease)));

    const ended = await ingest('s3://lake/held', ['--date', '2025-03-01']);

    expect(documentOf(ended)).toMatchObject({ outcomes: { published: 1 } });
    expect(Date.now()).toBeGreaterThan(expires);
  });

  it('says what is wrong with a bucket that is not there', async () => {
    const ended = await call(['status'], 's3://no-such-lake');

    expect(ended).toMatchObject({ code: 7, stderr: expect.stringContaining('there is no such bucket') });
  });
});

async function parquetHashes(store: ObjectStore): Promise<Record<string, string | undefined>> {
  const keys = (await keysOf(store, '')).filter((key) => key.endsWith('.parquet'));
  return Object.fromEntries(
    await Promise.all(keys.map(async (key) => [key, (await store.head(key))?.sha256] as const)),
  );
}
