export const DAY_SECONDS = 86_400;
export const DAY_MS = 86_400_000;

/** Days since the epoch; undefined when the text is no `YYYY-MM-DD` that the calendar has. */
export function parseDay(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`) / DAY_MS;
  return Number.isInteger(day) && dayText(day) === text ? day : undefined;
}

/** `YYYY-MM-DD` */
export function dayText(day: number): string {
  return minuteText(day * DAY_SECONDS).slice(0, 10);
}

/** `YYYY-MM-DDTHH:MM` @param seconds since the epoch */
export function minuteText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16);
}
