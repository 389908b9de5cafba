import { addDays, type Day, dayOfInstant } from '../../../core/time/day';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of the shipped schedule: half past ten, UTC. */
const SCHEDULE_MS = 10.5 * HOUR_MS;
/** Five past the hour of the deadline, when freshness is looked at. */
const WATCH_MS = 12 * HOUR_MS + 5 * 60_000;

/** The latest day on which both schedules have fired; the same for the whole suite, whenever midnight comes. */
const fired = Math.floor((Date.now() - WATCH_MS) / DAY_MS) * DAY_MS;

/** As EventBridge Scheduler writes it. */
export const SCHEDULED_TIME = timeText(fired + SCHEDULE_MS);
export const WATCHED_TIME = timeText(fired + WATCH_MS);

/** The newest day of that time, or one so many days before it. */
export function dayBefore(days: number): Day {
  return addDays(dayOfInstant(fired), -1 - days);
}

/** The days that the schedule's time asks for, oldest first. */
export const WINDOW: readonly Day[] = [dayBefore(2), dayBefore(1), dayBefore(0)];

function timeText(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
