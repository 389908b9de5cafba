import { StorageError } from '../errors';

/** As S3 has it, in UTF-8. */
export const MAX_KEY_BYTES = 1024;

const SHOWN_CHARACTERS = 200;
const UNUSABLE_CHARACTER = /[\\\p{Cc}\p{Surrogate}]/u;

/**
 * Holds a key to what every store can keep: `/`-separated segments, none of them empty, `.` or `..`, no backslash,
 * control character or lone surrogate, at most {@link MAX_KEY_BYTES}. A first segment that begins with a dot belongs to
 * the stores themselves.
 *
 * @throws StorageError that says what is wrong with the key.
 */
export function assertObjectKey(key: string): void {
  const problem = keyProblem(key);
  if (problem === undefined) return;
  const shown = key.slice(0, SHOWN_CHARACTERS);
  throw new StorageError(`${JSON.stringify(shown)} cannot be the key of an object: ${problem}.`, {
    context: { key: shown },
  });
}

/** Whether {@link assertObjectKey} lets the text pass. */
export function isObjectKey(text: string): boolean {
  return keyProblem(text) === undefined;
}

function keyProblem(key: string): string | undefined {
  if (key === '') return 'it is empty';
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return `it is longer than ${MAX_KEY_BYTES} bytes`;
  if (UNUSABLE_CHARACTER.test(key)) return 'it holds a backslash, a control character or half of a character';
  if (key.startsWith('.')) return 'a first segment that begins with a dot is reserved for the store';
  return key.split('/').some(isUnusableSegment)
    ? "a segment between its slashes is empty, '.' or '..'"
    : undefined;
}

function isUnusableSegment(segment: string): boolean {
  return segment === '' || segment === '.' || segment === '..';
}
