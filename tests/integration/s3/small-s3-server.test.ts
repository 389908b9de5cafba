import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { createS3Client } from '../../../adapters/s3/s3-client';
import { SmallS3Server } from '../../s3/small-s3-server';
import { describeObjectStore } from '../object-store/object-store-suite';
import { bodyOf, bytes } from '../object-store/suite/reading';

describe('S3ObjectStore on a server that ignores the conditions of deletions', () => {
  let server: SmallS3Server;
  let buckets = 0;
  const newStore = async () => {
    buckets += 1;
    return server.store(`bucket-${buckets}`);
  };
  beforeAll(async () => {
    server = await SmallS3Server.start();
  });
  afterAll(() => server.stop());

  describeObjectStore(newStore);

  it('offers no conditional deletion, since the server would delete whatever is there', async () => {
    const store = await newStore();
    await store.put('k', bytes('of another run'));
    const client = createS3Client(
      {},
      {
        endpoint: server.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      },
    );

    await client.send(
      new DeleteObjectCommand({ Bucket: `bucket-${buckets}`, Key: 'k', IfMatch: '"another version"' }),
    );
    client.destroy();

    expect(await bodyOf(store, 'k')).toBeUndefined();
    expect(store).not.toHaveProperty('deleteIfUnchanged');
  });
});
