import * as z from 'zod';

/** Keywords that EventBridge Scheduler replaces in a schedule's input. */
const PLACEHOLDER = /<aws\.scheduler\./;

/** An instant in ISO 8601 with its zone, as a schedule gives it, to milliseconds since the epoch. */
export const scheduledTimeSchema = z.string().transform((text, context) => {
  const instant = z.iso.datetime({ offset: true }).safeParse(text).success ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  context.addIssue({ code: 'custom', message: demandOn(text) });
  return z.NEVER;
});

function demandOn(text: string): string {
  if (!PLACEHOLDER.test(text)) return 'must be an instant such as 2026-01-31T10:30:00Z';
  return 'was not replaced: only EventBridge Scheduler puts the time in its place, and only where its raw characters stand in the schedule; give an instant such as 2026-01-31T10:30:00Z to run by hand';
}
