/** A calendar day, `YYYY-MM-DD`. Days compare and sort as strings. */
export type Day = string & { readonly __day: never };

export const SECONDS_PER_HOUR = 3_600;
export const SECONDS_PER_DAY = 24 * SECONDS_PER_HOUR;
const MILLISECONDS_PER_DAY = SECONDS_PER_DAY * 1000;
const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;

/** `undefined` when the text is not a day that the calendar has. */
export function parseDay(text: string): Day | undefined {
  if (!DAY_PATTERN.test(text)) return undefined;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, 10) !== text
    ? undefined
    : (text as Day);
}

/** Whole days since 1970-01-01. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_PER_DAY;
}

export function dayOfNumber(number: number): Day {
  return new Date(number * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as Day;
}

/** The UTC day of an instant. @param milliseconds since the epoch */
export function dayOfInstant(milliseconds: number): Day {
  return dayOfNumber(Math.floor(milliseconds / MILLISECONDS_PER_DAY));
}

export function addDays(day: Day, count: number): Day {
  return dayOfNumber(dayNumber(day) + count);
}

/** Days from `from` to `to`, both included; 0 or less when `to` is earlier. */
export function daySpan(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

export function daysBetween(from: Day, to: Day): Day[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, daySpan(from, to)) }, (_, index) => dayOfNumber(first + index));
}
