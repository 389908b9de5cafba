import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { StorageError } from '../../core/errors';
import { sha256 } from '../../core/hash';
import { assertObjectKey } from '../../core/keys/object-key';
import { assertObjectMetadata } from '../../core/keys/object-metadata';
import type {
  ObjectEntry,
  ObjectInfo,
  ObjectStore,
  Precondition,
  PutOptions,
} from '../../core/ports/object-store';
import { attempt, attemptRead, attemptWrite, deadline } from './attempt';
import { listObjects } from './list-objects';
import { fromChecksum, toChecksum } from './object-checksum';
import { type S3Call, storageError } from './s3-failure';

export interface S3ObjectStoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
}

/**
 * A bucket. An object's hash is S3's own SHA-256 checksum: S3 refuses a body that differs from it, keeps it beside the
 * object, computes it again on a copy and tells it with a head. Only where there is none, of objects that other programs
 * wrote, a head reads the body.
 *
 * Needs s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket on what it is used for, the last with a condition on
 * the prefix: a missing key is then answered by 403, and a listing of that very key says whether it is there.
 */
export class S3ObjectStore implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor({ client, bucket }: S3ObjectStoreOptions) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    const command = new HeadObjectCommand({ ...this.#at(key), ChecksumMode: 'ENABLED' });
    const found = await attemptRead(this.#call('head', key), {
      send: (abortSignal) => this.#client.send(command, { abortSignal }),
      isListed: () => this.#isListed(key),
    });
    if (found === undefined) return undefined;
    const hash = fromChecksum(found);
    return hash === undefined
      ? (await this.get(key))?.info
      : infoOf(key, found, { size: found.ContentLength ?? 0, sha256: hash });
  }

  async get(key: string): Promise<{ readonly info: ObjectInfo; readonly body: Uint8Array } | undefined> {
    const command = new GetObjectCommand({ ...this.#at(key), ChecksumMode: 'ENABLED' });
    return attemptRead(this.#call('get', key), {
      send: async (abortSignal) => {
        const found = await this.#client.send(command, { abortSignal });
        // The SDK holds the bytes to the checksum as they come.
        const body = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
        return { info: infoOf(key, found, { size: body.byteLength, sha256: sha256(body) }), body };
      },
      isListed: () => this.#isListed(key),
    });
  }

  async put(
    key: string,
    body: Uint8Array,
    { metadata = {}, condition }: PutOptions = {},
  ): Promise<ObjectInfo> {
    const object = this.#at(key);
    assertObjectMetadata(key, metadata);
    const info = { key, size: body.byteLength, sha256: sha256(body), metadata: { ...metadata } };
    const command = new PutObjectCommand({
      ...object,
      Body: body,
      Metadata: info.metadata,
      ChecksumAlgorithm: 'SHA256',
      ChecksumSHA256: toChecksum(info.sha256),
      ...headersOf(condition),
    });
    return attemptWrite(this.#call('put', key), {
      condition,
      send: async (abortSignal) => {
        const { ETag } = await this.#client.send(command, { abortSignal });
        return { ...info, etag: ETag ?? '' };
      },
      findDone: () => this.#findSame(info),
      isListed: () => this.#isListed(key),
    });
  }

  async copy(from: string, to: string): Promise<ObjectInfo> {
    const target = this.#at(to);
    const source = await this.head(from);
    if (source === undefined) throw missingSource(from, to);
    // S3 refuses to copy an object onto itself without a change.
    if (from === to) return source;
    const command = new CopyObjectCommand({
      ...target,
      CopySource: `${this.#bucket}/${from.split('/').map(encodeURIComponent).join('/')}`,
      CopySourceIfMatch: source.etag,
      ChecksumAlgorithm: 'SHA256',
    });
    const { CopyObjectResult } = await attempt(this.#call('copy', to), (abortSignal) =>
      this.#client.send(command, { abortSignal }),
    );
    return { ...source, key: to, etag: CopyObjectResult?.ETag ?? '' };
  }

  async delete(key: string): Promise<void> {
    const command = new DeleteObjectCommand(this.#at(key));
    await attempt(this.#call('delete', key), (abortSignal) => this.#client.send(command, { abortSignal }));
  }

  async *list(prefix: string): AsyncGenerator<ObjectEntry> {
    try {
      yield* listObjects({ client: this.#client, bucket: this.#bucket, prefix, signal: deadline });
    } catch (error) {
      throw storageError(this.#call('list', prefix), error);
    }
  }

  /** The keys with a prefix come after the prefix itself. */
  async #isListed(key: string): Promise<boolean> {
    for await (const first of this.list(key)) return first.key === key;
    return false;
  }

  async #findSame(info: Omit<ObjectInfo, 'etag'>): Promise<ObjectInfo | undefined> {
    const there = await this.head(info.key);
    const same = there?.sha256 === info.sha256 && isSameMetadata(there.metadata, info.metadata);
    return same ? there : undefined;
  }

  #at(key: string): { readonly Bucket: string; readonly Key: string } {
    assertObjectKey(key);
    return { Bucket: this.#bucket, Key: key };
  }

  #call(operation: S3Call['operation'], key: string): S3Call {
    return { operation, bucket: this.#bucket, key };
  }
}

function infoOf(
  key: string,
  {
    ETag,
    Metadata,
  }: { readonly ETag?: string | undefined; readonly Metadata?: ObjectInfo['metadata'] | undefined },
  bytes: Pick<ObjectInfo, 'size' | 'sha256'>,
): ObjectInfo {
  return { key, ...bytes, etag: ETag ?? '', metadata: Metadata ?? {} };
}

function headersOf(condition: Precondition | undefined): { IfMatch?: string; IfNoneMatch?: string } {
  if (condition === undefined) return {};
  return 'absent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
}

function isSameMetadata(a: ObjectInfo['metadata'], b: ObjectInfo['metadata']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function missingSource(from: string, to: string): StorageError {
  return new StorageError(`There is no object ${from} to copy to ${to}.`, {
    context: { key: from, operation: 'copy', to },
  });
}
