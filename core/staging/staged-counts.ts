import * as z from 'zod';
import { failureRecordSchema } from '../failure-record';
import {
  columnCountsSchema,
  daySourceSchema,
  objectReferenceSchema,
  rawReferenceSchema,
} from '../manifest/manifest';

const count = z.number().int().min(0);

/** What was staged of one table, chunk and date. Publishing judges from these alone, without opening a table object. */
export const stagedCountsSchema = z.object({
  table: z.string(),
  date: z.string(),
  chunk: count,
  /** Under the key it will be published at; null when there are no rows. */
  object: objectReferenceSchema.nullable(),
  quarantine: objectReferenceSchema.nullable(),
  rows_found: count,
  rows_expected: count.nullable(),
  locations_expected: count,
  locations_missing: z.array(z.string()),
  /** False when the request failed and no raw object took its place, or none for some of the locations. */
  answered: z.boolean(),
  /** Why the request failed; null when it did not, or none was sent. */
  failure: failureRecordSchema.nullable(),
  columns: z.record(z.string(), columnCountsSchema),
  raw: z.array(rawReferenceSchema),
  source: daySourceSchema,
  /** Newest fetch among the raw objects; null when there is none. */
  fetched_at: z.string().nullable(),
  simulated: z.boolean(),
});
export type StagedCounts = z.output<typeof stagedCountsSchema>;
