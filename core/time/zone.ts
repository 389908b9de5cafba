const SECONDS_PER_HOUR = 3600;
/** The year whose rules fix a zone's standard time for every date, past and to come. */
export const STANDARD_TIME_YEAR = 2025;
/** No zone leaves its standard time, or comes back to it, for less than a month of that year. */
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
 * Whole hours east of UTC of the zone's standard time: the smallest offset it has in 2025, cut towards zero,
 * since the source reads whole hours only. The same for every date.
 */
export function standardOffsetHours(timezone: string): number {
  const known = standardOffsets.get(timezone);
  if (known !== undefined) return known;
  let smallest = Number.POSITIVE_INFINITY;
  for (let month = 0; month < MONTHS_SAMPLED; month++) {
    const instant = Date.UTC(STANDARD_TIME_YEAR, month, 1, 12);
    smallest = Math.min(smallest, zoneOffsetSeconds(timezone, instant));
  }
  const hours = Math.trunc(smallest / SECONDS_PER_HOUR) + 0;
  standardOffsets.set(timezone, hours);
  return hours;
}

/** The zone name that means a fixed offset to the source. POSIX reverses the sign: `Etc/GMT-1` is one hour east of UTC. */
export function fixedZoneName(offsetHours: number): string {
  if (offsetHours === 0) return 'GMT';
  return `Etc/GMT${offsetHours > 0 ? '-' : '+'}${Math.abs(offsetHours)}`;
}
