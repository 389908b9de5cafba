import { DamagedObjectError } from '../errors';
import { daysOfRawKey } from '../keys/raw-keys';

/**
 * Says of a raw object what is wrong with it and how it is made whole.
 *
 * @param reason a verb and what follows it, as `is cut short`; also the fact `reason` of the error's context
 */
export function damagedRaw(key: string, reason: string, cause?: unknown): DamagedObjectError {
  return new DamagedObjectError(`The raw object ${key} ${reason}. ${wayOut(key)}`, {
    context: { key, reason },
    ...(cause === undefined ? {} : { cause }),
  });
}

export function missingRaw(key: string): DamagedObjectError {
  return damagedRaw(key, 'is not there');
}

/** What is wrong with the object that an error is about, as {@link damagedRaw} says it. */
export function reasonOf({ context, message }: DamagedObjectError): string {
  return typeof context.reason === 'string' ? context.reason : message;
}

/** Of several damaged objects, any of which might have served. */
export function damagedTogether(errors: readonly DamagedObjectError[]): DamagedObjectError | undefined {
  const [first] = errors;
  if (first === undefined || errors.length === 1) return first;
  const message = [...new Set(errors.map((error) => error.message))].join('\n');
  return new DamagedObjectError(message, { context: first.context, cause: first });
}

function wayOut(key: string): string {
  const days = daysOfRawKey(key);
  const span = days === undefined ? '' : ` --from ${days.from} --to ${days.to}`;
  return `Ask for its days again (ingest-weather backfill --force${span}), replay its file if it was recorded, or restore it with its metadata from a copy.`;
}
