import { failuresText } from '../../../cli/failures';
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
});
