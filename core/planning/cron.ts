import type { ConfigProblem } from '../errors';
import { type CronField, cronValues } from './cron-field';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const ANY = '?';

const MINUTES: CronField = { name: 'minutes', first: 0, last: 59 };
const HOURS: CronField = { name: 'hours', first: 0, last: 23 };
const MONTH: CronField = { name: 'month', first: 1, last: 12, names: MONTHS };
const DAY_OF_MONTH: CronField = { name: 'day of month', first: 1, last: 31, special: /^(L|LW|\d{1,2}W)$/ };
const DAY_OF_WEEK: CronField = {
  name: 'day of week',
  first: 1,
  last: 7,
  names: WEEKDAYS,
  special: /^(L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/i,
};
const YEAR: CronField = { name: 'year', first: 1970, last: 2199 };
/** In the order of AWS, which has no seconds and a year. */
const FIELDS = [MINUTES, HOURS, DAY_OF_MONTH, MONTH, DAY_OF_WEEK, YEAR] as const;

/** When a cron expression fires, as far as the time of day goes. */
export interface Cron {
  /** Ascending. */
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** 1 to 12. */
  readonly months: readonly number[];
  /** Of those in which it fires; undefined where it goes on for good. */
  readonly lastYear: number | undefined;
  /** The fields after the hour, as written. */
  readonly days: string;
}

/** @param text what stands between the brackets of AWS's `cron(...)` */
export function parseCron(text: string): Cron | readonly ConfigProblem[] {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return [
      problem(`a cron expression of AWS has six fields, ${FIELDS.map(({ name }) => name).join(', ')}`, text),
    ];
  }
  const problems = [...fields.flatMap(fieldProblems), ...dayProblems(fields)];
  if (problems.length > 0) return problems;
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek, year = ''] = fields;
  const months = numbersOf(month, MONTH);
  const years = numbersOf(year, YEAR);
  if (!isInCalendar(dayOfMonth, months, years))
    return [problem('never fires, since no such month has that day', `${dayOfMonth} ${month} ? ${year}`)];
  const lastYear = years.at(-1)!;
  return {
    minutes: numbersOf(minutes, MINUTES),
    hours: numbersOf(hours, HOURS),
    months,
    lastYear: lastYear < YEAR.last ? lastYear : undefined,
    days: [dayOfMonth, month, dayOfWeek, year].join(' '),
  };
}

function fieldProblems(text: string, index: number): ConfigProblem[] {
  const field = FIELDS[index]!;
  if (text === ANY && (field === DAY_OF_MONTH || field === DAY_OF_WEEK)) return [];
  const found = cronValues(text, field);
  return 'mistake' in found ? [problem(`${field.name}: ${found.mistake}`, text)] : [];
}

/** AWS takes exactly one `?`, for the day that the other field decides. */
function dayProblems([, , dayOfMonth = '', , dayOfWeek = '']: readonly string[]): ConfigProblem[] {
  if ((dayOfMonth === ANY) !== (dayOfWeek === ANY)) return [];
  const message = 'exactly one of day of month and day of week is "?", since the other decides';
  return [problem(message, `${dayOfMonth} and ${dayOfWeek}`)];
}

/** Not so 31 February, nor 29 February of years that do not leap. */
function isInCalendar(dayOfMonth: string, months: readonly number[], years: readonly number[]): boolean {
  const earliest = earliestDay(dayOfMonth);
  return months.some((month) => years.some((year) => earliest <= daysIn(year, month)));
}

/** Every month has a last day, and days of the week. */
function earliestDay(dayOfMonth: string): number {
  if (dayOfMonth === ANY || dayOfMonth.includes('L')) return 1;
  return Math.min(...numbersOf(dayOfMonth.replaceAll('W', ''), DAY_OF_MONTH));
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function numbersOf(text: string, field: CronField): number[] {
  const found = cronValues(text, field);
  return 'values' in found ? [...found.values].sort((one, other) => one - other) : [];
}

function problem(message: string, received: string): ConfigProblem {
  return { path: 'expression', message, received };
}
