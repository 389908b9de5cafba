import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../core/errors';
import { codeOf } from './filesystem-error';

/** The text of a file that a person writes. @throws ConfigError that begins with the subject and ends with the way out */
export async function readConfigText(path: string, subject: string, wayOut: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = codeOf(cause);
    const reason = code === 'ENOENT' ? 'there is no such file' : `the file system refused (${code})`;
    throw new ConfigError(subject, [{ path, message: `${reason}; ${wayOut}` }], { cause });
  }
}
