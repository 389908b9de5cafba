import { addCounts, type ColumnCounts } from '../checks/column-counts';
import type { DateCounts } from '../checks/judge';
import { StorageError } from '../errors';
import { sha256 } from '../hash';
import { readDocument } from '../json-document';
import { countsKey } from '../keys/processed-keys';
import type { Manifest, ObjectReference, RawReference, TableReport } from '../manifest/manifest';
import { isPartial } from '../manifest/partial-tables';
import { mapConcurrently } from '../map-concurrently';
import type { Pipeline } from '../pipeline/pipeline';
import { chunksOf } from '../planning/chunks';
import type { ObjectStore } from '../ports/object-store';
import { type StagedCounts, stagedCountsSchema } from '../staging/staged-counts';
import { LOCATIONS_TABLE } from '../tables/locations-table';
import type { Day } from '../time/day';

const READS_AT_ONCE = 8;

/** A version of a date as its run staged it. */
export interface DateVersion {
  readonly pipeline: Pipeline;
  readonly day: Day;
  readonly runId: string;
  readonly staged: readonly StagedCounts[];
}

/** @throws StorageError when the counts of any table and chunk of the pipeline are missing: a date is always staged whole */
export async function readStagedVersion(
  store: ObjectStore,
  version: Omit<DateVersion, 'staged'>,
): Promise<DateVersion> {
  const { pipeline, day, runId } = version;
  const tables = [...pipeline.tables.map(({ name }) => name), LOCATIONS_TABLE];
  const keys = chunksOf(pipeline).flatMap(({ number }) =>
    tables.map((table) => countsKey(runId, { pipeline: pipeline.name, table, day, chunk: number })),
  );
  const staged = await mapConcurrently(keys, READS_AT_ONCE, async (key) => {
    const found = await store.get(key);
    if (found !== undefined) return readDocument(found.body, stagedCountsSchema, key);
    throw new StorageError(
      `The staged counts ${key} are missing, so ${day} cannot be judged. Run the date again.`,
      { context: { key, batch_date: day } },
    );
  });
  return { ...version, staged };
}

/** Hash that stays equal while no location moves between chunks. */
export function locationsHash(pipeline: Pick<Pipeline, 'locations' | 'source'>): string {
  const locations = pipeline.locations.map(({ id, latitude, longitude }) => [id, latitude, longitude]);
  return sha256(JSON.stringify([pipeline.source.locations_per_request, locations]));
}

export function versionObjects({ staged }: DateVersion): ObjectReference[] {
  return staged.flatMap(({ object }) => (object === null ? [] : [object]));
}

export function versionQuarantine({ staged }: DateVersion): ObjectReference[] {
  return staged.flatMap(({ quarantine }) => (quarantine === null ? [] : [quarantine]));
}

/** Counts over all chunks, by table, then column. */
export function versionCounts({ staged }: DateVersion): DateCounts {
  const tables = new Map<string, Map<string, ColumnCounts>>();
  for (const { table, columns } of staged) {
    const sums = tables.get(table) ?? new Map<string, ColumnCounts>();
    tables.set(table, sums);
    for (const [name, counts] of Object.entries(columns)) {
      const sum = sums.get(name);
      sums.set(name, sum === undefined ? counts : addCounts(sum, counts));
    }
  }
  return tables;
}

/** Newest fetch of the version, ISO 8601; `undefined` when it holds no answer at all. */
export function newestFetch({ staged }: DateVersion): string | undefined {
  return staged
    .flatMap(({ fetched_at }) => fetched_at ?? [])
    .sort()
    .at(-1);
}

/** The manifest that publishes this version. */
export function versionManifest(version: DateVersion, codeVersion: string): Manifest {
  const { pipeline, day, runId, staged } = version;
  const tables = tableReports(version);
  const source = staged.find(({ raw }) => raw.length > 0)?.source ?? staged[0]!.source;
  return {
    pipeline: pipeline.name,
    date: day,
    schema_version: pipeline.schemaVersion,
    code_version: codeVersion,
    run_id: runId,
    fetched_at: newestFetch(version) ?? '',
    simulated: staged.some(({ simulated }) => simulated),
    source,
    locations_hash: locationsHash(pipeline),
    partial: Object.values(tables).some(isPartial),
    raw: distinctRaw(staged),
    objects: versionObjects(version),
    quarantine: versionQuarantine(version),
    tables,
  };
}

function tableReports(version: DateVersion): Record<string, TableReport> {
  const counts = versionCounts(version);
  const names = [...new Set(version.staged.map(({ table }) => table))];
  return Object.fromEntries(
    names.map((name) => {
      const parts = version.staged.filter(({ table }) => table === name);
      const expected = sum(parts, ({ locations_expected }) => locations_expected);
      const missing = parts.flatMap(({ locations_missing }) => locations_missing);
      const rowsExpected = parts.some(({ rows_expected }) => rows_expected === null)
        ? null
        : sum(parts, ({ rows_expected }) => rows_expected ?? 0);
      const report: TableReport = {
        rows: { expected: rowsExpected, found: sum(parts, ({ rows_found }) => rows_found) },
        locations: { expected, found: expected - missing.length, missing },
        columns: Object.fromEntries(counts.get(name) ?? []),
      };
      return [name, report];
    }),
  );
}

function sum<T>(parts: readonly T[], read: (part: T) => number): number {
  return parts.reduce((total, part) => total + read(part), 0);
}

function distinctRaw(staged: readonly StagedCounts[]): RawReference[] {
  return [
    ...new Map(staged.flatMap(({ raw }) => raw).map((reference) => [reference.key, reference])).values(),
  ];
}
