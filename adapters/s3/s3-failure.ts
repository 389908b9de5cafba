import { failureName } from '../../core/aws-failure';
import { IngestError, PreconditionFailedError, StorageError } from '../../core/errors';

/** What was being done when S3 refused. */
export interface S3Call {
  readonly operation: 'head' | 'get' | 'put' | 'copy' | 'delete' | 'list';
  readonly bucket: string;
  /** Or the prefix of a listing. */
  readonly key: string;
}

/** As the SDK throws it; every field may be missing, since a broken connection has none. */
interface S3Exception {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly attempts?: number;
  };
}

const ACTIONS: Readonly<Record<S3Call['operation'], string>> = {
  head: 's3:GetObject',
  get: 's3:GetObject',
  put: 's3:PutObject',
  copy: 's3:PutObject',
  delete: 's3:DeleteObject',
  list: 's3:ListBucket',
};

/** HTTP status of S3's answer; `undefined` when none came. */
export function statusOf(error: unknown): number | undefined {
  return (error as S3Exception | undefined)?.$metadata?.httpStatusCode;
}

/** Whether an earlier attempt of the same call may have done its work without our hearing of it. */
export function wasTriedBefore(error: unknown): boolean {
  return ((error as S3Exception | undefined)?.$metadata?.attempts ?? 1) > 1;
}

export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && (error as S3Exception).name !== 'NoSuchBucket';
}

export function isUnmet(error: unknown): boolean {
  return statusOf(error) === 412;
}

/** A conditional write that met another one on its way: neither won nor lost. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 409 && (error as S3Exception).name === 'ConditionalRequestConflict';
}

export function isDenied(error: unknown): boolean {
  return statusOf(error) === 403;
}

export function preconditionFailed(
  { operation, bucket, key }: S3Call,
  cause: unknown,
): PreconditionFailedError {
  return new PreconditionFailedError(
    `The ${operation} of ${key} in ${bucket} was refused: the object there is not the one that was asked for.`,
    { context: { key, bucket, operation, ...answerOf(cause) } },
  );
}

/**
 * Errors of this project pass unchanged. What S3 itself answered is told by its name and status, never attached: an answer
 * to a wrong signature repeats the headers that were signed, a session's token among them.
 */
export function storageError(call: S3Call, cause: unknown): unknown {
  if (cause instanceof IngestError) return cause;
  const { operation, bucket, key } = call;
  return new StorageError(`The ${operation} of ${key} in ${bucket} failed: ${reasonOf(call, cause)}.`, {
    context: { key, bucket, operation, action: ACTIONS[operation], ...answerOf(cause) },
    ...(statusOf(cause) === undefined ? { cause } : {}),
  });
}

function reasonOf({ operation }: S3Call, cause: unknown): string {
  const { name = 'Error', message = '' } = cause as S3Exception;
  if (isDenied(cause)) {
    const source = operation === 'copy' ? ', and s3:GetObject on its source' : '';
    return `access is denied (${name}); the role needs ${ACTIONS[operation]} on it${source}, and the use of the key that encrypts it, if there is one`;
  }
  if (name === 'NoSuchBucket') return 'there is no such bucket';
  if (operation === 'copy' && isUnmet(cause)) return 'its source was replaced meanwhile';
  const status = statusOf(cause);
  if (status !== undefined) return `S3 answered ${status} (${name})`;
  return `S3 did not answer (${[failureName(cause), message].filter((part) => part !== '').join(': ')})`;
}

function answerOf(cause: unknown): Record<string, string | number> {
  const { $metadata } = cause as S3Exception;
  return {
    error_name: failureName(cause),
    ...($metadata?.httpStatusCode === undefined ? {} : { http_status: $metadata.httpStatusCode }),
    ...($metadata?.requestId === undefined ? {} : { request_id: $metadata.requestId }),
    ...($metadata?.attempts === undefined ? {} : { attempts: $metadata.attempts }),
  };
}
