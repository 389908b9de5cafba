import type { Command } from 'commander';
import { type AskedDates, askedSpan, type DateNames, type DaySpan } from '../core/planning/asked-days';

export type DateOptions = AskedDates;
export type SpanOptions = Omit<AskedDates, 'date'>;

export const DATE_FLAGS: DateNames = { date: '--date', from: '--from', to: '--to' };

export function addSpanOptions(command: Command): Command {
  return command.option('--from <day>', 'first day, YYYY-MM-DD').option('--to <day>', 'last day, YYYY-MM-DD');
}

export function addDateOptions(command: Command): Command {
  return addSpanOptions(command.option('--date <day>', 'one day, YYYY-MM-DD'));
}

/** The days asked for; `undefined` when none are named. @throws ConfigError listing every mistake */
export function daySpan(options: DateOptions): DaySpan | undefined {
  return askedSpan(options, DATE_FLAGS);
}

/** Of a command that takes no `--date`. @throws ConfigError listing every mistake */
export function namedSpan({ from, to }: SpanOptions): DaySpan | undefined {
  return askedSpan({ from, to }, DATE_FLAGS, 'the same day for one alone');
}
