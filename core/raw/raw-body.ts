import { gunzipSync, gzipSync } from 'node:zlib';
import { sha256 } from '../hash';
import { isBodyOfKey } from '../keys/raw-keys';
import type { ObjectInfo, ObjectMetadata } from '../ports/object-store';
import type { ReceivedBody } from '../ports/weather-source';
import { isComplete } from './complete-bodies';
import { gzipDamage } from './gzip-damage';
import { damagedRaw } from './raw-damage';

const GZIP_LEVEL = 6;

/** A body in the archive and what is known of it. */
export interface RawBody {
  readonly key: string;
  /** Of the body as received, not of its gzip. */
  readonly sha256: string;
  /** Key of the request object. */
  readonly request: string;
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
  readonly simulated: boolean;
}

/** What the metadata of a body say of it. */
export interface DescribedBody extends Omit<RawBody, 'request'> {
  /** False when its transport ended before its framing said. */
  readonly complete: boolean;
}

/** A body whose bytes and metadata were compared with its key. */
export interface VerifiedBody extends DescribedBody {
  /** As received. */
  readonly bytes: Uint8Array;
}

/** An object as a store gives it. */
export interface StoredBody {
  readonly info: ObjectInfo;
  readonly body: Uint8Array;
}

export function packBody(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: GZIP_LEVEL });
}

export function bodyMetadata({ bytes, fetchedAt, simulated, complete }: ReceivedBody): ObjectMetadata {
  return {
    sha256: sha256(bytes),
    'fetched-at': new Date(fetchedAt).toISOString(),
    simulated: String(simulated),
    complete: String(complete),
  };
}

/** What the metadata say of a body; `undefined` when they are not those of the body that the key names. */
export function describeBody(info: ObjectInfo): DescribedBody | undefined {
  const { key, metadata } = info;
  const { sha256: hash = '', 'fetched-at': fetchedAt = '', simulated = '', complete = 'true' } = metadata;
  const isOfBody = isBodyOfKey(key, hash) && /^[0-9a-f]{64}$/.test(hash);
  const areMarks = [simulated, complete].every((mark) => /^(true|false)$/.test(mark));
  if (!isOfBody || Number.isNaN(Date.parse(fetchedAt)) || !areMarks) return undefined;
  return { key, sha256: hash, fetchedAt, simulated: simulated === 'true', complete: isComplete(info) };
}

/** The body of a stored object. @throws DamagedObjectError when bytes or metadata are not what its key says */
export function verifyBody({ info, body }: StoredBody): VerifiedBody {
  const { key } = info;
  const bytes = unpackBody(body, key);
  const hash = sha256(bytes);
  if (!isBodyOfKey(key, hash))
    throw damagedRaw(key, 'holds another body: its hash differs from the one in its name');
  const described = describeBody(info);
  if (described === undefined || described.sha256 !== hash)
    throw damagedRaw(
      key,
      'has lost its metadata (sha256, fetched-at, simulated, complete), though its body is whole',
    );
  return { ...described, bytes };
}

function unpackBody(body: Uint8Array, key: string): Uint8Array {
  try {
    return gunzipSync(body);
  } catch (cause) {
    throw damagedRaw(key, gzipDamage(body, cause), cause);
  }
}
