import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fileProblem } from '../adapters/filesystem/file-problem';
import { FilesystemObjectStore } from '../adapters/filesystem/filesystem-object-store';
import { ConfigError, type ConfigProblem } from '../core/errors';
import { sha256 } from '../core/hash';
import { isBodyName, isRequestName } from '../core/keys/raw-keys';
import type { RecordedFile } from '../core/runs/replay';
import { endedEarly, UP_TO_ARCHIVE } from './ended-early';

const RECORDED_NAME = /\.json(\.gz)?$/;
/** The way out when there is no such file. */
export const NAME_ANOTHER = 'name a file that is there';
const ENDED_EARLY =
  'is an answer that ended before its connection said; name another answer of its request, or fetch its days again';
const LOST_METADATA =
  'is a raw answer without its metadata, which says whether a simulator made it up; copy it with npm run pull-raw, or unpack it with gunzip if you know that it is real';

/**
 * The answers in files and in the files of folders, sorted by name there. Answers that ended early are passed over in folders:
 * their requests were sent again.
 *
 * @throws ConfigError about every path that holds none
 */
export async function readRecordedFiles(paths: readonly string[]): Promise<RecordedFile[]> {
  const problems: ConfigProblem[] = [];
  const files: RecordedFile[] = [];
  for (const path of paths) {
    try {
      for (const file of await filesOf(path)) files.push(await readMarked(file));
    } catch (error) {
      problems.push({ path, message: fileProblem(error, NAME_ANOTHER) });
    }
  }
  if (problems.length > 0) throw new ConfigError('Recorded answers cannot be read:', problems);
  return files;
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) {
    if (await endedEarly(path)) throw new Error(ENDED_EARLY);
    return [path];
  }
  const names = (await readdir(path))
    .filter((name) => RECORDED_NAME.test(name) && !isRequestName(name))
    .sort();
  if (names.length === 0) throw new Error('the folder holds no .json and no .json.gz file; name another');
  const files: string[] = [];
  for (const name of names) if (!(await endedEarly(join(path, name)))) files.push(join(path, name));
  if (files.length === 0) throw new Error('every answer of the folder ended early; fetch its days again');
  return files;
}

/** An answer as it was received, its file packed or not. */
export async function readRecorded(path: string): Promise<RecordedFile> {
  const bytes = await readFile(path);
  return { name: basename(path), bytes: path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes };
}

/** An answer that lies as a raw archive wrote it is as simulated as the archive says. */
async function readMarked(path: string): Promise<RecordedFile> {
  const file = await readRecorded(path);
  if (!isBodyName(file.name, sha256(file.bytes))) return file;
  const archive = resolve(path, UP_TO_ARCHIVE);
  const info = await new FilesystemObjectStore(archive).head(relative(archive, path));
  const simulated = info?.metadata.simulated;
  if (simulated === undefined) throw new Error(LOST_METADATA);
  return { ...file, simulated: simulated === 'true' };
}
