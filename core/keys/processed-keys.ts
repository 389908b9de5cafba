import { type Day, parseDay } from '../time/day';
import { PARTITION_COLUMN, partitionFolder } from './partition';

const CHUNK_DIGITS = 5;
const QUARANTINE = '_quarantine/';
const MANIFESTS = '_manifests/';
const STAGING = '_staging/';
const LEASES = '_leases/';

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

export function manifestKey(pipeline: string, day: Day): string {
  return `${manifestPrefix(pipeline)}${partitionFolder(day)}.json`;
}

export function manifestPrefix(pipeline: string): string {
  return `${MANIFESTS}${pipeline}/`;
}

/** Manifests of all pipelines. */
export const ALL_MANIFESTS_PREFIX = MANIFESTS;

export function leaseKey(pipeline: string, day: Day): string {
  return `${leasePrefix(pipeline)}${partitionFolder(day)}.json`;
}

export function leasePrefix(pipeline: string): string {
  return `${LEASES}${pipeline}/`;
}

/** The day of a manifest's or a lease's key. */
export function dayOfDocument(key: string): Day | undefined {
  const match = new RegExp(`${PARTITION_COLUMN}=(\\d{4}-\\d{2}-\\d{2})\\.json$`).exec(key);
  return match?.[1] === undefined ? undefined : parseDay(match[1]);
}

export function stagingPrefix(pipeline: string): string {
  return `${STAGING}${pipeline}/`;
}

export function runStagingPrefix(pipeline: string, runId: string): string {
  return `${stagingPrefix(pipeline)}${runId}/`;
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
