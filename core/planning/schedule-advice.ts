import type { Advice } from '../pipeline/advice';
import type { Location, Pipeline } from '../pipeline/pipeline';
import { addDays, dayOfInstant, dayOfNumber } from '../time/day';
import type { Cron } from './cron';
import {
  clockText,
  cronFirings,
  type Firing,
  instantOfWallClock,
  MINUTES_PER_DAY,
  minuteOfDay,
  offsetMinutes,
} from './firings';
import { parseSchedule, type Schedule } from './schedule';
import { dayEnd, newestDay } from './window';

const FIRINGS_SHOWN = 4;

type Days = Pick<Pipeline, 'locations' | 'window'>;

/**
 * Firings at which the day before is not over at every location: such a run ends a day short, and the day before is
 * published a firing later. The pipeline's lag is its author's wish and is no reason to warn.
 * @throws ConfigError listing every mistake of the schedule
 */
export function scheduleAdvice(pipeline: Days, schedule: Schedule): Advice[] {
  const timing = parseSchedule(schedule);
  const last = lastDayEnd(pipeline);
  if (last === undefined) return [];
  if (timing.kind === 'rate') return [advice(rateText(last))];
  if (timing.kind === 'at') {
    const instant = instantOfWallClock(timing.wallClock, schedule.timezone);
    return isShort(pipeline, instant) ? [advice(momentText(instant, last))] : [];
  }
  return cronAdvice(timing.cron, schedule.timezone, last);
}

/** Where the day before ends after UTC's own, and at which minute of the UTC day. */
interface LastDayEnd {
  readonly location: Location;
  readonly minute: number;
}

function lastDayEnd({ locations }: Days): LastDayEnd | undefined {
  const { location, instant } = dayEnd(dayOfNumber(0), locations);
  return location === undefined ? undefined : { location, minute: instant / 60_000 - MINUTES_PER_DAY };
}

function isShort(pipeline: Days, instant: number): boolean {
  return newestDay(pipeline, instant) < addDays(dayOfInstant(instant), -1 - pipeline.window.lag_days);
}

function cronAdvice(cron: Cron, timezone: string, last: LastDayEnd): Advice[] {
  const short = cronFirings(cron, timezone).filter(({ inUtc }) =>
    inUtc.some((minute) => minute < last.minute),
  );
  if (short.length === 0) return [];
  const shown = short.slice(0, FIRINGS_SHOWN).map((firing) => firingText(firing, timezone, last));
  const more = short.length > FIRINGS_SHOWN ? ` and at ${short.length - FIRINGS_SHOWN} times more` : '';
  const wayOut = `the earliest expression is ${earliestCron(cron, timezone, last)} in ${timezone}`;
  return [advice(`fires at ${shown.join(', ')}${more}, when ${reason(last)}; ${wayOut}`)];
}

/** The same days, at a time that is late enough in summer and winter. */
function earliestCron({ months, days }: Cron, timezone: string, last: LastDayEnd): string {
  const wallClock = minuteOfDay(last.minute + Math.max(...offsetMinutes(timezone, months)));
  return `cron(${wallClock % 60} ${Math.floor(wallClock / 60)} ${days})`;
}

function firingText({ wallClock, inUtc }: Firing, timezone: string, last: LastDayEnd): string {
  if (inUtc.length === 1 && inUtc[0] === wallClock) return `${clockText(wallClock)} UTC`;
  const short = inUtc.filter((minute) => minute < last.minute).sort((one, other) => one - other);
  const season = short.length < inUtc.length ? ' for a part of the year' : '';
  return `${clockText(wallClock)} ${timezone} (${short.map(clockText).join(' and ')} UTC${season})`;
}

function rateText(last: LastDayEnd): string {
  const wayOut = `say when: cron(0 ${last.minute / 60} * * ? *) in UTC or later`;
  return `a rate counts from the moment its schedule is made and may fire when ${reason(last)}; ${wayOut}`;
}

function momentText(instant: number, last: LastDayEnd): string {
  return `fires at ${new Date(instant).toISOString()}, when ${reason(last)}`;
}

function reason({ location, minute }: LastDayEnd): string {
  const place = `${location.name} (UTC${location.offsetHours})`;
  return `the day before is not over at ${place} and the run ends with the day before that: wait until ${clockText(minute)} UTC`;
}

function advice(message: string): Advice {
  return { path: 'schedule.expression', message };
}
