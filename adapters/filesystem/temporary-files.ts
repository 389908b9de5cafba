import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  fsync,
  fsyncSync,
  openSync,
  readdirSync,
  statSync,
  writeFile,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DurableFolders } from './durable-folders';
import { removeFile } from './file-names';
import { currentHolder, holderState } from './process-holder';

const writeBytes = promisify(writeFile);
const flushFile = promisify(fsync);

const OWNER_END = '+';
/** After so long a file counts as left over when its owner, on another host, cannot be looked at. */
const FOREIGN_LIFETIME_MS = 86_400_000;

/** Files on their way to a name of their own. Each is named after the process that writes it, so a later one can sweep. */
export class TemporaryFiles {
  readonly #folder: string;
  readonly #folders: DurableFolders;
  readonly #prefix = `${currentHolder()}${OWNER_END}${randomUUID().slice(0, 8)}-`;
  #count = 0;

  constructor(folder: string, folders: DurableFolders) {
    this.#folder = folder;
    this.#folders = folders;
  }

  /** A path that nobody else will use, in a folder that was there when asked. */
  reserve(): string {
    if (this.#count === 0) this.#sweep();
    else this.#folders.within(this.#folder, () => accessSync(this.#folder));
    this.#count += 1;
    return join(this.#folder, `${this.#prefix}${this.#count}`);
  }

  /** Path of a new file that holds the bytes, on disk. */
  async write(bytes: Uint8Array): Promise<string> {
    const path = this.reserve();
    const file = openSync(path, 'wx');
    try {
      await writeBytes(file, bytes);
      await flushFile(file);
      return path;
    } catch (error) {
      removeFile(path);
      throw error;
    } finally {
      closeSync(file);
    }
  }

  /** {@link write} for those who hold a lock and must not let go of the thread. */
  writeNow(text: string): string {
    const path = this.reserve();
    const file = openSync(path, 'wx');
    try {
      writeFileSync(file, text);
      fsyncSync(file);
      return path;
    } catch (error) {
      removeFile(path);
      throw error;
    } finally {
      closeSync(file);
    }
  }

  #sweep(): void {
    const names = this.#folders.within(this.#folder, () => readdirSync(this.#folder));
    for (const name of names) {
      const path = join(this.#folder, name);
      if (isLeftOver(path, name)) removeFile(path);
    }
  }
}

function isLeftOver(path: string, name: string): boolean {
  const state = holderState(name.slice(0, Math.max(0, name.lastIndexOf(OWNER_END))));
  if (state !== 'unknown') return state === 'gone';
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > FOREIGN_LIFETIME_MS;
}
