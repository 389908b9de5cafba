import { gunzipSync, gzipSync } from 'node:zlib';
import { StorageError } from '../errors';
import { sha256 } from '../hash';
import { readDocument, writeDocument } from '../json-document';
import { bodyKey, bodyPrefix, partOfRequestKey, type RawPart, rawPrefix, requestKey } from '../keys/raw-keys';
import type { ObjectInfo, ObjectStore } from '../ports/object-store';
import type { ReceivedBody } from '../ports/weather-source';
import type { Day } from '../time/day';
import { isComplete, markComplete, putIf } from './complete-bodies';
import { type RequestDocument, requestDocumentSchema } from './request-document';

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

/** What the source was asked and what it answered, one pipeline's: written once, never changed. */
export class RawArchive {
  private readonly documents = new Map<string, Promise<RequestDocument>>();
  /** By the keys of their request objects; `undefined` until somebody asks. */
  private parts: Promise<Map<string, RawPart>> | undefined;

  constructor(
    private readonly store: ObjectStore,
    private readonly pipeline: string,
    /** A run that asks the real source must not answer from what a simulator made up before. */
    private readonly ignoresSimulated = false,
  ) {}

  partOf({ from, to, request_id }: Pick<RequestDocument, 'from' | 'to' | 'request_id'>): RawPart {
    return { pipeline: this.pipeline, from, to, requestId: request_id };
  }

  /** Written before the first body is asked for; equal questions share one object. */
  async keepRequest(document: RequestDocument): Promise<void> {
    const part = this.partOf(document);
    const key = requestKey(part);
    await this.createOnce(key, writeDocument(document), {});
    (await this.parts)?.set(key, part);
  }

  async keepBody(document: RequestDocument, body: ReceivedBody): Promise<RawBody> {
    const part = this.partOf(document);
    const hash = sha256(body.bytes);
    const metadata = {
      sha256: hash,
      'fetched-at': new Date(body.fetchedAt).toISOString(),
      simulated: String(body.simulated),
      complete: String(body.complete),
    };
    const key = bodyKey(part, hash);
    const isNew = await this.createOnce(key, gzipSync(body.bytes, { level: GZIP_LEVEL }), metadata);
    if (!isNew && body.complete) await markComplete(this.store, key, metadata);
    return {
      key,
      sha256: hash,
      request: requestKey(part),
      fetchedAt: metadata['fetched-at'],
      simulated: body.simulated,
    };
  }

  /**
   * Every body of a request that arrived whole, the latest fetched first. One that ended early may decode all the same, but
   * its request has failed, so no day is made from it.
   */
  async bodiesOf(part: RawPart): Promise<RawBody[]> {
    const bodies: RawBody[] = [];
    for await (const { key } of this.store.list(bodyPrefix(part))) {
      const info = await this.infoOf(key);
      if (isComplete(info)) bodies.push(rawBody(info, requestKey(part)));
    }
    return bodies.filter(({ simulated }) => !(simulated && this.ignoresSimulated)).sort(latestFirst);
  }

  /** What a manifest names. @throws StorageError when it is gone */
  async describe(key: string, request: string): Promise<RawBody> {
    return rawBody(await this.infoOf(key), request);
  }

  private async infoOf(key: string): Promise<ObjectInfo> {
    const info = await this.store.head(key);
    if (info === undefined) throw missing(key);
    return info;
  }

  /** The body as received. @throws StorageError when it is gone or is not what its name says */
  async read(body: RawBody): Promise<Uint8Array> {
    const found = await this.store.get(body.key);
    if (found === undefined) throw missing(body.key);
    const bytes = gunzip(found.body, body.key);
    if (sha256(bytes) === body.sha256) return bytes;
    throw new StorageError(
      `The raw object ${body.key} is not what was written: its hash differs. Restore it from a copy.`,
      { context: { key: body.key } },
    );
  }

  /** Held until {@link forgetDocuments}. */
  document(key: string): Promise<RequestDocument> {
    const known = this.documents.get(key);
    if (known !== undefined) return known;
    const reading = this.readDocument(key);
    this.documents.set(key, reading);
    // The store may answer the next one who asks.
    reading.catch(() => this.documents.delete(key));
    return reading;
  }

  /** Neighbouring days share requests, far ones do not: who goes through many days lets go of these now and then. */
  forgetDocuments(): void {
    this.documents.clear();
  }

  /** The requests whose days include this one. */
  async partsOn(day: Day): Promise<RawPart[]> {
    this.parts ??= this.listParts().catch((error: unknown) => {
      this.parts = undefined;
      throw error;
    });
    return [...(await this.parts).values()].filter(({ from, to }) => from <= day && day <= to);
  }

  /** Whether there are answers for the day and all of them come from files: nobody asked the source for it. */
  async isOnlyRecorded(day: Day): Promise<boolean> {
    const parts = await this.partsOn(day);
    const documents = await Promise.all(parts.map((part) => this.document(requestKey(part))));
    return parts.length > 0 && documents.every(({ method }) => method === 'RECORDED');
  }

  private async listParts(): Promise<Map<string, RawPart>> {
    const parts = new Map<string, RawPart>();
    for await (const { key } of this.store.list(rawPrefix(this.pipeline))) {
      const part = partOfRequestKey(key);
      if (part !== undefined) parts.set(key, part);
    }
    return parts;
  }

  private async readDocument(key: string): Promise<RequestDocument> {
    const found = await this.store.get(key);
    if (found === undefined) throw missing(key);
    return readDocument(found.body, requestDocumentSchema, key);
  }

  private createOnce(
    key: string,
    body: Uint8Array,
    metadata: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    return putIf(this.store, key, { body, metadata, condition: { absent: true } });
  }
}

/** Of bodies, for sorting. */
export function latestFirst(a: RawBody, b: RawBody): number {
  return a.fetchedAt === b.fetchedAt ? 0 : a.fetchedAt < b.fetchedAt ? 1 : -1;
}

function rawBody({ key, metadata }: ObjectInfo, request: string): RawBody {
  const { sha256: hash, 'fetched-at': fetchedAt, simulated } = metadata;
  if (hash === undefined || fetchedAt === undefined) {
    throw new StorageError(
      `The raw object ${key} has lost its metadata (sha256, fetched-at). Copy it again with its metadata.`,
      { context: { key } },
    );
  }
  return { key, sha256: hash, request, fetchedAt, simulated: simulated === 'true' };
}

function gunzip(bytes: Uint8Array, key: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new StorageError(`The raw object ${key} is not gzip. Restore it from a copy.`, {
      context: { key },
      cause,
    });
  }
}

function missing(key: string): StorageError {
  return new StorageError(`The object ${key} is not there. Restore it from a copy.`, { context: { key } });
}
