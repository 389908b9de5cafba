import { ConfigError, type ConfigProblem } from '../errors';
import type { Pipeline } from '../pipeline/pipeline';
import { type Day, daysBetween, parseDay } from '../time/day';
import { assertSettled } from './settled-days';
import { assertOver, windowDays } from './window';

/** More are a backfill, which asks for whole months at once and can be resumed. */
export const MAX_INGEST_DAYS = 31;

/** Days as somebody asks for them by name: one date, or a first and a last one. */
export interface AskedDates {
  readonly date?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What the three are called where they are asked for. */
export type DateNames = Readonly<Record<keyof AskedDates, string>>;

export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

/**
 * The days asked for; `undefined` when none are named.
 *
 * @param oneDay how to ask for one, told where the other end of a span is missing
 * @throws ConfigError listing every mistake
 */
export function askedSpan(
  asked: AskedDates,
  names: DateNames,
  oneDay = `or use ${names.date} for one day`,
): DaySpan | undefined {
  const problems: ConfigProblem[] = [];
  const date = parse(names.date, asked.date, problems);
  const from = parse(names.from, asked.from, problems);
  const to = parse(names.to, asked.to, problems);
  problems.push(
    ...clashes(asked, names),
    ...missingEnds(asked, names, oneDay),
    ...orderProblems(from, to, names),
  );
  if (problems.length > 0) throw new ConfigError('The days asked for cannot be used:', problems);
  if (date !== undefined) return { from: date, to: date };
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** @param wayOut for more days, after "at most n days;" @throws ConfigError when they are too many for one ingest */
export function assertFewDays(span: DaySpan, { to }: DateNames, wayOut: string): void {
  const days = daysBetween(span.from, span.to).length;
  if (days <= MAX_INGEST_DAYS) return;
  throw new ConfigError('These are too many days for one ingest:', [
    { path: to, message: `at most ${MAX_INGEST_DAYS} days; ${wayOut}`, received: `${days} days` },
  ]);
}

/** The days named, if they are settled; else the window of the pipeline. @throws ConfigError about the first that is not */
export function ingestibleDays(span: DaySpan | undefined, pipeline: Pipeline, now: number): Day[] {
  if (span === undefined) return windowDays(pipeline, now);
  const days = daysBetween(span.from, span.to);
  assertSettled(days, pipeline, now);
  return days;
}

/** Those due at a schedule's time, milliseconds since the epoch, or some by name. */
export type AskedDays = { readonly scheduledTime: number } | DaySpan;

/** Days and the reference instant of the run, milliseconds since the epoch. */
export interface DaysToIngest {
  readonly days: readonly Day[];
  readonly now: number;
}

/**
 * The days of the schedule's time follow from that alone, so that an event gives the same days whenever it arrives.
 *
 * @param clock now, milliseconds since the epoch
 * @throws ConfigError when a day is not settled
 */
export function daysToIngest(days: AskedDays, pipeline: Pipeline, clock: number): DaysToIngest {
  if ('from' in days) return { days: ingestibleDays(days, pipeline, clock), now: clock };
  const due = windowDays(pipeline, days.scheduledTime);
  assertOver(due, pipeline.locations, clock);
  return { days: due, now: days.scheduledTime };
}

function parse(path: string, text: string | undefined, problems: ConfigProblem[]): Day | undefined {
  const day = text === undefined ? undefined : parseDay(text);
  if (text !== undefined && day === undefined) {
    const message = 'must be a day of the calendar, written YYYY-MM-DD';
    problems.push({ path, message, received: JSON.stringify(text) });
  }
  return day;
}

function clashes({ date, from, to }: AskedDates, names: DateNames): ConfigProblem[] {
  if (date !== undefined && (from !== undefined || to !== undefined)) {
    return [{ path: names.date, message: `excludes ${names.from} and ${names.to}; use one or the other` }];
  }
  return [];
}

function missingEnds({ date, from, to }: AskedDates, names: DateNames, oneDay: string): ConfigProblem[] {
  if (date !== undefined || (from === undefined) === (to === undefined)) return [];
  const [path, needing] = from === undefined ? [names.from, names.to] : [names.to, names.from];
  return [{ path, message: `is missing; ${needing} needs it, ${oneDay}` }];
}

function orderProblems(from: Day | undefined, to: Day | undefined, names: DateNames): ConfigProblem[] {
  if (from === undefined || to === undefined || from <= to) return [];
  return [{ path: names.from, message: `is after ${names.to} (${to}); swap them`, received: from }];
}
