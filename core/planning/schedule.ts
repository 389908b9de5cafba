import { ConfigError, type ConfigProblem } from '../errors';
import { parseDay } from '../time/day';
import { isTimezone } from '../time/zone';
import { type Cron, parseCron } from './cron';

export const DEFAULT_SCHEDULE_TIMEZONE = 'UTC';

/** When a run starts, as Amazon EventBridge Scheduler reads it. */
export interface Schedule {
  /** `cron(minutes hours day-of-month month day-of-week year)`, `rate(value unit)` or `at(yyyy-mm-ddThh:mm:ss)`. */
  readonly expression: string;
  /** IANA name. */
  readonly timezone: string;
}

export type Timing =
  | { readonly kind: 'cron'; readonly cron: Cron }
  | { readonly kind: 'rate' }
  /** The wall clock's time, as if it were UTC. Milliseconds since the epoch. */
  | { readonly kind: 'at'; readonly wallClock: number };

const FORM = /^(cron|rate|at)\((.*)\)$/;
const RATE = /^(1 (minute|hour|day)|(?!1 )[1-9]\d* (minutes|hours|days))$/;
const AT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

export function expressionProblems(expression: string): readonly ConfigProblem[] {
  const timing = readExpression(expression);
  return 'kind' in timing ? [] : timing;
}

/** Every mistake of a schedule, by its fields `expression` and `timezone`. */
export function scheduleProblems({ expression, timezone }: Schedule): readonly ConfigProblem[] {
  const message = 'no time zone of this name; IANA names look like Europe/Zurich or UTC';
  return [
    ...expressionProblems(expression),
    ...(isTimezone(timezone) ? [] : [{ path: 'timezone', message, received: timezone }]),
  ];
}

/** @throws ConfigError listing every mistake of the schedule */
export function parseSchedule(schedule: Schedule): Timing {
  const problems = scheduleProblems(schedule);
  const timing = readExpression(schedule.expression);
  if (problems.length > 0 || !('kind' in timing)) throw new ConfigError('The schedule is wrong:', problems);
  return timing;
}

function readExpression(expression: string): Timing | readonly ConfigProblem[] {
  const [, form, text = ''] = FORM.exec(expression) ?? [];
  if (form === 'cron') {
    const cron = parseCron(text);
    return 'minutes' in cron ? { kind: 'cron', cron } : cron;
  }
  if (form === 'rate')
    return RATE.test(text) ? { kind: 'rate' } : wrong('a rate is rate(1 hour) or rate(12 hours)', expression);
  if (form === 'at') return readInstant(text) ?? wrong('a moment is at(2026-11-20T10:30:00)', expression);
  return wrong('a schedule is cron(30 10 * * ? *), rate(12 hours) or at(2026-11-20T10:30:00)', expression);
}

function readInstant(text: string): Timing | undefined {
  const day = AT.exec(text)?.[1];
  if (day === undefined || parseDay(day) === undefined) return undefined;
  return { kind: 'at', wallClock: Date.parse(`${text}Z`) };
}

function wrong(message: string, received: string): readonly ConfigProblem[] {
  return [{ path: 'expression', message, received }];
}
