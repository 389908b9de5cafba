import { badRequest, REASONS } from './refusal';

export interface Zone {
  readonly name: string;
  readonly abbreviation: string;
  /** The true offset: labels and `utc_offset_seconds`. */
  readonly offsetSeconds: number;
  /** The offset at which hours are read: cut towards zero to whole hours. */
  readonly readHours: number;
}

export const GMT: Zone = describeZone('GMT', 0);

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The zone with the offset that it has at the time of asking; the server uses it for every date.
 *
 * @param longitude degrees, for `auto`
 * @param now milliseconds since the epoch
 * @throws Refusal 400 when there is no such zone.
 */
export function findZone(name: string, longitude: number, now: number): Zone {
  return name === 'auto' ? nearestZone(longitude) : describeZone(name, offsetAt(name, now));
}

function nearestZone(longitude: number): Zone {
  const hours = Math.round(longitude / 15);
  // The sign of these names is reversed: Etc/GMT-1 lies east of Greenwich.
  return hours === 0 ? GMT : describeZone(`Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`, hours * 3600);
}

function describeZone(name: string, offsetSeconds: number): Zone {
  return {
    name,
    abbreviation: abbreviate(offsetSeconds),
    offsetSeconds,
    readHours: Math.trunc(offsetSeconds / 3600),
  };
}

function abbreviate(offsetSeconds: number): string {
  if (offsetSeconds === 0) return 'GMT';
  const minutes = Math.floor(Math.abs(offsetSeconds) / 60);
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `GMT${offsetSeconds < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest}`;
}

function offsetAt(name: string, now: number): number {
  const text =
    zoneFormat(name)
      .formatToParts(now)
      .find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (!match) throw badRequest(REASONS.timezone);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) + 0;
}

function zoneFormat(name: string): Intl.DateTimeFormat {
  const known = formats.get(name);
  if (known) return known;
  // Newer engines take bare offsets such as +01:00 for zones; the server does not.
  if (!/^[A-Za-z]/.test(name)) throw badRequest(REASONS.timezone);
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' });
    formats.set(name, format);
    return format;
  } catch {
    throw badRequest(REASONS.timezone);
  }
}
