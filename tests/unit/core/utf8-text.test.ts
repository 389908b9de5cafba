import fc from 'fast-check';
import { ConfigError } from '../../../core/errors';
import { utf8Text } from '../../../core/utf8-text';

const bytesOf = (...parts: readonly (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))));
const read = (bytes: Uint8Array, file?: string) =>
  utf8Text({ bytes, subject: 'It cannot be read:', ...(file === undefined ? {} : { file }) });

function problemsOf(bytes: Uint8Array, file?: string) {
  try {
    read(bytes, file);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  throw new Error('The bytes were taken.');
}

describe('utf8Text', () => {
  it('gives any text back, without the byte order mark before it', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.startsWith('\ufeff'));
    fc.assert(
      fc.property(text, fc.boolean(), (one, isMarked) => {
        expect(read(bytesOf(isMarked ? '\ufeff' : '', one))).toBe(one);
      }),
    );
  });

  it('tells line and byte of the first mistake in every line, and the letter that may be meant', () => {
    const bytes = bytesOf('id,name\nzurich,Z', 0xfc, 'rich', 0xfc, '\r\nbern,Bern\nköln,K', 0xf6, 'ln\n');

    expect(problemsOf(bytes, 'places.csv')).toEqual([
      {
        path: 'places.csv line 2, byte 9',
        message: expect.stringContaining('save it as UTF-8'),
        received: 'the byte 0xFC after "zurich,Z", which is "ü" in Windows-1252',
      },
      expect.objectContaining({ path: 'places.csv line 4, byte 8' }),
    ]);
  });

  it.each([
    ['a character cut short', bytesOf('a', 0xe2, 0x82), 'line 1, byte 2'],
    ['a character cut short at the end of a line', bytesOf('a', 0xe2, 0x82, '\nb'), 'line 1, byte 2'],
    ['a surrogate', bytesOf(0xed, 0xa0, 0x80), 'line 1, byte 1'],
    ['a form that is longer than needed', bytesOf('ab\n', 0xc0, 0xaf), 'line 2, byte 1'],
    ['what lies beyond Unicode', bytesOf(0xf5, 0x80, 0x80, 0x80), 'line 1, byte 1'],
  ])('refuses %s', (_what, bytes, path) => {
    expect(problemsOf(bytes)).toMatchObject([{ path }]);
  });

  it('calls UTF-16 by its name', () => {
    const bytes = Buffer.from('\ufeffid,name', 'utf16le');

    expect(problemsOf(bytes)).toEqual([
      { path: 'line 1, byte 1', message: 'the file is in UTF-16; save it as UTF-8' },
    ]);
  });
});
