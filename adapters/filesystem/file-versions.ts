import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, fstatSync, openSync, readFile, readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { codeOf } from './filesystem-error';

const readBytes = promisify(readFile);

/** A larger file is read by the thread pool, so that it holds nobody up; a smaller one is sooner read than handed over. */
const LARGE_FILE_BYTES = 1 << 20;
/**
 * A file system's clock ticks every 10 ms at the latest. Within one tick a file may be replaced by one of the same size,
 * time and even inode, so a hash is kept only when the file was older than that when it was read.
 */
const CLOCK_TICK_MS = 20;
const KEPT_HASHES = 20_000;

/** The content of a file at one moment. Files are replaced, never modified in place. */
export interface FileVersion {
  /** Told from any other version of any file by this text. */
  readonly identity: string;
  /** Bytes. */
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/** Reads files and remembers the hashes of those that have not changed since. What is no file is `undefined`. */
export class FileVersions {
  readonly #hashes = new Map<string, string>();

  has(path: string): boolean {
    return statusOf(path) !== undefined;
  }

  /** The version at a path; reads the file only when its hash is not known. */
  at(path: string): FileVersion | undefined {
    const status = statusOf(path);
    if (status === undefined) return undefined;
    const sha256 = this.#hashes.get(identityOf(status));
    return sha256 === undefined ? this.#read(path) : versionOf(status, sha256);
  }

  /** Whether the path still holds that version. */
  isCurrent(path: string, version: FileVersion): boolean {
    const status = statusOf(path);
    return status !== undefined && identityOf(status) === version.identity;
  }

  /** The version at a path and its bytes, which are the caller's own. */
  async read(
    path: string,
  ): Promise<{ readonly version: FileVersion; readonly body: Uint8Array } | undefined> {
    const file = openFile(path);
    if (file === undefined) return undefined;
    try {
      const status = fstatSync(file, { bigint: true });
      if (!status.isFile()) return undefined;
      const body = status.size > LARGE_FILE_BYTES ? await readBytes(file) : readFileSync(file);
      return { version: this.#remember(status, body), body };
    } finally {
      closeSync(file);
    }
  }

  #read(path: string): FileVersion | undefined {
    const file = openFile(path);
    if (file === undefined) return undefined;
    try {
      const status = fstatSync(file, { bigint: true });
      return this.#remember(status, readFileSync(file));
    } finally {
      closeSync(file);
    }
  }

  #remember(status: BigIntStats, body: Uint8Array): FileVersion {
    const identity = identityOf(status);
    const sha256 = this.#hashes.get(identity) ?? createHash('sha256').update(body).digest('hex');
    if (Date.now() - Number(status.mtimeMs) > CLOCK_TICK_MS) this.#hashes.set(identity, sha256);
    if (this.#hashes.size > KEPT_HASHES) this.#hashes.delete(this.#hashes.keys().next().value!);
    return versionOf(status, sha256);
  }
}

function versionOf(status: BigIntStats, sha256: string): FileVersion {
  return { identity: identityOf(status), size: Number(status.size), sha256 };
}

/** Without the path: hard links are one content. */
function identityOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${size}:${mtimeNs}`;
}

function statusOf(path: string): BigIntStats | undefined {
  try {
    const status = statSync(path, { bigint: true });
    return status.isFile() ? status : undefined;
  } catch (error) {
    return undefinedIfMissing(error);
  }
}

function openFile(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    return undefinedIfMissing(error);
  }
}

/** ENOTDIR: the way to the key leads through a file, so there is no such key. */
function undefinedIfMissing(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
  throw error;
}
