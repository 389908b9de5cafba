import { failureRecord } from '../failure-record';
import { sha256 } from '../hash';
import { writeDocument } from '../json-document';
import { countsKey, quarantineKey, stagedKey, type TablePart, tableKey } from '../keys/processed-keys';
import type { ObjectReference } from '../manifest/manifest';
import { isRequestedSection, locationsSection, type Table, tablesOf } from '../pipeline/pipeline';
import { rowsPerDay } from '../pipeline/section-steps';
import { type BuiltTable, buildTable } from '../tables/build-table';
import { LOCATIONS_TABLE, locationsBatch } from '../tables/locations-table';
import { quarantineBatch } from '../tables/quarantine';
import type { TableBatch } from '../tables/table-batch';
import type { DayToStage, StagingParts } from './day-to-stage';
import { fileMetadata } from './file-metadata';
import type { StagedCounts } from './staged-counts';

/** Stages the tables of a section, each object before its counts: counts say that the object is there. */
export async function stageDay(parts: StagingParts, staged: DayToStage): Promise<void> {
  for (const table of tablesOf(parts.pipeline, staged.section)) await stageTable({ parts, staged, table });
  if (locationsSection(parts.pipeline) === staged.section) await stageLocations(parts, staged);
}

interface TableStaging {
  readonly parts: StagingParts;
  readonly staged: DayToStage;
  readonly table: Table;
}

async function stageTable({ parts, staged, table }: TableStaging): Promise<void> {
  const metadata = fileMetadata(parts.pipeline, staged);
  const built = buildTable({ table, slices: staged.picked.map(({ slice }) => slice), metadata });
  const daily = rowsPerDay(table);
  await stageBuilt(
    { parts, staged, table: table.name },
    built,
    daily === undefined ? null : daily * staged.chunk.locations.length,
  );
}

async function stageLocations(parts: StagingParts, staged: DayToStage): Promise<void> {
  const answers = staged.picked.map(({ slice }) => slice.answer);
  const batch = locationsBatch(answers, fileMetadata(parts.pipeline, staged));
  await stageBuilt(
    { parts, staged, table: LOCATIONS_TABLE },
    { batch, counts: {}, rejections: [] },
    staged.chunk.locations.length,
  );
}

interface ObjectStaging {
  readonly parts: StagingParts;
  readonly staged: DayToStage;
  readonly table: string;
}

async function stageBuilt(
  staging: ObjectStaging,
  built: BuiltTable,
  rowsExpected: number | null,
): Promise<void> {
  const { parts, staged, table } = staging;
  const part: TablePart = {
    pipeline: parts.pipeline.name,
    table,
    day: staged.day,
    chunk: staged.chunk.number,
  };
  const rejected = quarantineBatch(built.batch, built.rejections);
  const object = built.batch.rows === 0 ? null : await stageObject(parts, tableKey(part), built.batch);
  const quarantine = rejected === undefined ? null : await stageObject(parts, quarantineKey(part), rejected);
  const counts = describeStaged(staging, { built, rowsExpected, object, quarantine });
  await parts.processed.put(countsKey(parts.runId, part), writeDocument(counts));
}

async function stageObject(parts: StagingParts, key: string, batch: TableBatch): Promise<ObjectReference> {
  const bytes = parts.encoder.encode(batch);
  await parts.processed.put(stagedKey(parts.pipeline.name, parts.runId, key), bytes);
  return { key, sha256: sha256(bytes), bytes: bytes.byteLength, rows: batch.rows };
}

interface StagedFacts {
  readonly built: BuiltTable;
  readonly rowsExpected: number | null;
  readonly object: ObjectReference | null;
  readonly quarantine: ObjectReference | null;
}

function describeStaged({ staged, table }: ObjectStaging, facts: StagedFacts): StagedCounts {
  const origins = [...new Set(staged.picked.map(({ origin }) => origin))];
  const found = new Set(staged.picked.map(({ slice }) => slice.answer.location.id));
  const expected = isRequestedSection(staged.section)
    ? staged.chunk.locations.map(({ id }) => id)
    : [...found];
  const fetches = origins.map(({ raw }) => raw.fetchedAt).sort();
  return {
    table,
    date: staged.day,
    chunk: staged.chunk.number,
    object: facts.object,
    quarantine: facts.quarantine,
    rows_found: facts.built.batch.rows,
    rows_expected: facts.rowsExpected,
    locations_expected: expected.length,
    locations_missing: expected.filter((id) => !found.has(id)),
    answered: staged.answered,
    failure: staged.failure === undefined ? null : failureRecord(staged.failure),
    columns: facts.built.counts,
    raw: origins.map(({ raw: { key, sha256: hash, request } }) => ({ key, sha256: hash, request })),
    source: { api: staged.source.api, models: [...staged.source.models] },
    fetched_at: fetches.at(-1) ?? null,
    simulated: origins.some(({ raw }) => raw.simulated),
  };
}
