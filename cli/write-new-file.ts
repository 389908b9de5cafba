import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileProblem } from '../adapters/filesystem/file-problem';
import { ConfigError } from '../core/errors';

const IS_THERE = 'there is a file already; choose another name, or replace it with --force';
const NO_FOLDER = 'its folder cannot be made, since a file lies in the way; choose another name';

/** @throws ConfigError when a file is there that may not be replaced, or none can be written */
export async function writeNewFile(path: string, text: string, replace: boolean): Promise<void> {
  await attempt(path, NO_FOLDER, () => mkdir(dirname(path), { recursive: true }));
  await attempt(path, IS_THERE, async () => {
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory();
    // A folder is no file to be replaced: without the check it is told as one.
    await writeFile(path, text, { flag: replace || isFolder ? 'w' : 'wx' });
  });
}

/** @param inTheWay what it means when something of the name is there */
async function attempt(path: string, inTheWay: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const isInTheWay = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const message = isInTheWay ? inTheWay : fileProblem(cause, 'choose another name');
    throw new ConfigError('The file cannot be written:', [{ path, message }], { cause });
  }
}
