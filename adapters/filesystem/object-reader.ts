import { join } from 'node:path';
import { StorageError } from '../../core/errors';
import type { ObjectInfo } from '../../core/ports/object-store';
import { linkFile, removeFile } from './file-names';
import type { FileVersion, FileVersions } from './file-versions';
import type { MetadataSidecars } from './metadata-sidecars';

/** An object that is replaced this often while it is being read is not to be had. */
const ATTEMPTS = 100;

interface Found {
  readonly version: FileVersion;
  /** The bytes, if they had to be read. */
  readonly body?: Uint8Array;
}

export type FoundObject<T extends Found> = T & { readonly info: ObjectInfo };

/** Reads objects whose bytes and metadata are of one write, also while they are being replaced. */
export class ObjectReader {
  readonly #root: string;
  readonly #versions: FileVersions;
  readonly #sidecars: MetadataSidecars;

  constructor(root: string, versions: FileVersions, sidecars: MetadataSidecars) {
    this.#root = root;
    this.#versions = versions;
    this.#sidecars = sidecars;
  }

  head(key: string): Promise<FoundObject<Found> | undefined> {
    return this.#settled(key, async () => this.#describe(join(this.#root, key)));
  }

  get(key: string): Promise<FoundObject<Found & { readonly body: Uint8Array }> | undefined> {
    return this.#settled(key, () => this.#versions.read(join(this.#root, key)));
  }

  /** Gives the object's file a second name, so that it stays this version; its bytes where there can be no second name. */
  pin(key: string, secondName: string): Promise<FoundObject<Found> | undefined> {
    const path = join(this.#root, key);
    return this.#settled(key, async () => {
      removeFile(secondName);
      if (!this.#versions.has(path)) return undefined;
      return linkFile(path, secondName) ? this.#describe(secondName) : this.#versions.read(path);
    });
  }

  #describe(path: string): Found | undefined {
    const version = this.#versions.at(path);
    return version === undefined ? undefined : { version };
  }

  async #settled<T extends Found>(
    key: string,
    read: () => Promise<T | undefined>,
  ): Promise<FoundObject<T> | undefined> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const found = await read();
      if (found === undefined) return undefined;
      const { size, sha256 } = found.version;
      const known = this.#sidecars.read(key, sha256);
      // No metadata may mean that a later write has taken it away: only if the object is still there it never had any.
      if (known === undefined && !this.#versions.isCurrent(join(this.#root, key), found.version)) continue;
      return { ...found, info: { key, size, etag: sha256, sha256, metadata: known ?? {} } };
    }
    throw new StorageError(`${key} was replaced ${ATTEMPTS} times while it was being read; run again.`, {
      context: { key },
    });
  }
}
