import { createHash } from 'node:crypto';
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StorageError } from '../../core/errors';
import type { DurableFolders } from './durable-folders';
import { linkFile, removeFile } from './file-names';
import { codeOf } from './filesystem-error';
import { currentHolder, holderState } from './process-holder';
import type { TemporaryFiles } from './temporary-files';

/** How long a writer waits for another process. */
export const LOCK_PATIENCE_MS = 10_000;

const LONGEST_PAUSE_MS = 8;
/** After so long a lock counts as left behind when its holder cannot be looked at. Holding one takes milliseconds. */
const UNKNOWN_HOLDER_MS = 60_000;

/**
 * One writer per key among all processes of a machine, also after any of them was killed.
 *
 * The locks of a key are numbered files that hold their holder. A writer takes the first number that is free, past
 * numbers whose holders are gone, and waits while one of them lives. A dead holder's file is never removed by others:
 * between finding it dead and removing it, another writer may have done the same and taken the number, and the removal
 * would open that lock to a third. As it stays, all writers walk past the same dead and meet at the same number.
 */
export class KeyLocks {
  readonly #folder: string;
  readonly #folders: DurableFolders;
  readonly #temporaries: TemporaryFiles;
  /** A file that names this process: each lock is one more link to it, so no lock is ever seen empty. */
  #name: string | undefined;

  constructor(folder: string, folders: DurableFolders, temporaries: TemporaryFiles) {
    this.#folder = folder;
    this.#folders = folders;
    this.#temporaries = temporaries;
  }

  /** Does the work while no other process holds the key. It is synchronous, so that within this process none can wait for it. */
  async hold<T>(key: string, work: () => T, patienceMs: number = LOCK_PATIENCE_MS): Promise<T> {
    const chain = join(this.#folder, createHash('sha256').update(key).digest('hex'));
    const lock = await this.#acquire(chain, { key, patienceMs });
    try {
      return work();
    } finally {
      removeFile(lock);
    }
  }

  async #acquire(chain: string, { key, patienceMs }: { key: string; patienceMs: number }): Promise<string> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const lock = this.#takeFirstFree(chain);
      if (lock !== undefined) return lock;
      if (performance.now() > deadline) {
        throw new StorageError(
          `Another process has been writing ${key} for ${patienceMs / 1000} s; run again.`,
          {
            context: { key },
          },
        );
      }
      await pause(1 + Math.random() * LONGEST_PAUSE_MS);
    }
  }

  /** `undefined` when somebody alive has the key. */
  #takeFirstFree(chain: string): string | undefined {
    for (let number = 0; ; number += 1) {
      const lock = `${chain}-${number}`;
      if (this.#take(lock)) return lock;
      if (!isLeftBehind(lock)) return undefined;
    }
  }

  #take(lock: string): boolean {
    try {
      this.#folders.within(this.#folder, () => {
        // Without links a lock can be seen empty: its holder is then unknown, and it is waited for.
        if (!linkFile(this.#nameFile(), lock)) writeFileSync(lock, currentHolder(), { flag: 'wx' });
      });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  /** Its time is the time of the latest lock, for those who can go by nothing else. */
  #nameFile(): string {
    const now = new Date();
    try {
      if (this.#name !== undefined) utimesSync(this.#name, now, now);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      this.#name = undefined;
    }
    this.#name ??= this.#temporaries.writeNow(currentHolder());
    return this.#name;
  }
}

/** A time so far ahead is of a clock that has been set back since: the lock is as old as that, at least. */
function isOld(lock: string): boolean {
  return Math.abs(Date.now() - statSync(lock).mtimeMs) > UNKNOWN_HOLDER_MS;
}

/** False also when the lock has been released since. */
function isLeftBehind(lock: string): boolean {
  try {
    const state = holderState(readFileSync(lock, 'utf8'));
    return state === 'gone' || (state === 'unknown' && isOld(lock));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
