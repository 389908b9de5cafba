import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../core/errors';
import { fileProblem } from './file-problem';

/** The text of a file that a person writes. @param wayOut when there is none @throws ConfigError that begins with the subject */
export async function readConfigText(path: string, subject: string, wayOut: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(subject, [{ path, message: fileProblem(cause, wayOut) }], { cause });
  }
}
