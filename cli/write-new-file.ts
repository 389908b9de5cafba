import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from '../core/errors';

/** @throws ConfigError when a file is there that may not be replaced, or none can be written */
export async function writeNewFile(path: string, text: string, replace: boolean): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: replace ? 'w' : 'wx' });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const problem =
      code === 'EEXIST'
        ? 'there is a file already; choose another name, or replace it with --force'
        : message;
    throw new ConfigError('The file cannot be written:', [{ path, message: problem }], { cause });
  }
}
