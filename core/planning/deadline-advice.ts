import type { Advice } from '../pipeline/advice';
import type { Pipeline } from '../pipeline/pipeline';
import { dayOfNumber } from '../time/day';
import { clockText, cronFirings, MINUTES_PER_DAY } from './firings';
import { parseSchedule, type Schedule } from './schedule';
import { dayEnd } from './window';

export interface Deadline {
  /** Hour of the UTC day at which the newest day is due, 0 to 23. */
  readonly hour: number;
  /** Minutes within which a run may begin after its time. */
  readonly flexibleWindowMinutes?: number;
}

/**
 * A deadline at which the day before is due and no run that could publish it has begun, in summer or in winter: the
 * alarm of freshness would go off every day until the run. Only a cron expression says enough to know.
 * @throws ConfigError listing every mistake of the schedule
 */
export function deadlineAdvice(
  { locations }: Pick<Pipeline, 'locations'>,
  schedule: Schedule,
  { hour, flexibleWindowMinutes = 0 }: Deadline,
): Advice[] {
  const timing = parseSchedule(schedule);
  if (timing.kind !== 'cron') return [];
  const over = dayEnd(dayOfNumber(0), locations).instant / 60_000 - MINUTES_PER_DAY;
  const deadline = hour * 60;
  const firings = cronFirings(timing.cron, schedule.timezone);
  const seasons = firings[0]!.inUtc.map((_, season) =>
    Math.min(...firings.map(({ inUtc }) => inUtc[season]!).filter((minute) => minute >= over)),
  );
  const latest = Math.max(...seasons) + flexibleWindowMinutes;
  if (deadline < over || latest < deadline) return [];
  const first = Number.isFinite(latest) ? `not before ${clockText(latest)} UTC` : 'a day later';
  const message = `at ${clockText(deadline)} UTC the day before is due, but the schedule publishes it ${first}: it is overdue every day; take an hour after the run, or an earlier schedule`;
  return [{ path: 'freshness.deadline_hour', message }];
}
