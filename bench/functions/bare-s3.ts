import { S3Client } from '@aws-sdk/client-s3';

/** What every function that reads S3 pays. */
export const client = new S3Client({});

export async function handler(): Promise<void> {}
