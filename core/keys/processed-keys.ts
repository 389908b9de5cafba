import type { Day } from '../time/day';
import { partitionDay, partitionFolder } from './partition';

const CHUNK_DIGITS = 5;
const QUARANTINE = '_quarantine/';
const MANIFESTS = '_manifests/';
const STAGING = '_staging/';
const LEASES = '_leases/';
const QUOTA = '_quota/';
const DOCUMENT_SUFFIX = '.json';

/** What one object of a table is about. */
export interface TablePart {
  readonly pipeline: string;
  readonly table: string;
  readonly day: Day;
  readonly chunk: number;
}

/** `<table>/date=YYYY-MM-DD/<pipeline>.<chunk>.parquet` */
export function tableKey({ pipeline, table, day, chunk }: TablePart): string {
  return `${table}/${partitionFolder(day)}/${pipeline}.${chunkText(chunk)}.parquet`;
}

export function quarantineKey(part: TablePart): string {
  return `${QUARANTINE}${tableKey(part)}`;
}

/** Where the objects of a table and day lie, of all pipelines. */
export function tablePartitionPrefix(table: string, day: Day): string {
  return `${table}/${partitionFolder(day)}/`;
}

export function quarantinePartitionPrefix(table: string, day: Day): string {
  return `${QUARANTINE}${tablePartitionPrefix(table, day)}`;
}

const OBJECT_NAME = new RegExp(`^([a-z0-9-]+)\\.(\\d{${CHUNK_DIGITS}})\\.parquet$`);

/** The pipeline that a table or quarantine object belongs to, by its whole name; `undefined` for a stranger's. */
export function pipelineOfObject(key: string): string | undefined {
  return OBJECT_NAME.exec(key.slice(key.lastIndexOf('/') + 1))?.[1];
}

/** The table that a table or quarantine object belongs to. */
export function tableOfObject(key: string): string {
  const path = key.startsWith(QUARANTINE) ? key.slice(QUARANTINE.length) : key;
  return path.slice(0, path.indexOf('/'));
}

/** The day of the partition that readers by prefix find the object in; `undefined` for objects outside of partitions. */
export function dayOfPublished(key: string): Day | undefined {
  const path = key.startsWith(QUARANTINE) ? key.slice(QUARANTINE.length) : key;
  const [table, folder, ...rest] = path.split('/');
  return table!.startsWith('_') || rest.length === 0 ? undefined : partitionDay(folder!);
}

export function manifestKey(pipeline: string, day: Day): string {
  return `${manifestPrefix(pipeline)}${partitionFolder(day)}${DOCUMENT_SUFFIX}`;
}

export function manifestPrefix(pipeline: string): string {
  return `${MANIFESTS}${pipeline}/`;
}

/** Manifests of all pipelines. */
export const ALL_MANIFESTS_PREFIX = MANIFESTS;

/** Leases of all pipelines. */
export const ALL_LEASES_PREFIX = LEASES;

/** What runs of all pipelines have staged. */
export const ALL_STAGING_PREFIX = STAGING;

export function leaseKey(pipeline: string, day: Day): string {
  return `${leasePrefix(pipeline)}${partitionFolder(day)}${DOCUMENT_SUFFIX}`;
}

export function leasePrefix(pipeline: string): string {
  return `${LEASES}${pipeline}/`;
}

/** The day of a manifest's or a lease's key. */
export function dayOfDocument(key: string): Day | undefined {
  if (!key.endsWith(DOCUMENT_SUFFIX)) return undefined;
  return partitionDay(key.slice(key.lastIndexOf('/') + 1, -DOCUMENT_SUFFIX.length));
}

/** The pipeline of a manifest's or a lease's key. */
export function pipelineOfDocument(key: string): string | undefined {
  const [, pipeline, ...rest] = key.split('/');
  return rest.length === 1 ? pipeline : undefined;
}

const NOT_IN_A_NAME = /[^A-Za-z0-9.-]/g;

/** Where the use of a source's quota is counted, of all pipelines. @param host may have a port */
export function quotaKey({ host, plan }: { readonly host: string; readonly plan: string }): string {
  return `${QUOTA}${host.replace(NOT_IN_A_NAME, '_')}.${plan}${DOCUMENT_SUFFIX}`;
}

/** Accounts of all quotas. */
export const ALL_QUOTA_PREFIX = QUOTA;

export function stagingPrefix(pipeline: string): string {
  return `${STAGING}${pipeline}/`;
}

export function runStagingPrefix(pipeline: string, runId: string): string {
  return `${stagingPrefix(pipeline)}${runId}/`;
}

/** Says who stages a run's objects. It lies beside their folder, so that it can outlive them. */
export function stagingOwnerKey(pipeline: string, runId: string): string {
  return `${stagingPrefix(pipeline)}${runId}${DOCUMENT_SUFFIX}`;
}

/** The run that a staged object or a document of {@link stagingOwnerKey} belongs to. */
export interface StagedPlace {
  readonly pipeline: string;
  readonly runId: string;
  readonly isOwner: boolean;
}

const STAGED = new RegExp(`^${STAGING}([^/]+)/([^/]+)(/.*)?$`);

/** `undefined` for a key that is not of any run's staging. */
export function stagedPlace(key: string): StagedPlace | undefined {
  const [, pipeline, name, rest] = STAGED.exec(key) ?? [];
  if (pipeline === undefined || name === undefined) return undefined;
  if (rest !== undefined) return { pipeline, runId: name, isOwner: false };
  if (!name.endsWith(DOCUMENT_SUFFIX)) return undefined;
  return { pipeline, runId: name.slice(0, -DOCUMENT_SUFFIX.length), isOwner: true };
}

/** Where an object waits for promotion, under the key it will have. */
export function stagedKey(pipeline: string, runId: string, key: string): string {
  return `${runStagingPrefix(pipeline, runId)}${key}`;
}

/** The counts beside a staged table object. */
export function countsKey(runId: string, part: TablePart): string {
  return stagedKey(part.pipeline, runId, tableKey(part)).replace(/parquet$/, 'json');
}

function chunkText(chunk: number): string {
  return String(chunk).padStart(CHUNK_DIGITS, '0');
}
