import { asStorage } from '../../../../adapters/filesystem/filesystem-error';
import { PreconditionFailedError, StorageError } from '../../../../core/errors';

const OPERATION = { operation: 'put', key: 't/k', root: '/lake' };

function refusal(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: refused by the system`), { code });
}

describe('an error of the file system', () => {
  it.each([
    ['ENOSPC', 'free some space'],
    ['EDQUOT', 'free some space'],
    ['EACCES', 'give the user access'],
    ['EPERM', 'give the user access'],
    ['EROFS', 'mount it writable'],
    ['EMFILE', 'ulimit -n'],
    ['EIO', 'the file system refused'],
  ])('%s becomes a StorageError with the way out', async (code, wayOut) => {
    const cause = refusal(code);

    const failed = asStorage(OPERATION, () => Promise.reject(cause));

    await expect(failed).rejects.toBeInstanceOf(StorageError);
    await expect(failed).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`put of t/k in /lake.*${wayOut}.*${code}: refused`)),
      context: { ...OPERATION, code },
      cause,
    });
  });

  it('is left as it is when the project raised it', async () => {
    const lost = new PreconditionFailedError('lost');

    await expect(asStorage(OPERATION, () => Promise.reject(lost))).rejects.toBe(lost);
  });
});
