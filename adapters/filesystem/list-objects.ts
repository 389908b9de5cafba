import { type Dirent, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectKey } from '../../core/keys/object-key';
import type { ObjectEntry } from '../../core/ports/object-store';
import { codeOf } from './filesystem-error';

/** The objects below a root whose keys begin with the prefix, in code-unit order. Folders may vanish under it. */
export async function* listObjects(root: string, prefix: string): AsyncGenerator<ObjectEntry> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (folder !== '' && !isObjectKey(folder.slice(0, -1))) return;
  const pending = await namesIn(root, folder);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (!name.startsWith(prefix)) continue;
    if (name.endsWith('/')) {
      for (const inner of await namesIn(root, name)) pending.push(inner);
    } else {
      const entry = describe(root, name);
      if (entry !== undefined) yield entry;
    }
  }
}

/**
 * Keys of a folder's objects and, with a slash at their end, of its folders: the slash puts them where their keys belong
 * (`a.b` before `a/b`). Last first, to be popped.
 */
async function namesIn(root: string, folder: string): Promise<string[]> {
  const found = await readFolder(root, folder);
  const visible = folder === '' ? found.filter(({ name }) => !name.startsWith('.')) : found;
  const objects = visible.filter((entry) => entry.isFile()).map(({ name }) => folder + name);
  const folders = visible.filter((entry) => entry.isDirectory()).map(({ name }) => `${folder}${name}/`);
  return [...objects, ...folders].sort().reverse();
}

async function readFolder(root: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || (codeOf(error) === 'ENOTDIR' && isFolder(root))) return [];
    throw error;
  }
}

/** A file in the place of the root holds no objects because it is no store, not because it is empty. */
function isFolder(root: string): boolean {
  return statSync(root, { throwIfNoEntry: false })?.isDirectory() === true;
}

function describe(root: string, key: string): ObjectEntry | undefined {
  const status = statSync(join(root, key), { throwIfNoEntry: false });
  return status === undefined
    ? undefined
    : { key, size: status.size, lastModified: Math.trunc(status.mtimeMs) };
}
