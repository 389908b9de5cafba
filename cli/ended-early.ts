import { basename, relative, resolve } from 'node:path';
import { FilesystemObjectStore } from '../adapters/filesystem/filesystem-object-store';
import { isComplete } from '../core/raw/complete-bodies';

/** From an answer of a raw archive up to the archive: `<pipeline>/<days>/<answer>`. */
export const UP_TO_ARCHIVE = '../../..';
const BODY_NAME = /^[0-9a-f]+-[0-9a-f]+\.json\.gz$/;

/** Whether a file lies as a raw archive wrote it, and the archive says that the answer ended early. */
export async function endedEarly(path: string): Promise<boolean> {
  if (!BODY_NAME.test(basename(path))) return false;
  const archive = resolve(path, UP_TO_ARCHIVE);
  const info = await new FilesystemObjectStore(archive).head(relative(archive, path));
  return info !== undefined && !isComplete(info);
}
