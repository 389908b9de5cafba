import { StorageError } from '../errors';
import { forEachConcurrently } from '../for-each-concurrently';
import { readDocument } from '../json-document';
import { partOfBodyKey, partOfRequestKey, type RawPart, rawPrefix } from '../keys/raw-keys';
import { type RequestDocument, requestDocumentSchema } from '../raw/request-document';
import { fetchObject } from './fetch-object';
import type { FindingBook } from './finding';
import { judgeBody } from './read-body';
import { askAgain } from './remedies';
import { isAskedPipeline, overlaps, type VerifyParts } from './verify-parts';

const OBJECTS_AT_ONCE = 4;

/** A body that is not what its key says, or that a manifest names and that is not there. */
export interface DamagedBody {
  readonly key: string;
  readonly part: RawPart;
  readonly problem: string;
  /** `undefined` when there is no object, or none that can be read. */
  readonly etag?: string;
}

/** What lies in raw, by keys; no body is held. */
export interface RawInventory {
  /** Whole hash of each whole body, by key. */
  readonly bodies: Map<string, string>;
  readonly damaged: Map<string, DamagedBody>;
  /** Keys of the request objects that are there, damaged ones included, or were told to be missing. */
  readonly requests: Set<string>;
}

/** Reads every raw object that was asked for. Damaged requests go into the book; bodies wait for what manifests say of them. */
export async function takeRawInventory(parts: VerifyParts, book: FindingBook): Promise<RawInventory> {
  const inventory: RawInventory = { bodies: new Map(), damaged: new Map(), requests: new Set() };
  const { raw, pipeline, signal } = parts;
  const entries = raw.list(pipeline === undefined ? '' : rawPrefix(pipeline.name));
  await forEachConcurrently(entries, OBJECTS_AT_ONCE, async ({ key }) => {
    signal?.throwIfAborted();
    const [request, body] = [partOfRequestKey(key), partOfBodyKey(key)];
    const part = request ?? body;
    if (part === undefined || !isAskedPipeline(pipeline, part.pipeline) || !overlaps(parts.span, part))
      return;
    await (request === undefined
      ? takeBody({ parts, book, inventory }, key, part)
      : takeRequest({ parts, book, inventory }, key, part));
  });
  return inventory;
}

interface Taking {
  readonly parts: VerifyParts;
  readonly book: FindingBook;
  readonly inventory: RawInventory;
}

async function takeBody({ parts, book, inventory }: Taking, key: string, part: RawPart): Promise<void> {
  book.checked('bodies');
  const found = await fetchObject(parts.raw, key);
  if (found.problem !== undefined) {
    inventory.damaged.set(key, { key, part, problem: found.problem });
    return;
  }
  const verdict = judgeBody(found.info, found.body);
  if ('sha256' in verdict) inventory.bodies.set(key, verdict.sha256);
  else inventory.damaged.set(key, { key, part, problem: verdict.problem, etag: found.info.etag });
}

async function takeRequest({ parts, book, inventory }: Taking, key: string, part: RawPart): Promise<void> {
  book.checked('requests');
  inventory.requests.add(key);
  const found = await fetchObject(parts.raw, key);
  const problem = found.problem ?? requestProblem(key, part, found.body);
  if (problem === undefined) return;
  const remedy = `Restore it from a copy, or ${askAgain(part)}`;
  book.add({ kind: 'requests', bucket: 'raw', object: key, problem, remedy, repaired: false });
}

function requestProblem(key: string, part: RawPart, body: Uint8Array): string | undefined {
  const document = parseRequest(key, body);
  if (document instanceof StorageError) return document.message.trim();
  const { request_id, from, to } = document;
  if (request_id === part.requestId && from === part.from && to === part.to) return undefined;
  return `it is the request ${request_id} of ${from} to ${to}, which is not what its key says`;
}

function parseRequest(key: string, body: Uint8Array): RequestDocument | StorageError {
  try {
    return readDocument(body, requestDocumentSchema, key, '');
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
}
