import { codeOf } from './filesystem-error';

const NO_ACCESS = 'this user may not open it; give the user access to it, or name another';
const FILE_IN_PATH = 'a file lies where its path needs a folder; correct the path';

const PROBLEMS: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder; name a file',
  EACCES: NO_ACCESS,
  EPERM: NO_ACCESS,
  ENOTDIR: FILE_IN_PATH,
};

/** Why a file that a person names cannot be had, and the way out. @param missing the way out when there is none of that name */
export function fileProblem(cause: unknown, missing: string): string {
  const code = codeOf(cause);
  if (code === 'ENOENT') return `there is no such file; ${missing}`;
  const refusal = code?.startsWith('E') ? `the file system refused (${code})` : (cause as Error).message;
  return PROBLEMS[code ?? ''] ?? refusal;
}
