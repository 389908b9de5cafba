import { readDocument } from '../json-document';
import { dayOfPublished, manifestKey, pipelineOfObject, tableOfObject } from '../keys/processed-keys';
import { type Manifest, manifestSchema } from '../manifest/manifest';
import { isPartial } from '../manifest/partial-tables';
import { mapConcurrently } from '../map-concurrently';
import { fetchObject } from './fetch-object';
import type { FileContracts } from './file-contracts';
import type { Finding } from './finding';
import { orProblem } from './or-problem';
import { replayAgain } from './remedies';
import { republishing } from './verify-leases';
import { verifyObject } from './verify-object';
import type { DatePlace, VerifyParts } from './verify-parts';

const OBJECTS_AT_ONCE = 4;
/** A date that a run publishes meanwhile is looked at again, this often. */
const ATTEMPTS = 3;

export interface DateVerdict {
  /** `undefined` when it is damaged, or when a run is replacing the objects that it lists. */
  readonly manifest: Manifest | undefined;
  readonly findings: readonly Finding[];
}

export interface DateToVerify {
  readonly parts: VerifyParts;
  readonly contracts: FileContracts;
  readonly place: DatePlace;
}

/** Holds the objects of a date to its manifest. */
export async function verifyDate(date: DateToVerify): Promise<DateVerdict> {
  const { processed } = date.parts;
  const key = manifestKey(date.place.pipeline, date.place.day);
  for (let attempt = 1; ; attempt++) {
    const found = await fetchObject(processed, key);
    if (found.problem !== undefined) return damaged(date.place, found.problem);
    const verdict = await verifyManifest(date, found.body);
    if (verdict.findings.length === 0) return verdict;
    // Before the manifest: a run that ends its lease between the two has written another one.
    const mark = await republishing(date.parts, date.place);
    if (mark !== undefined) return { manifest: undefined, findings: [mark] };
    const now = await fetchObject(processed, key);
    const isSame = now.problem === undefined && now.info.etag === found.info.etag;
    if (isSame || attempt === ATTEMPTS) return verdict;
  }
}

async function verifyManifest(date: DateToVerify, body: Uint8Array): Promise<DateVerdict> {
  const { place } = date;
  const key = manifestKey(place.pipeline, place.day);
  const manifest = orProblem(() => readDocument(body, manifestSchema, key, ''));
  if (typeof manifest === 'string') return damaged(place, manifest);
  const problems = manifestProblems(manifest, place);
  const references = [...manifest.objects, ...manifest.quarantine];
  const findings = await mapConcurrently(references, OBJECTS_AT_ONCE, (reference) =>
    verifyObject({ ...date, manifest, reference }),
  );
  return { manifest, findings: [...manifestFindings(place, problems), ...findings.flat()] };
}

function damaged(place: DatePlace, problem: string): DateVerdict {
  const remedy = `Remove it, or restore it from a copy. ${replayAgain(place)}`;
  return { manifest: undefined, findings: [manifestFinding(place, problem, remedy)] };
}

/** Where a manifest contradicts its key or itself. */
function manifestProblems(manifest: Manifest, { pipeline, day }: DatePlace): string[] {
  const { objects, quarantine, tables, partial } = manifest;
  const told = `${manifest.pipeline} of ${manifest.date}`;
  const foreign = [...objects, ...quarantine].filter(
    ({ key }) => pipelineOfObject(key) !== pipeline || dayOfPublished(key) !== day,
  );
  const isPartialByTables = Object.values(tables).some(isPartial);
  return [
    ...(told === `${pipeline} of ${day}` ? [] : [`it says that it is of ${told}`]),
    ...foreign.map(({ key }) => `it lists ${key}, which is not of its pipeline and date`),
    ...rowProblems(manifest),
    ...(partial === isPartialByTables
      ? []
      : [`it says partial: ${partial}, its tables say ${isPartialByTables}`]),
  ];
}

function rowProblems({ objects, tables }: Manifest): string[] {
  return Object.entries(tables).flatMap(([table, report]) => {
    const listed = objects
      .filter(({ key }) => tableOfObject(key) === table)
      .reduce((sum, { rows }) => sum + rows, 0);
    if (listed === report.rows.found) return [];
    return [`it says ${report.rows.found} rows of ${table}, its objects have ${listed}`];
  });
}

function manifestFindings(place: DatePlace, problems: readonly string[]): Finding[] {
  if (problems.length === 0) return [];
  const remedy = `Remove it. ${replayAgain(place)}`;
  return [manifestFinding(place, problems.join('; '), remedy)];
}

function manifestFinding({ pipeline, day }: DatePlace, problem: string, remedy: string): Finding {
  const object = manifestKey(pipeline, day);
  return { kind: 'manifests', bucket: 'processed', object, problem, remedy, repaired: false };
}
