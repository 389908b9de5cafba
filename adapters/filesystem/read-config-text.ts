import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../core/errors';
import { utf8Text } from '../../core/utf8-text';
import { fileProblem } from './file-problem';

/** The text of a file that a person writes, in UTF-8. @param wayOut when there is none @throws ConfigError that begins with the subject */
export async function readConfigText(path: string, subject: string, wayOut: string): Promise<string> {
  try {
    return utf8Text({ bytes: await readFile(path), subject, file: path });
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    throw new ConfigError(subject, [{ path, message: fileProblem(cause, wayOut) }], { cause });
  }
}
