import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fileProblem } from '../adapters/filesystem/file-problem';
import { ConfigError, type ConfigProblem, DamagedObjectError } from '../core/errors';
import { sha256 } from '../core/hash';
import { isBodyName, isBodyOfKey, isRequestName, requestIdOf, requestName } from '../core/keys/raw-keys';
import { gzipDamage } from '../core/raw/gzip-damage';
import { reasonOf } from '../core/raw/raw-damage';
import { type RequestDocument, unchangedDocument } from '../core/raw/request-document';
import type { RecordedFile } from '../core/runs/recorded-file';
import { describeArchived, endedEarly } from './archived-answer';

/** Folder of the answers of a run of days in a raw archive. */
const DAYS_NAME = /^\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2}$/;
const RECORDED_NAME = /\.json(\.gz)?$/;
/** The way out when there is no such file. */
export const NAME_ANOTHER = 'name a file that is there';
const ENDED_EARLY =
  'is an answer that ended before its connection said; name another answer of its request, or fetch its days again';
const LOST_METADATA =
  'is a raw answer without its metadata, which says whether a simulator made it up; copy it with npm run pull-raw, or unpack it with gunzip if you know that it is real';
const RESTORE = 'restore it from a copy, or leave it out';
const OTHER_BODY = `is not the raw answer of its name: its hash differs; ${RESTORE}, or give it a name of your own`;

const WITHOUT_REQUEST =
  'Restore it from a copy, or take it away to have the answer matched by location_id and coordinates.';

/**
 * The answers in files and in the files of folders, sorted by name there. Answers that ended early are passed over in folders:
 * their requests were sent again.
 *
 * @throws ConfigError about every path that holds none
 */
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
  if (!(await stat(path)).isDirectory()) {
    if (await endedEarly(path)) throw new Error(ENDED_EARLY);
    return [path];
  }
  const names = await answersIn(path);
  if (names.length === 0) throw new Error('the folder holds no .json and no .json.gz file; name another');
  const files: string[] = [];
  for (const name of names) if (!(await endedEarly(join(path, name)))) files.push(join(path, name));
  if (files.length === 0) throw new Error('every answer of the folder ended early; fetch its days again');
  return files;
}

/** Answers of a folder; of a pipeline's raw folder those of every run of days. */
async function answersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && DAYS_NAME.test(entry.name));
  const nested = await Promise.all(
    folders.map(async ({ name }) => (await answersIn(join(path, name))).map((file) => join(name, file))),
  );
  const names = entries
    .map(({ name }) => name)
    .filter((name) => RECORDED_NAME.test(name) && !isRequestName(name));
  return [...names, ...nested.flat()].sort();
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

/** An answer that lies as a raw archive wrote it is as simulated, and of the request, that the archive says. */
async function readMarked(path: string): Promise<RecordedFile> {
  const file = await readRecorded(path);
  const hash = sha256(file.bytes);
  const marks = isBodyName(file.name) ? await marksOf(path, hash) : undefined;
  const requestId = requestIdOf(file.name, hash);
  const request = requestId === undefined ? undefined : await requestBeside(path, requestId);
  return { ...file, ...marks, ...(request !== undefined && { request }) };
}

/** @throws Error when the archive has another body under this name, or knows nothing of it */
async function marksOf(path: string, hash: string): Promise<Pick<RecordedFile, 'simulated' | 'fetchedAt'>> {
  if (!isBodyOfKey(path, hash)) throw new Error(OTHER_BODY);
  const described = await describeArchived(path);
  if (described === undefined) throw new Error(LOST_METADATA);
  const { simulated, fetchedAt } = described;
  return { simulated, fetchedAt };
}

/** What was asked, where the document lies beside the answer. @throws Error when it is damaged */
async function requestBeside(path: string, requestId: string): Promise<RequestDocument | undefined> {
  const name = requestName(requestId);
  const bytes = await readFile(join(dirname(path), name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  try {
    return unchangedDocument(bytes, name);
  } catch (error) {
    if (!(error instanceof DamagedObjectError)) throw error;
    throw new Error(`the request beside it, ${name} ${reasonOf(error)}. ${WITHOUT_REQUEST}`, {
      cause: error,
    });
  }
}
