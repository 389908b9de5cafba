import { SECONDS_PER_HOUR } from './day';

/** The year whose rules fix a zone's standard time for every date, past and to come. */
export const STANDARD_TIME_YEAR = 2025;
/** An offset kept for less of the year is an exception: UTC+1 is the standard time of Morocco, and UTC its Ramadan's. */
export const STANDARD_TIME_MIN_DAYS = 60;
const DAYS_SAMPLED = 365;
const MONTHS_SAMPLED = 12;

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetFormat(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  formats.set(timezone, format);
  return format;
}

/** Whether it is the name of a zone. Some engines take an offset such as `+05:30` for one; the source does not. */
export function isTimezone(timezone: string): boolean {
  if (!/^[A-Za-z]/.test(timezone)) return false;
  try {
    offsetFormat(timezone);
    return true;
  } catch {
    return false;
  }
}

/** Seconds east of UTC that the zone's own rules give for an instant. @throws RangeError for an unknown zone */
export function zoneOffsetSeconds(timezone: string, milliseconds: number): number {
  const parts = offsetFormat(timezone).formatToParts(milliseconds);
  const label = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(label);
  if (match === null)
    throw new RangeError(`The time zone ${timezone} has the offset "${label}", which is not one.`);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const magnitude = Number(hours) * SECONDS_PER_HOUR + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -magnitude : magnitude;
}

const standardOffsets = new Map<string, number>();

/**
 * Whole hours east of UTC of the zone's standard time: the smallest offset that it keeps for at least 60 days of 2025,
 * cut towards zero, since the source reads whole hours only. The same for every date.
 */
export function standardOffsetHours(timezone: string): number {
  const known = standardOffsets.get(timezone);
  if (known !== undefined) return known;
  const hours = Math.trunc(standardOffsetSeconds(timezone) / SECONDS_PER_HOUR) + 0;
  standardOffsets.set(timezone, hours);
  return hours;
}

/** Samples each day only where the months differ: most zones keep one offset, and a look at a zone's rules is slow. */
function standardOffsetSeconds(timezone: string): number {
  const months = Array.from({ length: MONTHS_SAMPLED }, (_, month) => offsetAtNoon(timezone, month, 1));
  if (new Set(months).size === 1) return months[0]!;
  const days = new Map<number, number>();
  for (let day = 1; day <= DAYS_SAMPLED; day++) {
    const offset = offsetAtNoon(timezone, 0, day);
    days.set(offset, (days.get(offset) ?? 0) + 1);
  }
  const kept = [...days].filter(([, count]) => count >= STANDARD_TIME_MIN_DAYS);
  return Math.min(...kept.map(([offset]) => offset));
}

/** @param month from 0 @param day of the month, which may lie beyond its end */
function offsetAtNoon(timezone: string, month: number, day: number): number {
  return zoneOffsetSeconds(timezone, Date.UTC(STANDARD_TIME_YEAR, month, day, 12));
}

/** The zone name that means a fixed offset to the source. POSIX reverses the sign: `Etc/GMT-1` is one hour east of UTC. */
export function fixedZoneName(offsetHours: number): string {
  if (offsetHours === 0) return 'GMT';
  return `Etc/GMT${offsetHours > 0 ? '-' : '+'}${Math.abs(offsetHours)}`;
}
