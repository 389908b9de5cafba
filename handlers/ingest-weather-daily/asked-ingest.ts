import * as z from 'zod';
import { checkedInput } from '../../core/checked-input';
import { ConfigError } from '../../core/errors';
import { receivedText } from '../../core/pipeline/describe-issue';
import { type AskedDays, askedSpan, assertFewDays, type DateNames } from '../../core/planning/asked-days';
import { scheduledTimeSchema } from '../../core/planning/scheduled-time';
import { parseDay } from '../../core/time/day';

const NAMES: DateNames = { date: 'date', from: 'from', to: 'to' };
const MORE_DAYS = 'send several events, one after the other';
const SUBJECT = 'The event cannot be used:';

const day = z
  .string()
  .refine((text) => parseDay(text) !== undefined, 'must be a day of the calendar, written YYYY-MM-DD');

const eventSchema = z.strictObject({
  scheduled_time: scheduledTimeSchema.optional(),
  date: day.optional(),
  from: day.optional(),
  to: day.optional(),
  force: z.boolean().default(false),
});

/** What an event asks for. */
export interface AskedIngest {
  readonly force: boolean;
  readonly days: AskedDays;
}

/** @throws ConfigError listing every mistake, with what was received and the way out */
export function readEvent(event: unknown): AskedIngest {
  const { scheduled_time: scheduledTime, force, ...dates } = checkedInput(eventSchema, event, SUBJECT);
  const span = askedSpan(dates, NAMES);
  if (span !== undefined) assertFewDays(span, NAMES, MORE_DAYS);
  if (span !== undefined && scheduledTime === undefined) return { force, days: span };
  if (span === undefined && scheduledTime !== undefined) return { force, days: { scheduledTime } };
  const message = 'must say which days, in one way: scheduled_time, or date, or from and to';
  throw new ConfigError(SUBJECT, [{ path: '', message, received: receivedText(event) }]);
}
