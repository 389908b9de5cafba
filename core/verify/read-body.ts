import { gunzipSync } from 'node:zlib';
import { sha256 } from '../hash';
import { bodyHashOfKey } from '../keys/raw-keys';
import type { ObjectInfo } from '../ports/object-store';

/** Metadata that a body is no use without. */
const METADATA = ['sha256', 'fetched-at', 'simulated', 'complete'] as const;

/** A body that was held to its key: its whole hash, or what is wrong with it. */
export type BodyVerdict = { readonly sha256: string } | { readonly problem: string };

/** Whether a raw object is the body that its key says, with the metadata that it was written with. */
export function judgeBody(info: ObjectInfo, body: Uint8Array): BodyVerdict {
  if (body.byteLength === 0) return { problem: 'it is empty' };
  const unpacked = unpack(body);
  if ('problem' in unpacked) return unpacked;
  const hash = sha256(unpacked.bytes);
  if (!hash.startsWith(bodyHashOfKey(info.key)!))
    return { problem: `its body is not the one of its key: the hash is ${hash}` };
  const lost = METADATA.filter((name) => info.metadata[name] === undefined);
  if (lost.length > 0) return { problem: `it has lost its metadata (${lost.join(', ')})` };
  const { sha256: told, 'fetched-at': fetchedAt } = info.metadata;
  if (told !== hash) return { problem: `its metadata tell another hash: ${told}` };
  if (Number.isNaN(Date.parse(fetchedAt!)))
    return { problem: `its metadata tell no time of fetching: ${fetchedAt}` };
  return { sha256: hash };
}

function unpack(body: Uint8Array): { readonly bytes: Uint8Array } | { readonly problem: string } {
  try {
    return { bytes: gunzipSync(body) };
  } catch (error) {
    return { problem: gzipProblem((error as { code?: string }).code, (error as Error).message) };
  }
}

function gzipProblem(code: string | undefined, message: string): string {
  if (code === 'Z_BUF_ERROR') return 'it is cut: its gzip ends early';
  if (message === 'incorrect header check') return 'it is not gzip';
  return `its gzip is damaged (${message})`;
}
