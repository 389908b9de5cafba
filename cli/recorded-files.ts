import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ConfigError, type ConfigProblem } from '../core/errors';
import type { RecordedFile } from '../core/runs/replay';

const RECORDED_NAME = /\.json(\.gz)?$/;

/** The answers in files and in the files of folders, sorted by name there. @throws ConfigError about every path that holds none */
export async function readRecordedFiles(paths: readonly string[]): Promise<RecordedFile[]> {
  const problems: ConfigProblem[] = [];
  const files: RecordedFile[] = [];
  for (const path of paths) {
    try {
      for (const file of await filesOf(path)) files.push(await readRecorded(file));
    } catch (error) {
      problems.push({ path, message: (error as Error).message });
    }
  }
  if (problems.length > 0) throw new ConfigError('Recorded answers cannot be read:', problems);
  return files;
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => RECORDED_NAME.test(name)).sort();
  if (names.length === 0) throw new Error('the folder holds no .json and no .json.gz file; name another');
  return names.map((name) => join(path, name));
}

/** An answer as it was received, its file packed or not. */
export async function readRecorded(path: string): Promise<RecordedFile> {
  const bytes = await readFile(path);
  return { name: basename(path), bytes: path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes };
}
