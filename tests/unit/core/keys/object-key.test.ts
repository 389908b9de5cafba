import { join } from 'node:path/posix';
import * as fc from 'fast-check';
import { StorageError } from '../../../../core/errors';
import { assertObjectKey, isObjectKey, MAX_KEY_BYTES } from '../../../../core/keys/object-key';

describe('the key of an object', () => {
  it('may be as long as S3 allows, counted in bytes', () => {
    expect(isObjectKey('k'.repeat(MAX_KEY_BYTES))).toBe(true);
    expect(isObjectKey('k'.repeat(MAX_KEY_BYTES + 1))).toBe(false);
    expect(isObjectKey('é'.repeat(MAX_KEY_BYTES / 2))).toBe(true);
    expect(isObjectKey('é'.repeat(MAX_KEY_BYTES / 2 + 1))).toBe(false);
  });

  it('is shown in the error without its control characters, and not at any length', () => {
    const refusal = (key: string) => () => assertObjectKey(key);

    expect(refusal('a\nb')).toThrow(StorageError);
    expect(refusal('a\nb')).toThrow('"a\\nb" cannot be the key');
    expect(refusal('k'.repeat(5000))).toThrow(/^"k{200}" cannot/);
  });

  it('stays below the folder that it is joined to', () => {
    const segment = fc.oneof(fc.constantFrom('.', '..', '', 'a', '.a', 'a.', '...', '\\', '\0'), fc.string());
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
        const key = segments.join('/');
        if (isObjectKey(key)) expect(join('/root', key)).toBe(`/root/${key}`);
      }),
    );
  });
});
