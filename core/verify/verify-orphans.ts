import { StorageError } from '../errors';
import { dayOfPublished, pipelineOfObject } from '../keys/processed-keys';
import { readManifest } from '../manifest/manifest-store';
import type { Finding, FindingBook } from './finding';
import { replayAgain } from './remedies';
import { republishing } from './verify-leases';
import type { PublishedInventory } from './verify-manifests';
import { type DatePlace, dateName, isAsked, overlaps, type VerifyParts } from './verify-parts';

/** Objects that readers by prefix meet, as Athena is one, and that no manifest lists. */
export async function verifyOrphans(
  parts: VerifyParts,
  book: FindingBook,
  published: PublishedInventory,
): Promise<void> {
  for await (const { key } of parts.processed.list('')) {
    parts.signal?.throwIfAborted();
    const day = dayOfPublished(key);
    if (day === undefined) continue;
    const pipeline = pipelineOfObject(key);
    const place = pipeline === undefined ? undefined : { pipeline, day };
    const isMeant = place === undefined ? isForeignAsked(parts, day) : isAsked(parts, place);
    if (!isMeant) continue;
    book.checked('orphans');
    if (published.listed.has(key)) continue;
    const finding = place === undefined ? foreign(key) : await orphan(parts, published, { key, place });
    if (finding === undefined) continue;
    book.add(finding);
    if (place !== undefined) published.flawed.add(dateName(place));
  }
}

/** A file that no pipeline has written belongs to none that is asked for. */
function isForeignAsked({ pipeline, span }: VerifyParts, day: DatePlace['day']): boolean {
  return pipeline === undefined && overlaps(span, { from: day, to: day });
}

interface Unlisted {
  readonly key: string;
  readonly place: DatePlace;
}

/** `undefined` when the object may be of a version that is just being published. */
async function orphan(
  parts: VerifyParts,
  { unjudged }: PublishedInventory,
  { key, place }: Unlisted,
): Promise<Finding | undefined> {
  if (unjudged.has(dateName(place)) || (await republishing(parts, place)) !== undefined) return undefined;
  const manifest = await manifestNow(parts, place);
  if (manifest === 'damaged') return undefined;
  const lists = (keys: readonly { key: string }[] = []) => keys.some((one) => one.key === key);
  if (lists(manifest?.objects) || lists(manifest?.quarantine)) return undefined;
  const problem =
    manifest === undefined ? 'its day has no manifest' : 'the manifest of its day does not list it';
  const remedy = `${replayAgain(place)}, which replaces or removes it if the pipeline has its table; else delete it`;
  return orphanFinding(key, problem, remedy);
}

function foreign(key: string): Finding {
  const problem = 'it lies in a partition, but no pipeline writes objects of this name';
  return orphanFinding(key, problem, 'Readers take it for rows of the table: move it out of the partition');
}

function orphanFinding(object: string, problem: string, remedy: string): Finding {
  return { kind: 'orphans', bucket: 'processed', object, problem, remedy, repaired: false };
}

async function manifestNow({ processed }: VerifyParts, { pipeline, day }: DatePlace) {
  try {
    return await readManifest(processed, pipeline, day);
  } catch (error) {
    if (error instanceof StorageError) return 'damaged' as const;
    throw error;
  }
}
