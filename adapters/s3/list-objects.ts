import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { isObjectKey } from '../../core/keys/object-key';
import type { ObjectEntry } from '../../core/ports/object-store';

/** Whether UTF-8, the order of S3's listings, and UTF-16 code units may order keys with this one differently. */
const ORDERED_OTHERWISE = /[\ud800-\uffff]/;

export interface Listing {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
  /** Made anew for each page. */
  readonly signal: () => AbortSignal;
}

/** Keys that no store of ours writes, as the folders that the console makes, are passed over. */
export async function* listObjects(listing: Listing): AsyncGenerator<ObjectEntry> {
  if (!isObjectKey(listing.prefix) && !isObjectKey(`${listing.prefix}x`)) return;
  const late: ObjectEntry[] = [];
  for await (const entry of entriesOf(listing)) {
    // Every key up to the first that is ordered otherwise comes before it and what follows in both orders.
    if (late.length > 0 || ORDERED_OTHERWISE.test(entry.key)) late.push(entry);
    else yield entry;
  }
  yield* late.sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function* entriesOf({ client, bucket, prefix, signal }: Listing): AsyncGenerator<ObjectEntry> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ContinuationToken: token,
      }),
      { abortSignal: signal() },
    );
    for (const { Key: key, Size, LastModified } of page.Contents ?? []) {
      if (key === undefined || !isObjectKey(key)) continue;
      yield { key, size: Size ?? 0, lastModified: LastModified?.getTime() ?? 0 };
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}
