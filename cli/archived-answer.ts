import { basename, relative, resolve } from 'node:path';
import { FilesystemObjectStore } from '../adapters/filesystem/filesystem-object-store';
import { DamagedObjectError } from '../core/errors';
import { isBodyName } from '../core/keys/raw-keys';
import { type DescribedBody, describeBody } from '../core/raw/raw-body';

/** From an answer of a raw archive up to the archive: `<pipeline>/<days>/<answer>`. */
const UP_TO_ARCHIVE = '../../..';

/** What the archive knows of an answer; `undefined` when its metadata are gone or damaged. */
export async function describeArchived(path: string): Promise<DescribedBody | undefined> {
  try {
    const archive = resolve(path, UP_TO_ARCHIVE);
    const info = await new FilesystemObjectStore(archive).head(relative(archive, path));
    return info === undefined ? undefined : describeBody(info);
  } catch (error) {
    if (error instanceof DamagedObjectError) return undefined;
    throw error;
  }
}

/** Whether a file lies as a raw archive wrote it, and the archive says that the answer ended early. */
export async function endedEarly(path: string): Promise<boolean> {
  return isBodyName(basename(path)) && (await describeArchived(path))?.complete === false;
}
