import type * as z from 'zod';
import { DamagedObjectError } from './errors';
import type { ObjectStore } from './ports/object-store';

/** A JSON object of the lake: two spaces, a newline at the end, keys in the order given. */
export function writeDocument(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

/** What helps with an object that every run needs. */
const RESTORE = 'Restore it from a copy.';

/**
 * @param wayOut last sentence of the error
 * @throws DamagedObjectError when the bytes are not JSON or not of the schema
 */
export function readDocument<T extends z.ZodType>(
  bytes: Uint8Array,
  schema: T,
  key: string,
  wayOut = RESTORE,
): z.output<T> {
  const parsed = schema.safeParse(parseJson(bytes, key, wayOut));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new DamagedObjectError(`The object ${key} is not what this version writes (${where}). ${wayOut}`, {
    context: { key },
  });
}

/** The document at a key; `undefined` when there is no such object. @throws StorageError, as readDocument does too */
export async function findDocument<T extends z.ZodType>(
  store: Pick<ObjectStore, 'get'>,
  key: string,
  schema: T,
  wayOut?: string,
): Promise<z.output<T> | undefined> {
  const found = await store.get(key);
  return found === undefined ? undefined : readDocument(found.body, schema, key, wayOut);
}

function parseJson(bytes: Uint8Array, key: string, wayOut: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new DamagedObjectError(`The object ${key} is not JSON. ${wayOut}`, {
      context: { key },
      cause,
    });
  }
}
