import type { Advice } from '../pipeline/advice';
import { parseSchedule, type Schedule } from './schedule';

/**
 * A schedule whose years end: nothing runs after them, and nothing ever if they are over.
 * @throws ConfigError listing every mistake of the schedule
 */
export function scheduleEndAdvice(schedule: Schedule): Advice[] {
  const timing = parseSchedule(schedule);
  if (timing.kind !== 'cron' || timing.cron.lastYear === undefined) return [];
  const message = `nothing runs after ${timing.cron.lastYear}; say * for the year, unless an end is meant`;
  return [{ path: 'schedule.expression', message }];
}
