import { ALL_MANIFESTS_PREFIX, manifestKey, manifestPrefix } from '../keys/processed-keys';
import { partOfBodyKey } from '../keys/raw-keys';
import type { Manifest, RawReference } from '../manifest/manifest';
import { fetchObject, NOT_THERE } from './fetch-object';
import { FileContracts } from './file-contracts';
import type { Finding, FindingBook } from './finding';
import type { RawInventory } from './raw-inventory';
import { askAgain, replayAgain } from './remedies';
import { verifyDate } from './verify-date';
import { type DatePlace, dateName, isAsked, placeOfDocument, type VerifyParts } from './verify-parts';

/** What the manifests say, by keys and names of dates alone. */
export interface PublishedInventory {
  /** Keys of the objects that manifests list. */
  readonly listed: Set<string>;
  /** Dates whose objects cannot be told from orphans: no whole manifest says which they are, or a run is replacing them. */
  readonly unjudged: Set<string>;
  /** Dates of which something is wrong. */
  readonly flawed: Set<string>;
  /** A date whose manifest names it, by the key of a damaged or missing body. */
  readonly namedBy: Map<string, DatePlace>;
}

export interface ManifestsToVerify {
  readonly parts: VerifyParts;
  readonly book: FindingBook;
  readonly inventory: RawInventory;
  /** Dates that are being republished: their objects may be of two versions. */
  readonly promoting: ReadonlySet<string>;
}

/** Holds every published date to its manifest, and what the manifest names in raw to what lies there. */
export async function verifyManifests(verification: ManifestsToVerify): Promise<PublishedInventory> {
  const { parts, book, promoting } = verification;
  const { pipeline, processed, signal } = parts;
  const contracts = new FileContracts(pipeline);
  const published: PublishedInventory = {
    listed: new Set(),
    unjudged: new Set(promoting),
    flawed: new Set(),
    namedBy: new Map(),
  };
  const prefix = pipeline === undefined ? ALL_MANIFESTS_PREFIX : manifestPrefix(pipeline.name);
  for await (const { key } of processed.list(prefix)) {
    signal?.throwIfAborted();
    const place = placeOfDocument(key);
    if (place === undefined || !isAsked(parts, place) || promoting.has(dateName(place))) continue;
    book.checked('manifests');
    const verdict = await verifyDate({ parts, contracts, place });
    book.add(...verdict.findings);
    if (verdict.findings.length > 0) published.flawed.add(dateName(place));
    if (verdict.manifest === undefined) published.unjudged.add(dateName(place));
    else await takeManifest(verification, published, { place, manifest: verdict.manifest });
  }
  return published;
}

interface WholeManifest {
  readonly place: DatePlace;
  readonly manifest: Manifest;
}

async function takeManifest(
  { parts, book, inventory }: ManifestsToVerify,
  { listed, namedBy }: PublishedInventory,
  { place, manifest }: WholeManifest,
): Promise<void> {
  for (const { key } of [...manifest.objects, ...manifest.quarantine]) {
    book.checked('objects');
    listed.add(key);
  }
  for (const reference of manifest.raw) {
    book.add(...(await bodyFindings({ parts, inventory, place }, reference)));
    book.add(...(await requestFindings({ parts, inventory, place }, reference)));
    if (inventory.damaged.has(reference.key)) namedBy.set(reference.key, place);
  }
}

interface Naming {
  readonly parts: VerifyParts;
  readonly inventory: RawInventory;
  readonly place: DatePlace;
}

/** A body that is gone is noted among the damaged ones, once, however many manifests name it. */
async function bodyFindings(
  { parts, inventory, place }: Naming,
  { key, sha256 }: RawReference,
): Promise<Finding[]> {
  const { bodies, damaged } = inventory;
  const hash = bodies.get(key);
  if (hash === sha256 || damaged.has(key)) return [];
  if (hash !== undefined) return [contradiction(place, `it names ${key} with another hash: ${sha256}`)];
  const part = partOfBodyKey(key);
  if (part === undefined) return [contradiction(place, `it names ${key}, which is no key of an answer`)];
  // A run may have written it after raw was listed.
  const { problem } = await fetchObject(parts.raw, key);
  if (problem !== undefined) damaged.set(key, { key, part, problem: `a manifest names it: ${problem}` });
  return [];
}

async function requestFindings(
  { parts, inventory: { requests }, place }: Naming,
  { key, request }: RawReference,
): Promise<Finding[]> {
  const part = partOfBodyKey(key);
  if (part === undefined || requests.has(request)) return [];
  requests.add(request);
  const { problem } = await fetchObject(parts.raw, request);
  if (problem !== NOT_THERE) return [];
  const remedy = `Restore it from a copy, or ${askAgain({ ...part, pipeline: place.pipeline })}`;
  const told = { problem: `a manifest names it: ${problem}`, remedy, repaired: false };
  return [{ kind: 'requests', bucket: 'raw', object: request, ...told }];
}

function contradiction(place: DatePlace, problem: string): Finding {
  const object = manifestKey(place.pipeline, place.day);
  return {
    kind: 'manifests',
    bucket: 'processed',
    object,
    problem,
    remedy: replayAgain(place),
    repaired: false,
  };
}
