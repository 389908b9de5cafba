import { PrefixedObjectStore } from '../../core/keys/prefixed-object-store';
import type { ObjectStore } from '../../core/ports/object-store';
import { createS3Client } from './s3-client';
import { S3ObjectStore } from './s3-object-store';

export interface BucketFolder {
  readonly bucket: string;
  /** Empty, or ends with `/`. */
  readonly prefix: string;
}

/** Buckets, or folders of them, behind one client. Region and credentials are found where the SDK looks for them. */
export function openBuckets(
  environment: Readonly<Record<string, string | undefined>>,
  config: { readonly region?: string } = {},
): (folder: BucketFolder) => ObjectStore {
  const client = createS3Client(environment, config);
  return ({ bucket, prefix }) => {
    const store = new S3ObjectStore({ client, bucket });
    return prefix === '' ? store : new PrefixedObjectStore(store, prefix);
  };
}
