import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fileProblem } from '../adapters/filesystem/file-problem';
import { FilesystemObjectStore } from '../adapters/filesystem/filesystem-object-store';
import { ConfigError, type ConfigProblem, DamagedObjectError } from '../core/errors';
import { sha256 } from '../core/hash';
import { isBodyName, isBodyOfKey, isRequestName } from '../core/keys/raw-keys';
import { gzipDamage } from '../core/raw/gzip-damage';
import { describeBody } from '../core/raw/raw-body';
import type { RecordedFile } from '../core/runs/replay';

const RECORDED_NAME = /\.json(\.gz)?$/;
/** From an answer of a raw archive up to the archive: `<pipeline>/<days>/<answer>`. */
const UP_TO_ARCHIVE = '../../..';
/** The way out when there is no such file. */
export const NAME_ANOTHER = 'name a file that is there';
const LOST_METADATA =
  'is a raw answer without its metadata, which says whether a simulator made it up; copy it with npm run pull-raw, or unpack it with gunzip if you know that it is real';
const RESTORE = 'restore it from a copy, or leave it out';
const OTHER_BODY = `is not the raw answer of its name: its hash differs; ${RESTORE}, or give it a name of your own`;

/** The answers in files and in the files of folders, sorted by name there. @throws ConfigError about every path that holds none */
export async function readRecordedFiles(paths: readonly string[]): Promise<RecordedFile[]> {
  const problems: ConfigProblem[] = [];
  const files: RecordedFile[] = [];
  const orProblem = async (path: string, read: () => Promise<void>) => {
    try {
      await read();
    } catch (error) {
      problems.push({ path, message: fileProblem(error, NAME_ANOTHER) });
    }
  };
  for (const path of paths)
    await orProblem(path, async () => {
      for (const file of await filesOf(path))
        await orProblem(file, async () => void files.push(await readMarked(file)));
    });
  if (problems.length > 0) throw new ConfigError('Recorded answers cannot be read:', problems);
  return files;
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path))
    .filter((name) => RECORDED_NAME.test(name) && !isRequestName(name))
    .sort();
  if (names.length === 0) throw new Error('the folder holds no .json and no .json.gz file; name another');
  return names.map((name) => join(path, name));
}

/** An answer as it was received, its file packed or not. */
export async function readRecorded(path: string): Promise<RecordedFile> {
  const bytes = await readFile(path);
  return { name: basename(path), bytes: path.endsWith('.gz') ? await unpack(bytes) : bytes };
}

async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(packed);
  } catch (cause) {
    throw new Error(`the file ${gzipDamage(packed, cause)}; ${RESTORE}`, { cause });
  }
}

/** An answer that lies as a raw archive wrote it is as simulated as the archive says. */
async function readMarked(path: string): Promise<RecordedFile> {
  const file = await readRecorded(path);
  if (!isBodyName(file.name)) return file;
  if (!isBodyOfKey(file.name, sha256(file.bytes))) throw new Error(OTHER_BODY);
  const described = await describedIn(resolve(path, UP_TO_ARCHIVE), path);
  if (described === undefined) throw new Error(LOST_METADATA);
  return { ...file, simulated: described.simulated };
}

/** What the archive knows of an answer; `undefined` when its metadata are gone or damaged. */
async function describedIn(archive: string, path: string) {
  try {
    const info = await new FilesystemObjectStore(archive).head(relative(archive, path));
    return info === undefined ? undefined : describeBody(info);
  } catch (error) {
    if (error instanceof DamagedObjectError) return undefined;
    throw error;
  }
}
