import * as z from 'zod';
import { checkedInput } from '../../core/checked-input';
import { ConfigError } from '../../core/errors';
import { SECTIONS } from '../../core/model/source';
import type { RunToStart } from '../../core/orchestration/plan-run';
import { daySchema } from '../../core/orchestration/run-items';
import { receivedText } from '../../core/pipeline/describe-issue';
import { askedSpan, type DateNames } from '../../core/planning/asked-days';
import { scheduledTimeSchema } from '../../core/planning/scheduled-time';

const NAMES: DateNames = { date: 'input.date', from: 'input.from', to: 'input.to' };
const SUBJECT = 'The event cannot be used:';

const requestSchema = z.strictObject({
  section: z.enum(SECTIONS),
  chunk: z.number().int().min(0),
  from: daySchema,
  to: daySchema,
});

const inputSchema = z.strictObject({
  scheduled_time: scheduledTimeSchema.optional(),
  date: daySchema.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  requests: z.array(requestSchema).min(1).optional(),
  force: z.boolean().default(false),
});
type Input = z.output<typeof inputSchema>;

const eventSchema = z.strictObject({
  input: inputSchema,
  execution: z.strictObject({ name: z.string().min(1), started_at: scheduledTimeSchema }),
});

/** @throws ConfigError listing every mistake, with what was received and the way out */
export function readEvent(event: unknown): RunToStart {
  const { input, execution } = checkedInput(eventSchema, event, SUBJECT);
  return {
    asked: askedRun(input),
    force: input.force,
    execution: execution.name,
    startedAt: execution.started_at,
  };
}

function askedRun({ scheduled_time: scheduledTime, date, from, to, requests }: Input): RunToStart['asked'] {
  const span = askedSpan({ date, from, to }, NAMES);
  const ways = [scheduledTime, span, requests].filter((way) => way !== undefined);
  if (ways.length === 1) {
    if (requests !== undefined) return { kind: 'redrive', requests };
    if (scheduledTime !== undefined) return { kind: 'ingest', days: { scheduledTime } };
    if (span !== undefined && date !== undefined) return { kind: 'ingest', days: span };
    if (span !== undefined) return { kind: 'backfill', span };
  }
  const message = 'must say what to do, in one way: scheduled_time, or date, or from and to, or requests';
  const received = receivedText({ scheduled_time: scheduledTime, date, from, to, requests });
  throw new ConfigError(SUBJECT, [{ path: 'input', message, received }]);
}
