import { PreconditionFailedError } from '../errors';
import type { Precondition } from '../ports/object-store';

/**
 * For stores that keep conditions themselves.
 *
 * @param etag of the object that is there, `undefined` when none is
 * @throws PreconditionFailedError when that is not what the condition asks for
 */
export function assertPrecondition(key: string, condition: Precondition, etag: string | undefined): void {
  const wanted = 'absent' in condition ? undefined : condition.etag;
  if (etag === wanted) return;
  const found =
    etag === undefined ? 'is not there' : wanted === undefined ? 'is there already' : 'is another version';
  throw new PreconditionFailedError(`The object ${key} ${found}.`, {
    context: { key, found_etag: etag ?? null, wanted_etag: wanted ?? null },
  });
}
