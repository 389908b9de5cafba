import type { Command } from 'commander';
import { ConfigError, type ConfigProblem } from '../core/errors';
import type { Pipeline } from '../core/pipeline/pipeline';
import { assertOver, dayEnd, windowDays } from '../core/planning/window';
import { type Day, daysBetween, parseDay } from '../core/time/day';

export interface DateOptions {
  readonly date?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

export function addSpanOptions(command: Command): Command {
  return command.option('--from <day>', 'first day, YYYY-MM-DD').option('--to <day>', 'last day, YYYY-MM-DD');
}

export function addDateOptions(command: Command): Command {
  return addSpanOptions(command.option('--date <day>', 'one day, YYYY-MM-DD'));
}

/** The days asked for; `undefined` when none are named. @throws ConfigError listing every mistake */
export function daySpan(options: DateOptions): DaySpan | undefined {
  const problems: ConfigProblem[] = [];
  const date = parse('--date', options.date, problems);
  const from = parse('--from', options.from, problems);
  const to = parse('--to', options.to, problems);
  problems.push(...clashes(options), ...orderProblems(from, to));
  if (problems.length > 0) throw new ConfigError('The days asked for cannot be used:', problems);
  if (date !== undefined) return { from: date, to: date };
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The days named, if they are over; else the window of the pipeline. @throws ConfigError about the first that is not */
export function ingestibleDays(span: DaySpan | undefined, pipeline: Pipeline, now: number): Day[] {
  if (span === undefined) return windowDays(pipeline, now);
  const days = daysBetween(span.from, span.to);
  const running = days.find((day) => dayEnd(day, pipeline.locations).instant > now);
  assertOver(running === undefined ? [] : [running], pipeline.locations, now);
  return days;
}

function parse(path: string, text: string | undefined, problems: ConfigProblem[]): Day | undefined {
  const day = text === undefined ? undefined : parseDay(text);
  if (text !== undefined && day === undefined) {
    const message = 'must be a day of the calendar, written YYYY-MM-DD';
    problems.push({ path, message, received: JSON.stringify(text) });
  }
  return day;
}

function clashes({ date, from, to }: DateOptions): ConfigProblem[] {
  if (date !== undefined && (from !== undefined || to !== undefined)) {
    return [{ path: '--date', message: 'excludes --from and --to; use one or the other' }];
  }
  if (from !== undefined && to === undefined) {
    return [{ path: '--to', message: 'is missing; --from needs it, or use --date for one day' }];
  }
  if (to !== undefined && from === undefined) {
    return [{ path: '--from', message: 'is missing; --to needs it, or use --date for one day' }];
  }
  return [];
}

function orderProblems(from: Day | undefined, to: Day | undefined): ConfigProblem[] {
  if (from === undefined || to === undefined || from <= to) return [];
  return [{ path: '--from', message: `is after --to (${to}); swap them`, received: from }];
}
