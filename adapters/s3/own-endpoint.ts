import { S3Client } from '@aws-sdk/client-s3';

/** Address of the server that takes the place of S3, from the environment or the profile; `undefined` for S3 itself. */
export async function findOwnEndpoint(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const named = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL;
  return named || (await new S3Client({}).config.serviceConfiguredEndpoint?.());
}
