import { DamagedObjectError } from '../errors';
import { findDocument, writeDocument } from '../json-document';
import { dayOfDocument, manifestKey, manifestPrefix } from '../keys/processed-keys';
import type { ObjectStore } from '../ports/object-store';
import type { Day } from '../time/day';
import { type Manifest, manifestSchema } from './manifest';

/** @throws DamagedObjectError when the object is there but is no manifest */
export async function readManifest(
  store: ObjectStore,
  pipeline: string,
  day: Day,
): Promise<Manifest | undefined> {
  return readManifestAt(store, manifestKey(pipeline, day));
}

/** As {@link readManifest}. @param key of a manifest */
export async function readManifestAt(store: ObjectStore, key: string): Promise<Manifest | undefined> {
  const again = `ingest-weather replay --date ${dayOfDocument(key)}`;
  const wayOut = `Remove it and make the day again from raw (${again}), or restore it from a copy.`;
  return findDocument(store, key, manifestSchema, wayOut);
}

/** As {@link readManifest}, for a reader of many days: a damaged manifest is that of one day, and is returned as its error. */
export async function readManifestOrDamage(
  store: ObjectStore,
  pipeline: string,
  day: Day,
): Promise<Manifest | DamagedObjectError | undefined> {
  return readManifestOrDamageAt(store, manifestKey(pipeline, day));
}

/** As {@link readManifestOrDamage}. @param key of a manifest */
export async function readManifestOrDamageAt(
  store: ObjectStore,
  key: string,
): Promise<Manifest | DamagedObjectError | undefined> {
  try {
    return await readManifestAt(store, key);
  } catch (error) {
    if (error instanceof DamagedObjectError) return error;
    throw error;
  }
}

export async function writeManifest(store: ObjectStore, manifest: Manifest): Promise<void> {
  await store.put(manifestKey(manifest.pipeline, manifest.date as Day), writeDocument(manifest));
}

/** Days that have a manifest, in order. */
export async function publishedDays(store: ObjectStore, pipeline: string): Promise<Day[]> {
  const days: Day[] = [];
  for await (const { key } of store.list(manifestPrefix(pipeline))) {
    const day = dayOfDocument(key);
    if (day !== undefined) days.push(day);
  }
  return days;
}
