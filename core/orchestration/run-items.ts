import * as z from 'zod';
import { API_NAMES, SECTIONS } from '../model/source';
import { type Day, parseDay } from '../time/day';

const count = z.number().int().min(0);

export const daySchema = z.string().transform((text, context) => {
  const day = parseDay(text);
  if (day !== undefined) return day;
  context.addIssue({ code: 'custom', message: 'must be a day of the calendar, written YYYY-MM-DD' });
  return z.NEVER;
});

/** A section and chunk of a run of days, as a request or a letter names it. */
export const namedSlotSchema = z.object({
  section: z.enum(SECTIONS),
  chunk: count,
  from: daySchema,
  to: daySchema,
});

/** One request of a run, as its message and the map over requests carry it. */
export const requestItemSchema = z.object({
  run_id: z.string(),
  /** Name of the execution. */
  execution: z.string(),
  /** Position in the run's requests, from 0. */
  n: count,
  /** Message group, whose requests are sent one after the other. */
  group: z.string(),
  request_id: z.string(),
  ...namedSlotSchema.shape,
  api: z.enum(API_NAMES),
  models: z.array(z.string()),
  weight: z.number(),
});
export type RequestItem = z.output<typeof requestItemSchema>;

/** One section and chunk of a run of days. */
export const slotItemSchema = z.object({
  run_id: z.string(),
  /** The request whose answer it holds; null when this run sends none for it. */
  n: count.nullable(),
  ...namedSlotSchema.shape,
});
export type SlotItem = z.output<typeof slotItemSchema>;

export interface DateItem {
  readonly run_id: string;
  readonly date: Day;
}
