import { linkSync, unlinkSync } from 'node:fs';
import { codeOf } from './filesystem-error';

/** Another device, a file system without hard links, a file that the kernel protects, or too many links already. */
const NO_LINK_POSSIBLE = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Gives the file a second name; false where the file system cannot. Other refusals are thrown as they come. */
export function linkFile(existing: string, path: string): boolean {
  try {
    linkSync(existing, path);
    return true;
  } catch (error) {
    if (NO_LINK_POSSIBLE.has(codeOf(error) ?? '')) return false;
    throw error;
  }
}

/** Removes the file if it is there. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
