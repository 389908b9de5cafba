import * as z from 'zod';
import { API_NAMES } from '../model/source';

const count = z.number().int().min(0);

/** Counts of one column, as staged and as published. */
export const columnCountsSchema = z.object({
  rows: count,
  nulls: count,
  out_of_range: count,
  not_an_integer: count,
  incomplete_day: count,
  min: z.number().nullable(),
  max: z.number().nullable(),
});

export const rawReferenceSchema = z.object({ key: z.string(), sha256: z.string(), request: z.string() });
export type RawReference = z.output<typeof rawReferenceSchema>;

export const objectReferenceSchema = z.object({
  key: z.string(),
  sha256: z.string(),
  bytes: count,
  rows: count,
});
export type ObjectReference = z.output<typeof objectReferenceSchema>;

export const daySourceSchema = z.object({ api: z.enum(API_NAMES), models: z.array(z.string()) });

const tableReportSchema = z.object({
  /** `expected` is null for sections without a fixed number of rows a day. */
  rows: z.object({ expected: count.nullable(), found: count }),
  locations: z.object({ expected: count, found: count, missing: z.array(z.string()) }),
  columns: z.record(z.string(), columnCountsSchema),
});
export type TableReport = z.output<typeof tableReportSchema>;

/** `_manifests/<pipeline>/date=YYYY-MM-DD.json`: a date is published when, and only when, this object is there. */
export const manifestSchema = z.object({
  pipeline: z.string(),
  date: z.string(),
  schema_version: z.number().int(),
  code_version: z.string(),
  run_id: z.string(),
  /** Newest fetch among the raw objects, ISO 8601, UTC. */
  fetched_at: z.string(),
  /** True when any raw object was made up by a simulator. */
  simulated: z.boolean(),
  source: daySourceSchema,
  /** Hash of the pipeline's locations and its chunk size: while it is equal, no location has moved between chunks. */
  locations_hash: z.string(),
  /** True when rows or locations that were expected are missing. */
  partial: z.boolean(),
  raw: z.array(rawReferenceSchema),
  objects: z.array(objectReferenceSchema),
  quarantine: z.array(objectReferenceSchema),
  tables: z.record(z.string(), tableReportSchema),
});
export type Manifest = z.output<typeof manifestSchema>;
