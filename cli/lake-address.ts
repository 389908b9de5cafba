import { BUCKET_NAME_RULE, bucketNameSchema } from '../core/environment/name-schemas';
import { ConfigError } from '../core/errors';
import { isObjectKey } from '../core/keys/object-key';

/** A bucket, or a folder of one. */
export interface BucketPlace {
  readonly bucket: string;
  /** Empty, or ends with `/`. */
  readonly prefix: string;
}

/** Where a lake lies: in a folder of this machine, or in S3. */
export type LakeAddress =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 's3'; readonly raw: BucketPlace; readonly processed: BucketPlace };

export const LAKE_FORMS = 'a folder, s3://RAW_BUCKET,s3://PROCESSED_BUCKET or s3://BUCKET[/PREFIX]';

const SCHEME = 's3://';
const ANY_SCHEME = /^[a-z][a-z0-9+.-]*:\/\/|^s3:/i;

/** @throws ConfigError when it is neither a folder nor an address in S3 */
export function parseLakeAddress(text: string): LakeAddress {
  if (text === '') throw refusal(text, `must be ${LAKE_FORMS}`);
  if (!ANY_SCHEME.test(text)) return { kind: 'folder', folder: text };
  const [first = '', second, ...rest] = text.split(',');
  if (rest.length > 0) throw refusal(text, `names more than two buckets; it must be ${LAKE_FORMS}`);
  return second === undefined ? sharedBucket(placeOf(first, text)) : twoBuckets([first, second], text);
}

/** The folder of a lake on this machine. @param wayOut what to do with a lake in S3 instead @throws ConfigError */
export function lakeFolder(text: string, wayOut: string): string {
  const address = parseLakeAddress(text);
  if (address.kind === 'folder') return address.folder;
  throw refusal(text, `must be a folder here; ${wayOut}`);
}

function sharedBucket({ bucket, prefix }: BucketPlace): LakeAddress {
  return {
    kind: 's3',
    raw: { bucket, prefix: `${prefix}raw/` },
    processed: { bucket, prefix: `${prefix}processed/` },
  };
}

function twoBuckets(parts: readonly [string, string], text: string): LakeAddress {
  const [raw, processed] = [placeOf(parts[0], text), placeOf(parts[1], text)];
  if (raw.prefix !== '' || processed.prefix !== '') {
    throw refusal(text, 'two buckets take no prefix; name one bucket with a prefix, or two without');
  }
  if (raw.bucket === processed.bucket) {
    throw refusal(text, `names one bucket twice; s3://${raw.bucket} alone keeps both in it, apart`);
  }
  return { kind: 's3', raw, processed };
}

function placeOf(part: string, text: string): BucketPlace {
  if (!part.startsWith(SCHEME)) throw refusal(text, `must be ${LAKE_FORMS}`);
  const [bucket = '', ...segments] = part.slice(SCHEME.length).replace(/\/$/, '').split('/');
  const prefix = segments.join('/');
  if (!bucketNameSchema.safeParse(bucket).success) {
    throw refusal(text, `${JSON.stringify(bucket)} cannot be the name of a bucket: ${BUCKET_NAME_RULE}`);
  }
  if (prefix !== '' && !isObjectKey(prefix)) {
    throw refusal(text, `${JSON.stringify(prefix)} cannot begin the key of an object`);
  }
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

function refusal(received: string, message: string): ConfigError {
  return new ConfigError('The lake cannot be used:', [
    { path: '--lake', message, received: JSON.stringify(received) },
  ]);
}
