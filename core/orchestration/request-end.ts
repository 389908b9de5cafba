import * as z from 'zod';
import { DamagedObjectError, SourceUnavailableError } from '../errors';
import { type FailureRecord, failureRecordSchema, recordedError } from '../failure-record';
import { findDocument, writeDocument } from '../json-document';
import { mapConcurrently } from '../map-concurrently';
import type { ObjectStore } from '../ports/object-store';
import { putIf } from '../put-if';
import type { RawBody } from '../raw/raw-body';
import { indexBody } from '../runs/obtain-answer';
import type { SlotAnswer } from '../runs/stage-run';
import type { OpenRun } from './planned-runs';
import { type RunName, requestEndKey, requestEndsPrefix } from './run-keys';

const READS_AT_ONCE = 8;

const rawBodySchema = z.object({
  key: z.string(),
  sha256: z.string(),
  request: z.string(),
  fetchedAt: z.string(),
  simulated: z.boolean(),
});

/** How a request of a run ended. */
const requestEndSchema = z.union([
  /** `reused`: answered by what was kept before. */
  z.object({ outcome: z.literal('answered'), reused: z.boolean(), raw: rawBodySchema }),
  z.object({ outcome: z.literal('failed'), failure: failureRecordSchema }),
]);
export type RequestEnd = z.output<typeof requestEndSchema>;
export type RequestAnswer = Extract<RequestEnd, { outcome: 'answered' }>;

export async function readRequestEnd(
  store: ObjectStore,
  run: RunName,
  n: number,
): Promise<RequestEnd | undefined> {
  return findDocument(store, requestEndKey(run, n), requestEndSchema);
}

export type RequestPlace = RunName & { readonly n: number };

/** An answer stands, whatever was noted before. */
export async function noteAnswer(store: ObjectStore, place: RequestPlace, end: RequestAnswer): Promise<void> {
  await store.put(requestEndKey(place, place.n), writeDocument(end));
}

/** A failure stands where nothing was noted: a second message of the same request may have been answered. */
export async function noteFailure(
  store: ObjectStore,
  place: RequestPlace,
  failure: FailureRecord,
): Promise<void> {
  const end: RequestEnd = { outcome: 'failed', failure };
  await putIf(store, requestEndKey(place, place.n), {
    body: writeDocument(end),
    condition: { absent: true },
  });
}

export async function readRequestEnds(store: ObjectStore, run: RunName): Promise<RequestEnd[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(requestEndsPrefix(run))) keys.push(key);
  const ends = await mapConcurrently(keys, READS_AT_ONCE, (key) =>
    findDocument(store, key, requestEndSchema),
  );
  return ends.filter((end) => end !== undefined);
}

export function answeredBy(raw: RawBody, reused: boolean): RequestAnswer {
  return { outcome: 'answered', reused, raw: { ...raw } };
}

/** What a slot is staged from: the answer decoded again, or why there is none. */
export async function answerOf(
  end: RequestEnd | undefined,
  { pipeline, archive }: OpenRun,
): Promise<SlotAnswer> {
  if (end === undefined) return new SourceUnavailableError(NO_END);
  if (end.outcome === 'failed') return recordedError(end.failure);
  const { raw, reused } = end;
  const found = await archive.orPassOver(raw.key, async () => ({
    document: await archive.document(raw.request),
    bytes: await archive.read(raw),
  }));
  // Damaged since it was kept: another answer of the archive may serve, else that is why the days failed.
  if (found instanceof DamagedObjectError) return found;
  const answers = indexBody(found.bytes, { raw, document: found.document, pipeline });
  return { ...answers, isReused: reused };
}

const NO_END =
  'Nobody told how the request ended before its task timed out. Look at the age of the oldest message in the buffer, then redrive.';
