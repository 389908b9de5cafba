import { IngestError, StorageError } from '../../core/errors';
import { oneLine } from '../../core/message-text';

/** What was being done when the file system refused. */
export interface FileOperation {
  readonly operation: string;
  readonly key: string;
  readonly root: string;
}

const WAYS_OUT: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and run again',
  EDQUOT: 'the quota of the disk is used up; free some space and run again',
  EACCES: 'this user may not do that; give the user access to the folder, or choose another one',
  EPERM: 'this user may not do that; give the user access to the folder, or choose another one',
  EROFS: 'the file system is mounted read-only; mount it writable, or choose another folder',
  ENOTDIR: 'a file lies where a folder is needed; move it away, or choose another folder',
  EEXIST: 'a file lies where a folder is needed; move it away, or choose another folder',
  EISDIR: 'a folder lies where the file belongs; move it away, or choose another folder',
  ENAMETOOLONG: 'the file system takes no name that long; choose a shorter one',
  EMFILE: 'this process has too many files open; raise its limit (ulimit -n)',
  ENFILE: 'the machine has too many files open; close some programs and run again',
};

/** The system's name of an error, as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/** Does the work; what the file system refuses becomes a StorageError that says the way out. */
export async function asStorage<T>(operation: FileOperation, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(operation, error);
  }
}

/** Errors of this project pass unchanged. */
export function storageError({ operation, key, root }: FileOperation, cause: unknown): unknown {
  if (cause instanceof IngestError) return cause;
  const code = codeOf(cause);
  const reason = WAYS_OUT[code ?? ''] ?? 'the file system refused';
  return new StorageError(
    `The ${operation} of ${oneLine(key)} in ${oneLine(root)} failed: ${reason} (${oneLine((cause as Error).message)}).`,
    {
      context: { key, operation, root, ...(code === undefined ? {} : { code }) },
      cause,
    },
  );
}
