import { createS3Client, MAX_ATTEMPTS } from '../../../../adapters/s3/s3-client';

describe('an S3 client', () => {
  it.each([
    [{}, false],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' }, true],
    [{ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:5000' }, true],
  ])('names buckets in the path only with an endpoint of its own: %j', (environment, expected) => {
    expect(createS3Client(environment).config.forcePathStyle).toBe(expected);
  });

  it('uses TLS and a bounded number of attempts', async () => {
    const { config } = createS3Client({}, { region: 'eu-west-1' });

    expect(config.tls).toBe(true);
    expect(await config.maxAttempts()).toBe(MAX_ATTEMPTS);
  });
});
