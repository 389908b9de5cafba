import { S3Client } from '@aws-sdk/client-s3';
import { ConfigError } from '../../core/errors';

/**
 * Address of the server that takes the place of S3, where the SDK looks for it: `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL` and
 * the profile, unless they are to be ignored. `undefined` for S3 itself.
 *
 * @throws ConfigError when it is no address of http or https
 */
export async function findOwnEndpoint(): Promise<string | undefined> {
  const endpoint = await new S3Client({}).config.serviceConfiguredEndpoint?.();
  if (endpoint === undefined || isAddress(endpoint)) return endpoint;
  const message = 'must begin with http:// or https:// and name a host, such as http://localhost:9000';
  const path = 'AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or endpoint_url of the profile';
  throw new ConfigError('S3 cannot be reached:', [{ path, message, received: endpoint }]);
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
