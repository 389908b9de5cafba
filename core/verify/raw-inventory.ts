import { forEachConcurrently } from '../for-each-concurrently';
import { partOfBodyKey, partOfRequestKey, type RawPart, rawPrefix } from '../keys/raw-keys';
import { verifyBody } from '../raw/raw-body';
import { readRequestDocument } from '../raw/request-document';
import { fetchObject } from './fetch-object';
import type { FindingBook } from './finding';
import { orProblem } from './or-problem';
import { askAgain } from './remedies';
import { isAskedPipeline, overlaps, type VerifyParts } from './verify-parts';

const OBJECTS_AT_ONCE = 4;

/** A body that is not what its key says, or that a manifest names and that is not there. */
export interface DamagedBody {
  readonly key: string;
  readonly part: RawPart;
  readonly problem: string;
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
  const body = found.problem ?? orProblem(() => verifyBody(found));
  if (typeof body === 'string') inventory.damaged.set(key, { key, part, problem: body });
  else inventory.bodies.set(key, body.sha256);
}

async function takeRequest({ parts, book, inventory }: Taking, key: string, part: RawPart): Promise<void> {
  book.checked('requests');
  inventory.requests.add(key);
  const found = await fetchObject(parts.raw, key);
  const document = found.problem ?? orProblem(() => readRequestDocument(found.body, key));
  if (typeof document !== 'string') return;
  const remedy = `Restore it from a copy, or ${askAgain(part)}`;
  book.add({ kind: 'requests', bucket: 'raw', object: key, problem: document, remedy, repaired: false });
}
