import { fileProblem } from '../../../../adapters/filesystem/file-problem';

describe('the problem of a file that a person names', () => {
  it.each([
    ['ENOENT', 'there is no such file; draft one'],
    ['EISDIR', 'it is a folder; name a file'],
    ['EACCES', 'this user may not open it; give the user access to it, or name another'],
    ['EPERM', 'this user may not open it; give the user access to it, or name another'],
    ['ENOTDIR', 'a file lies where its path needs a folder; correct the path'],
    ['EIO', 'the file system refused (EIO)'],
    ['Z_DATA_ERROR', 'as it was told'],
  ])('of %s is told with its own way out', (code, problem) => {
    const cause = Object.assign(new Error('as it was told'), { code });

    expect(fileProblem(cause, 'draft one')).toBe(problem);
  });
});
