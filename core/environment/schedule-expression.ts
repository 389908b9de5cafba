const RATE = /^rate\(([1-9]\d*) (minutes?|hours?|days?)\)$/;
const CRON = /^cron\(([^()]+)\)$/;
const CRON_FIELD = /^[0-9A-Za-z*?,/#LW-]+$/;
const CRON_FIELDS = 6;
const DAY_OF_MONTH = 2;
const DAY_OF_WEEK = 4;
const NUMBERS = /^\d+(,\d+)*$/;

/** An hour and minute of the day, in the schedule's own time zone. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** Whether EventBridge Scheduler takes it as a recurring schedule, as far as its form tells. */
export function isScheduleExpression(expression: string): boolean {
  const rate = RATE.exec(expression);
  if (rate !== null) return (rate[1] === '1') !== rate[2]!.endsWith('s');
  const fields = cronFields(expression);
  return (
    fields.length === CRON_FIELDS &&
    fields.every((field) => CRON_FIELD.test(field)) &&
    (fields[DAY_OF_MONTH] === '?') !== (fields[DAY_OF_WEEK] === '?')
  );
}

/** The times of day at which a cron expression starts, when minutes and hours are plain numbers; else none. */
export function timesOfDay(expression: string): TimeOfDay[] {
  const [minutes = '', hours = ''] = cronFields(expression);
  if (!NUMBERS.test(minutes) || !NUMBERS.test(hours)) return [];
  return hours
    .split(',')
    .flatMap((hour) => minutes.split(',').map((minute) => ({ hour: Number(hour), minute: Number(minute) })));
}

function cronFields(expression: string): string[] {
  return CRON.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
}
