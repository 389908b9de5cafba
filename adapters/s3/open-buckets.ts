import { accessProblem } from '../../core/aws-failure';
import { PrefixedObjectStore } from '../../core/keys/prefixed-object-store';
import type { ObjectStore } from '../../core/ports/object-store';
import { createS3Client } from './s3-client';
import { S3ObjectStore } from './s3-object-store';

export interface BucketFolder {
  readonly bucket: string;
  /** Empty, or ends with `/`. */
  readonly prefix: string;
}

/**
 * Buckets, or folders of them, behind one client, for a command: region and credentials are found where the SDK looks for them,
 * and it is the user's mistake when there are none.
 */
export function openBuckets(
  environment: Readonly<Record<string, string | undefined>>,
  config: { readonly region?: string; readonly endpoint?: string } = {},
): (folder: BucketFolder) => ObjectStore {
  const client = createS3Client(environment, config);
  client.middlewareStack.add(tellAccess, { step: 'initialize', priority: 'high', name: 'tellAccess' });
  return ({ bucket, prefix }) => {
    const store = new S3ObjectStore({ client, bucket });
    return prefix === '' ? store : new PrefixedObjectStore(store, prefix);
  };
}

/** @throws ConfigError for whatever keeps S3 from being asked at all */
function tellAccess<Call, Answer>(next: (call: Call) => Promise<Answer>) {
  return async (call: Call): Promise<Answer> => {
    try {
      return await next(call);
    } catch (error) {
      throw accessProblem(error) ?? error;
    }
  };
}
