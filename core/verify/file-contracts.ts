import { tableOfObject } from '../keys/processed-keys';
import type { Manifest, ObjectReference } from '../manifest/manifest';
import type { Pipeline } from '../pipeline/pipeline';
import type { ReadColumn, ReadTable } from '../ports/table-reader';
import { buildTable } from '../tables/build-table';
import { LOCATIONS_TABLE, locationsBatch } from '../tables/locations-table';

/** Columns of every table, before those of the pipeline; a table of days has the offset as well. */
const KEY_COLUMNS = ['location_id', 'time'];
const OFFSET_COLUMN = 'utc_offset_seconds';
const QUARANTINE_COLUMNS = ['location_id', 'time', 'column', 'value', 'unit', 'reason'];
const LOCATIONS_COLUMNS = locationsBatch([], {}).columns.map(({ name }) => name);

/** A file, with what its manifest says of it. */
export interface FileToHold {
  readonly reference: ObjectReference;
  readonly manifest: Manifest;
  readonly file: ReadTable;
}

/**
 * Holds files to their manifest and to their schema. Types, units and CF metadata are those of the pipeline where it is known
 * in the manifest's schema version; else all files of a table and version must have those of the first.
 */
export class FileContracts {
  readonly #known = new Map<string, readonly ReadColumn[]>();

  constructor(pipeline?: Pipeline) {
    if (pipeline === undefined) return;
    const { name, schemaVersion } = pipeline;
    const batches = pipeline.tables.map((table) => buildTable({ table, slices: [], metadata: {} }).batch);
    for (const { table, columns } of [...batches, locationsBatch([], {})])
      this.#known.set(contractName(name, schemaVersion, table), columns);
  }

  /** What is wrong with the file; empty when nothing is. */
  problemsOf(held: FileToHold): string[] {
    return [...factProblems(held), ...nameProblems(held), ...this.#columnProblems(held)];
  }

  #columnProblems({ reference, manifest, file }: FileToHold): string[] {
    const folder = reference.key.slice(0, reference.key.indexOf('/date='));
    const name = contractName(manifest.pipeline, manifest.schema_version, folder);
    const known = this.#known.get(name);
    if (known === undefined) {
      this.#known.set(name, file.columns);
      return [];
    }
    const byName = new Map(known.map((column) => [column.name, column]));
    return file.columns.flatMap((column) => columnProblems(column, byName.get(column.name)));
  }
}

function contractName(pipeline: string, schemaVersion: number, folder: string): string {
  return `${pipeline} ${schemaVersion} ${folder}`;
}

function factProblems({ reference, manifest, file }: FileToHold): string[] {
  const facts: [string, string | number | undefined, string | number][] = [
    ['rows', file.rows, reference.rows],
    ['pipeline', file.metadata.pipeline, manifest.pipeline],
    ['schema_version', file.metadata.schema_version, String(manifest.schema_version)],
  ];
  return facts
    .filter(([, found, expected]) => found !== expected)
    .map(([name, found, expected]) => `${name}: ${found ?? 'none'} in the file, ${expected} in the manifest`);
}

function nameProblems({ reference, manifest, file }: FileToHold): string[] {
  const expected = expectedNames(reference.key, manifest);
  const found = file.columns.map(({ name }) => name);
  const missing = expected.filter((name) => !found.includes(name));
  const foreign = found.filter((name) => !expected.includes(name) && name !== OFFSET_COLUMN);
  return [
    ...(missing.length === 0 ? [] : [`columns of the manifest are missing: ${missing.join(', ')}`]),
    ...(foreign.length === 0 ? [] : [`columns that the manifest does not know: ${foreign.join(', ')}`]),
  ];
}

function expectedNames(key: string, { tables }: Manifest): readonly string[] {
  const table = tableOfObject(key);
  if (!key.startsWith(`${table}/`)) return QUARANTINE_COLUMNS;
  if (table === LOCATIONS_TABLE) return LOCATIONS_COLUMNS;
  return [...KEY_COLUMNS, ...Object.keys(tables[table]?.columns ?? {})];
}

function columnProblems(found: ReadColumn, expected: ReadColumn | undefined): string[] {
  if (expected === undefined) return [];
  const facts = (column: ReadColumn) => ({ type: column.type, ...column.metadata });
  const [is, should] = [facts(found), facts(expected)] as Record<string, string>[];
  const names = [...new Set([...Object.keys(is!), ...Object.keys(should!)])];
  return names
    .filter((name) => is![name] !== should![name])
    .map((name) => `${found.name}: ${name} is ${is![name] ?? 'none'}, must be ${should![name] ?? 'none'}`);
}
