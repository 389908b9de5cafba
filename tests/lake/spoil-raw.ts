import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FilesystemObjectStore } from '../../adapters/filesystem/filesystem-object-store';
import { MemoryObjectStore } from '../../adapters/memory/memory-object-store';
import { sha256 } from '../../core/hash';
import type { ObjectStore } from '../../core/ports/object-store';

/** What becomes of an object; `undefined` where its bytes stay and its metadata go. */
export type Spoiling = (whole: Uint8Array) => Uint8Array | undefined;

const CUT_BYTES = 20;

export const cutShort: Spoiling = (whole) => whole.subarray(0, whole.length - CUT_BYTES);

/** The lowest bit of the byte in the middle. */
export function flipBit(whole: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(whole);
  bytes[bytes.length >> 1]! ^= 1;
  return bytes;
}

/** Ways in which a body in raw is spoilt, and what is said of it. */
export const SPOILINGS: readonly (readonly [name: string, spoil: Spoiling, says: RegExp])[] = [
  ['truncated', cutShort, /is cut short/],
  ['half of it', (whole) => whole.subarray(0, whole.length >> 1), /is cut short/],
  ['empty', () => new Uint8Array(), /is empty/],
  ['NUL bytes', (whole) => new Uint8Array(whole.length), /holds NUL bytes only/],
  ['{}', () => Buffer.from('{}'), /is not gzip/],
  ['null', () => Buffer.from('null'), /is not gzip/],
  ['one bit flipped', flipBit, /is damaged inside/],
  ['gzip of something else', () => gzipSync('{"error": false}'), /its hash differs/],
  ['without its metadata', () => undefined, /lost its metadata/],
];

/** A raw bucket whose objects can be spoilt behind the store's back. */
export interface SpoilableBucket {
  readonly store: ObjectStore;
  readonly spoil: (key: string, spoiling: Spoiling) => Promise<void>;
}

/** Another program replaces the file; the sidecar with the metadata stays, or is what goes. */
export function bucketOnDisk(folder: string): SpoilableBucket {
  return {
    store: new FilesystemObjectStore(folder),
    spoil: async (key, spoiling) => {
      const path = join(folder, key);
      const spoilt = spoiling(await readFile(path));
      if (spoilt === undefined) await rm(sidecarOf(folder, key));
      else await writeFile(path, spoilt);
    },
  };
}

export function sidecarOf(folder: string, key: string): string {
  return join(folder, '.metadata', `${sha256(key)}.json`);
}

/** As another program would replace an object on S3: with the metadata of before, or without any. */
export function bucketInMemory(): SpoilableBucket {
  const store = new MemoryObjectStore();
  return {
    store,
    spoil: async (key, spoiling) => {
      const { body, info } = (await store.get(key))!;
      const spoilt = spoiling(body);
      if (spoilt === undefined) await store.put(key, body);
      else await store.put(key, spoilt, { metadata: info.metadata });
    },
  };
}
