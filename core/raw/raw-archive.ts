import { DamagedObjectError } from '../errors';
import { sha256 } from '../hash';
import {
  bodyKey,
  bodyPrefix,
  isBodyOfKey,
  partOfRequestKey,
  type RawPart,
  rawPrefix,
  requestKey,
} from '../keys/raw-keys';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { ObjectStore } from '../ports/object-store';
import type { ReceivedBody } from '../ports/weather-source';
import type { Day } from '../time/day';
import { markComplete } from './complete-bodies';
import { latestFirst } from './latest-first';
import {
  bodyMetadata,
  type DescribedBody,
  describeBody,
  packBody,
  type RawBody,
  type VerifiedBody,
} from './raw-body';
import { RawObjects } from './raw-objects';
import {
  assertSameQuestion,
  type RequestDocument,
  readRequestDocument,
  writeRequestDocument,
} from './request-document';

export interface RawArchiveOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  /** A run that asks the real source must not answer from what a simulator made up before. Default: false. */
  readonly ignoresSimulated?: boolean | undefined;
}

/**
 * What the source was asked and what it answered, one pipeline's: written once, never changed. An object that is not what its
 * key says is damaged: it is repaired when the same bytes are kept again, and passed over otherwise.
 */
export class RawArchive {
  private readonly documents = new Map<string, Promise<RequestDocument>>();
  /** By the keys of their request objects; `undefined` until they are listed. */
  private parts: Promise<Map<string, RawPart>> | undefined;
  private readonly objects: RawObjects;

  constructor(
    private readonly store: ObjectStore,
    private readonly pipeline: string,
    private readonly options: RawArchiveOptions,
  ) {
    this.objects = new RawObjects({ store, ...options });
  }

  partOf({ from, to, request_id }: Pick<RequestDocument, 'from' | 'to' | 'request_id'>): RawPart {
    return { pipeline: this.pipeline, from, to, requestId: request_id };
  }

  /** Written before the first body is asked for; equal questions share one object. */
  async keepRequest(document: RequestDocument): Promise<void> {
    const part = this.partOf(document);
    const key = requestKey(part);
    if (!(await this.objects.create(key, writeRequestDocument(document), {})))
      await this.mendRequest(document);
    (await this.parts)?.set(key, part);
  }

  async keepBody(document: RequestDocument, body: ReceivedBody): Promise<RawBody & DescribedBody> {
    const metadata = bodyMetadata(body);
    const part = this.partOf(document);
    const key = bodyKey(part, metadata.sha256!);
    if (!(await this.objects.create(key, packBody(body.bytes), metadata))) {
      await this.mendBody(key, body);
      if (body.complete) await markComplete(this.store, key, metadata);
    }
    const { sha256: hash = '', 'fetched-at': fetchedAt = '' } = metadata;
    const { simulated, complete } = body;
    return { key, sha256: hash, request: requestKey(part), fetchedAt, simulated, complete };
  }

  /** Writes the request object again when it is damaged or gone. Returns whether it was. */
  async mendRequest(document: RequestDocument): Promise<boolean> {
    const key = requestKey(this.partOf(document));
    return this.objects.mend(key, {
      check: async () => assertSameQuestion(await this.readDocument(key), document, key),
      write: async () => {
        await this.store.put(key, writeRequestDocument(document));
        this.documents.delete(key);
      },
    });
  }

  /** Writes a body again when it is damaged or gone. Returns whether it was. @param body of which the key holds the hash */
  async mendBody(key: string, body: ReceivedBody): Promise<boolean> {
    if (!isBodyOfKey(key, sha256(body.bytes))) throw new Error(`The body in hand does not belong to ${key}.`);
    return this.objects.mend(key, {
      check: () => this.objects.verify(key),
      write: () => this.store.put(key, packBody(body.bytes), { metadata: bodyMetadata(body) }),
    });
  }

  /** A kept body with its bytes, compared with its key and its metadata. @throws DamagedObjectError */
  verify(key: string): Promise<VerifiedBody> {
    return this.objects.verify(key);
  }

  /** As {@link RawObjects.orPassOver}. */
  orPassOver<T>(key: string, work: () => Promise<T>): Promise<T | DamagedObjectError> {
    return this.objects.orPassOver(key, work);
  }

  /**
   * Every body of a request that arrived whole and whose metadata are so too, the latest fetched first. Others are passed over:
   * one that ended early may decode all the same, but its request has failed, so no day is made from it.
   */
  async bodiesOf(part: RawPart): Promise<RawBody[]> {
    return (await this.searchBodies(part)).bodies;
  }

  /** As {@link bodiesOf}, and what is wrong with the others. */
  async searchBodies(part: RawPart) {
    const bodies: RawBody[] = [];
    const damaged: DamagedObjectError[] = [];
    for await (const { key } of this.store.list(bodyPrefix(part))) {
      const body = await this.objects.orPassOver(key, () => this.describe(key, requestKey(part)));
      if (body instanceof DamagedObjectError) damaged.push(body);
      else if (body.complete && !(body.simulated && this.options.ignoresSimulated)) bodies.push(body);
    }
    return { bodies: this.latestFirst(bodies), damaged };
  }

  /** In the order in which they are to be tried. */
  latestFirst(bodies: readonly RawBody[]): RawBody[] {
    return latestFirst(bodies, this.options.clock.now());
  }

  /** What is known of a body, without its bytes unless its metadata are damaged. @throws DamagedObjectError */
  async describe(key: string, request: string): Promise<RawBody & DescribedBody> {
    const info = await this.objects.head(key);
    const known = describeBody(info) ?? (await this.objects.verify(key));
    const { sha256: hash, fetchedAt, simulated, complete } = known;
    return { key, sha256: hash, request, fetchedAt, simulated, complete };
  }

  /** The body as received. @throws DamagedObjectError when it is gone or is not what its name says */
  read(body: Pick<RawBody, 'key' | 'sha256'>): Promise<Uint8Array> {
    return this.objects.read(body);
  }

  /** Held until {@link forgetDocuments}. @throws DamagedObjectError */
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
    const { body } = await this.objects.get(key);
    return readRequestDocument(body, key);
  }
}
