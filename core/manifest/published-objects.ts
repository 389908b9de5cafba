import { DamagedObjectError } from '../errors';
import { ALL_MANIFESTS_PREFIX, dayOfDocument, tableOfObject } from '../keys/processed-keys';
import { mapConcurrently } from '../map-concurrently';
import type { ObjectStore } from '../ports/object-store';
import type { Manifest } from './manifest';
import { readManifestOrDamageAt } from './manifest-store';

const READS_AT_ONCE = 8;
/** Before the name of a table: what was taken out of it. */
export const QUARANTINE_TABLE_PREFIX = 'quarantine_';

export interface PublishedObjects {
  /** Keys by table; what was taken out of a table is a table of its own. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** Manifests that cannot be read: their days are left out. */
  readonly damaged: readonly DamagedObjectError[];
}

/** The objects that the manifests of all pipelines list. */
export async function publishedObjects(store: ObjectStore): Promise<PublishedObjects> {
  const keys: string[] = [];
  for await (const { key } of store.list(ALL_MANIFESTS_PREFIX))
    if (dayOfDocument(key) !== undefined) keys.push(key);
  const found = await mapConcurrently(keys, READS_AT_ONCE, (key) => readManifestOrDamageAt(store, key));
  const damaged = found.filter((one) => one instanceof DamagedObjectError);
  const manifests = found.flatMap((one) =>
    one === undefined || one instanceof DamagedObjectError ? [] : one,
  );
  return { tables: byTable(manifests), damaged };
}

function byTable(manifests: readonly Manifest[]): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  const add = (table: string, key: string) => {
    const keys = tables.get(table);
    if (keys === undefined) tables.set(table, [key]);
    else keys.push(key);
  };
  for (const { objects, quarantine } of manifests) {
    for (const { key } of objects) add(tableOfObject(key), key);
    for (const { key } of quarantine) add(`${QUARANTINE_TABLE_PREFIX}${tableOfObject(key)}`, key);
  }
  return tables;
}
