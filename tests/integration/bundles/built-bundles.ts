import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';

export const ROOT = resolve(__dirname, '../../..');
export const FUNCTIONS = [
  'fetch-weather',
  'ingest-weather-daily',
  'plan-run',
  'publish-run',
  'transform-weather',
  'watch-freshness',
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export interface Building {
  /** Folder of the project. Default: this one. */
  readonly root?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the Node of the tests. */
  readonly node?: string;
  /** Of the process. */
  readonly umask?: number;
}

const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  folders.push(folder);
  return folder;
}

/** For the end of a test. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** Bundles the functions as `npm run bundle` does, into a folder of its own. @returns that folder */
export function buildBundles({
  root = ROOT,
  env = {},
  node = process.execPath,
  umask,
}: Building = {}): string {
  const outdir = temporaryFolder();
  const before = umask === undefined ? undefined : process.umask(umask);
  try {
    const args = [join(root, 'scripts/bundle.mjs'), '--outdir', outdir];
    execFileSync(node, args, { env: { ...process.env, ...env }, cwd: tmpdir() });
  } finally {
    if (before !== undefined) process.umask(before);
  }
  return outdir;
}

/** Bytes of each function's zip. */
export function zipsIn(folder: string): Record<FunctionName, Buffer> {
  return Object.fromEntries(
    FUNCTIONS.map((name) => [name, readFileSync(join(folder, `${name}.zip`))]),
  ) as Record<FunctionName, Buffer>;
}

/** Unpacks a zip where no package of the project can be found, as Lambda does. @returns the folder */
export function unpack(zip: Uint8Array): string {
  const folder = temporaryFolder();
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}
