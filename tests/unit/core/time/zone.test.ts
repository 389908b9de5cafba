import {
  fixedZoneName,
  isTimezone,
  STANDARD_TIME_YEAR,
  standardOffsetHours,
  zoneOffsetSeconds,
} from '../../../../core/time/zone';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Another way to ask: what the zone's clock on the wall shows at an instant. */
function wallClock(timezone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, +value]));
    const { year, month, day, hour, minute, second } = parts as Record<string, number>;
    return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  };
}

/** Smallest offset in hours that holds for at least 60 days of the year, looked at at other moments than the code does. */
function standardOffset(timezone: string): number {
  const clock = wallClock(timezone);
  const start = Date.UTC(STANDARD_TIME_YEAR, 0, 1, 21);
  const days = new Map<number, number>();
  for (let instant = start; instant < start + 365 * DAY_MS; instant += DAY_MS) {
    const offset = clock(instant) - instant;
    days.set(offset, (days.get(offset) ?? 0) + 1);
  }
  return Math.min(...[...days].filter(([, count]) => count >= 60).map(([offset]) => offset)) / HOUR_MS;
}

describe('standardOffsetHours', () => {
  test.each([
    ['UTC', 0],
    ['Europe/Berlin', 1],
    ['Europe/London', 0],
    ['Europe/Dublin', 0],
    ['Africa/Casablanca', 1],
    ['Africa/El_Aaiun', 1],
    ['Europe/Paris', 1],
    ['America/New_York', -5],
    ['America/St_Johns', -3],
    ['America/Sao_Paulo', -3],
    ['Asia/Kolkata', 5],
    ['Asia/Kathmandu', 5],
    ['Asia/Tehran', 3],
    ['Australia/Lord_Howe', 10],
    ['Australia/Adelaide', 9],
    ['Australia/Eucla', 8],
    ['Pacific/Marquesas', -9],
    ['Pacific/Chatham', 12],
    ['Pacific/Auckland', 12],
    ['Pacific/Kiritimati', 14],
    ['Antarctica/Troll', 0],
    ['Etc/GMT+12', -12],
    ['Etc/GMT-14', 14],
  ])('%s keeps UTC%i', (timezone, hours) => {
    expect(standardOffsetHours(timezone)).toBe(hours);
  });

  test('every zone keeps a whole hour from -12 to +14: its smallest lasting offset of the year, cut towards zero', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    expect(zones.length).toBeGreaterThan(400);
    for (const zone of zones) {
      const hours = standardOffsetHours(zone);
      expect([zone, hours]).toEqual([zone, Math.trunc(standardOffset(zone)) + 0]);
      expect(hours).toBeGreaterThanOrEqual(-12);
      expect(hours).toBeLessThanOrEqual(14);
    }
  });

  test('only Morocco and Western Sahara have an offset below their standard time', () => {
    const lower = Intl.supportedValuesOf('timeZone').filter((zone) => {
      const offsets = Array.from({ length: 12 }, (_, month) =>
        zoneOffsetSeconds(zone, Date.UTC(STANDARD_TIME_YEAR, month, 15)),
      );
      return Math.trunc(Math.min(...offsets) / 3_600) < standardOffsetHours(zone);
    });
    expect(lower).toEqual(['Africa/Casablanca', 'Africa/El_Aaiun']);
  });

  test('Greenwich is 0 and not -0', () => {
    expect(Object.is(standardOffsetHours('Africa/Abidjan'), 0)).toBe(true);
  });
});

describe('zoneOffsetSeconds', () => {
  test.each([
    ['Europe/Berlin', '2025-07-01T00:00:00Z', 7_200],
    ['Europe/Berlin', '2025-03-30T00:59:59Z', 3_600],
    ['Europe/Berlin', '2025-03-30T01:00:00Z', 7_200],
    ['America/St_Johns', '2025-01-01T00:00:00Z', -12_600],
    ['Asia/Kathmandu', '2025-01-01T00:00:00Z', 20_700],
    ['Asia/Kolkata', '1900-01-01T00:00:00Z', 19_270],
  ])('%s at %s is %i seconds east', (zone, instant, seconds) => {
    expect(zoneOffsetSeconds(zone, Date.parse(instant))).toBe(seconds);
  });

  test('refuses a zone that there is not', () => {
    expect(() => zoneOffsetSeconds('Mars/Olympus', 0)).toThrow(RangeError);
  });
});

describe('isTimezone', () => {
  test.each(['Europe/Berlin', 'UTC', 'GMT', 'Etc/GMT+12', 'Asia/Calcutta'])('knows %s', (zone) => {
    expect(isTimezone(zone)).toBe(true);
  });

  test.each(['', 'Berlin', 'Europe/Atlantis', '+05:30', '-03:00', '+0530', 'auto'])(
    'does not take %j for one, on any engine',
    (zone) => {
      expect(isTimezone(zone)).toBe(false);
    },
  );
});

describe('fixedZoneName', () => {
  test.each([
    [0, 'GMT'],
    [1, 'Etc/GMT-1'],
    [14, 'Etc/GMT-14'],
    [-5, 'Etc/GMT+5'],
    [-12, 'Etc/GMT+12'],
  ])('names UTC%i %s', (hours, name) => {
    expect(fixedZoneName(hours)).toBe(name);
  });

  test('names a zone that the machine knows and that has this very offset, for each from -12 to +14', () => {
    for (let hours = -12; hours <= 14; hours++)
      expect(zoneOffsetSeconds(fixedZoneName(hours), Date.UTC(2025, 6, 1))).toBe(hours * 3_600);
  });
});
