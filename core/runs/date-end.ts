import * as z from 'zod';
import { failureRecord, failureRecordSchema } from '../failure-record';
import { rowsPublished } from '../manifest/published-summary';
import type { DateResult } from './run-parts';

const count = z.number().int().min(0);

/** How one date of a run ended, without its manifest. */
export const dateEndSchema = z.object({
  date: z.string(),
  outcome: z.enum(['published', 'unchanged', 'superseded', 'kept', 'skipped', 'failed']),
  /** Whether what is published lacks something; of a failed or skipped date nothing is known. */
  partial: z.boolean(),
  rows: count,
  quarantined: count,
  /** Whether the source made any of it up. */
  simulated: z.boolean(),
  failure: failureRecordSchema.nullable(),
});
export type DateEnd = z.output<typeof dateEndSchema>;

export function dateEnd(result: DateResult): DateEnd {
  const { day: date, outcome } = result;
  const nothing = { partial: false, rows: 0, quarantined: 0, simulated: false, failure: null };
  if (result.outcome === 'failed') return { date, outcome, ...nothing, failure: failureRecord(result.error) };
  if (result.outcome === 'skipped') return { date, outcome, ...nothing };
  const { partial, quarantined, simulated } = result.published;
  return {
    ...nothing,
    date,
    outcome,
    partial,
    simulated,
    rows: rowsPublished(result.published),
    quarantined,
  };
}
