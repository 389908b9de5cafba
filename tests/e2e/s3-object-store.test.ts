import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { describeObjectStore } from '../integration/object-store/object-store-suite';
import { bytes, sha256 } from '../integration/object-store/suite/reading';
import { ACCOUNT_KEYS, SimulatedAccount } from './account/simulated-account';

describe('S3ObjectStore', () => {
  let account: SimulatedAccount;
  let client: S3Client;
  let buckets = 0;
  const newBucket = async () => {
    buckets += 1;
    const bucket = `store-${buckets}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    return new S3ObjectStore({ client, bucket });
  };
  beforeAll(async () => {
    account = await SimulatedAccount.start();
    client = createS3Client(
      {},
      { endpoint: account.endpoint, region: 'us-east-1', credentials: ACCOUNT_KEYS },
    );
  });
  afterAll(async () => {
    client?.destroy();
    await account?.stop();
  });

  describeObjectStore(newBucket);

  it('knows the hash of what another program wrote, which S3 keeps no checksum of', async () => {
    const store = await newBucket();
    await client.send(
      new PutObjectCommand({ Bucket: `store-${buckets}`, Key: 'theirs', Body: bytes('theirs') }),
    );

    expect((await store.head('theirs'))!.sha256).toBe(sha256(bytes('theirs')));
    expect((await store.copy('theirs', 'ours')).sha256).toBe(sha256(bytes('theirs')));
    expect((await store.head('ours'))!.sha256).toBe(sha256(bytes('theirs')));
  });

  it('tells a bucket that is missing from a key that is', async () => {
    const store = new S3ObjectStore({ client, bucket: 'no-such-bucket' });

    await expect(store.get('k')).rejects.toMatchObject({ name: 'StorageError' });
    await expect(store.put('k', bytes('x'))).rejects.toMatchObject({
      context: { error_name: 'NoSuchBucket', bucket: 'no-such-bucket' },
    });
  });
});
