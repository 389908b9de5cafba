import type { Manifest } from './manifest';
import { type PartialTable, partialTables } from './partial-tables';

/** What a report keeps of a date's manifest, which may name thousands of objects while a run has thousands of dates. */
export interface PublishedSummary {
  readonly partial: boolean;
  readonly simulated: boolean;
  readonly source: Manifest['source'];
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Rows in quarantine. */
  readonly quarantined: number;
  /** Of all tables' objects. */
  readonly bytes: number;
  readonly missing: readonly PartialTable[];
}

export function publishedSummary(manifest: Manifest): PublishedSummary {
  const { partial, simulated, source, tables, objects, quarantine } = manifest;
  return {
    partial,
    simulated,
    source,
    rows: Object.fromEntries(Object.entries(tables).map(([name, { rows }]) => [name, rows.found])),
    quarantined: quarantine.reduce((sum, { rows }) => sum + rows, 0),
    bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
    missing: partialTables(manifest),
  };
}

/** Rows of all tables. */
export function rowsPublished({ rows }: PublishedSummary): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}
