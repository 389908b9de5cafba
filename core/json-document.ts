import type * as z from 'zod';
import { StorageError } from './errors';

/** A JSON object of the lake: two spaces, a newline at the end, keys in the order given. */
export function writeDocument(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

/** @throws StorageError when the bytes are not JSON or not of the schema */
export function readDocument<T extends z.ZodType>(bytes: Uint8Array, schema: T, key: string): z.output<T> {
  const parsed = schema.safeParse(parseJson(bytes, key));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new StorageError(
    `The object ${key} is not what this version writes (${where}). Restore it from a copy.`,
    { context: { key } },
  );
}

function parseJson(bytes: Uint8Array, key: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new StorageError(`The object ${key} is not JSON. Restore it from a copy.`, {
      context: { key },
      cause,
    });
  }
}
