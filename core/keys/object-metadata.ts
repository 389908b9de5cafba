import { StorageError } from '../errors';
import type { ObjectMetadata } from '../ports/object-store';

/** S3's limit: names and values together. */
export const MAX_METADATA_BYTES = 2048;

const NAME = /^[a-z0-9][a-z0-9._-]*$/;
const VALUE = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * Holds metadata to what every store gives back unchanged: HTTP headers, where S3 keeps it, lose upper case, outer
 * spaces and everything that is not ASCII.
 *
 * @throws StorageError that names the entry.
 */
export function assertObjectMetadata(key: string, metadata: ObjectMetadata): void {
  const entries = Object.entries(metadata);
  const wrong = entries.find(([name, value]) => !NAME.test(name) || !VALUE.test(value));
  if (wrong !== undefined) {
    throw new StorageError(
      `The metadata ${JSON.stringify(wrong[0])} of ${key} cannot be kept: a name is lower-case ASCII, a value printable ASCII without outer spaces.`,
      { context: { key, metadata_name: wrong[0] } },
    );
  }
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes <= MAX_METADATA_BYTES) return;
  throw new StorageError(`The metadata of ${key} has ${bytes} bytes; a store keeps ${MAX_METADATA_BYTES}.`, {
    context: { key, metadata_bytes: bytes },
  });
}
