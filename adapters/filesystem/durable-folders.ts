import { closeSync, fsync, mkdirSync, openSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { codeOf } from './filesystem-error';

const flushFile = promisify(fsync);

/** A folder can be pruned between being made and being used, but hardly so often in a row. */
const ATTEMPTS = 50;

/** The folders of a store: made when needed, pruned when empty, and on disk before a write counts as done. */
export class DurableFolders {
  readonly #root: string;
  /** The first folder upwards that this store did not make. */
  #top: string;
  /** By folder: settled when its own entry in its parent is on disk, which is asked once while the folder lives. */
  readonly #entries = new Map<string, Promise<unknown>>();

  /** @param root an absolute path */
  constructor(root: string) {
    this.#root = root;
    this.#top = root;
  }

  /** Does what needs the folder; makes it when it is missing, again when somebody prunes it in between. */
  within<T>(folder: string, work: () => T): T {
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (attempt > 1) this.#make(folder);
        return work();
      } catch (error) {
        if (codeOf(error) !== 'ENOENT' || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Resolves when the folder's entries and the way down to it are on disk. */
  async settle(folder: string): Promise<void> {
    await Promise.all([flushFolder(folder), this.#settleEntry(folder)]);
  }

  /** Removes the folder and those above it as far as they are empty, never the root; answers the first that stays. */
  prune(folder: string): string {
    let current = folder;
    while (current !== this.#root && removeIfEmpty(current)) {
      this.#entries.delete(current);
      current = dirname(current);
    }
    return current;
  }

  #make(folder: string): void {
    const first = mkdirSync(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) this.#entries.delete(made);
    if (first.length <= this.#top.length) this.#top = dirname(first);
  }

  #settleEntry(folder: string): Promise<unknown> {
    if (folder === this.#top) return Promise.resolve();
    const known = this.#entries.get(folder);
    if (known !== undefined) return known;
    const parent = dirname(folder);
    const entry = Promise.all([flushFolder(parent), this.#settleEntry(parent)]);
    this.#entries.set(folder, entry);
    entry.catch(() => this.#entries.delete(folder));
    return entry;
  }
}

/** False when it stays, for whatever reason: an empty folder too many harms nobody. */
function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return codeOf(error) === 'ENOENT';
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = openFolder(folder);
  try {
    await flushFile(handle);
  } catch (error) {
    // Some network file systems know no fsync of a folder: there is nothing more to be had.
    if (codeOf(error) !== 'EINVAL') throw error;
  } finally {
    closeSync(handle);
  }
}

/** Opens the folder or, where it has been pruned meanwhile, the one that lost it. */
function openFolder(folder: string): number {
  try {
    return openSync(folder, 'r');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return openFolder(dirname(folder));
  }
}
