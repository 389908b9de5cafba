import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/** Tries of one request, the first included; the SDK waits between them. */
export const MAX_ATTEMPTS = 4;
export const CONNECTION_TIMEOUT_MS = 3000;
/** From sending a request to the first byte of its answer. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** Without a byte in either direction. */
export const IDLE_TIMEOUT_MS = 10_000;
export const MAX_SOCKETS = 50;

/**
 * TLS is the SDK's default, and so are the region and the credentials where none are given. With an endpoint of one's own (`AWS_ENDPOINT_URL_S3`,
 * `AWS_ENDPOINT_URL`), which the SDK honours, buckets are named in the path: such a host rarely has a name for each.
 */
export function createS3Client(
  environment: Readonly<Record<string, string | undefined>>,
  config: Pick<S3ClientConfig, 'endpoint' | 'region' | 'credentials'> = {},
): S3Client {
  const endpoint = config.endpoint ?? environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL;
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  return new S3Client({
    ...config,
    retryMode: 'standard',
    maxAttempts: MAX_ATTEMPTS,
    forcePathStyle: endpoint !== undefined,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      socketTimeout: IDLE_TIMEOUT_MS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}
