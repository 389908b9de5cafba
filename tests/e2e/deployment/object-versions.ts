import { ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';

/** Kept anew by every run: who may publish, and what the source may still be asked. */
const OF_RUNS = /^_(quota|leases|staging)\//;

/** Each object and each of its versions: whatever is written is one more. Without what runs write for themselves. */
export async function objectVersions(client: S3Client, bucket: string): Promise<string[]> {
  const { Versions = [], IsTruncated } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  if (IsTruncated) throw new Error(`${bucket} has more versions than are read here.`);
  return Versions.filter(({ Key }) => !OF_RUNS.test(Key!))
    .map(({ Key, VersionId, ETag }) => `${Key} ${VersionId} ${ETag}`)
    .sort();
}
