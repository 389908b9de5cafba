import { errorText, failuresText } from '../../../cli/failures';
import { StorageError } from '../../../core/errors';

describe('failuresText', () => {
  it('tells equal errors once, with days in a row as ranges behind what else failed', () => {
    const full = new StorageError('The disk is full.');
    const other = new StorageError('The disk is gone.');
    const whats = ['request 1', '2024-02-28', '2024-02-29', '2024-03-01', '2024-03-05'];

    const text = failuresText(
      [...whats.map((what) => ({ what, error: full })), { what: '2024-03-02', error: other }],
      false,
    );

    expect(text).toBe(
      'Failed: request 1, 2024-02-28 to 2024-03-01, 2024-03-05\nStorageError: The disk is full.\n\n' +
        'Failed: 2024-03-02\nStorageError: The disk is gone.',
    );
  });

  it('names the first 20 of many, and shows the first 20 kinds of failure', () => {
    const full = new StorageError('The disk is full.');
    const many = Array.from({ length: 5000 }, (_, index) => ({ what: `request ${index}`, error: full }));
    const kinds = many.map(({ what }) => ({ what, error: new StorageError(`The disk of ${what} is full.`) }));

    const text = failuresText(many, false);
    const texts = failuresText(kinds, false).split('\n\n');

    expect(text).toMatch(
      /^Failed: request 0, .*request 19, and 4980 more\nStorageError: The disk is full\.$/,
    );
    expect(texts).toHaveLength(21);
    expect(texts.at(-1)).toBe('and 4980 more kinds of failure; --json has all');
  });

  it('escapes the control characters of names and of errors that nobody foresaw', () => {
    const error = new StorageError('a\u001b[31m');

    expect(failuresText([{ what: 'file \u0007\n.json', error }], false)).toBe(
      'Failed: file \\u0007\\n.json\nStorageError: a\\u001b[31m',
    );
    expect(errorText('\u001b[2J', false)).toBe('\\u001b[2J');
    expect(errorText(new Error('\u001b[2J'), true)).not.toContain('\u001b');
  });
});
