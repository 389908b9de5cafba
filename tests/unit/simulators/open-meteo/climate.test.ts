import fc from 'fast-check';
import { ask, NOW, numbersOf, type Values } from './ask';

/** Plausible ranges of the variables that forecast and archive share, wind in m/s. */
const HOURLY_RANGES: Readonly<Record<string, readonly [number, number]>> = {
  temperature_2m: [-95, 60],
  relative_humidity_2m: [0, 100],
  dew_point_2m: [-100, 37],
  precipitation: [0, 420],
  pressure_msl: [850, 1100],
  surface_pressure: [300, 1100],
  cloud_cover: [0, 100],
  wind_speed_10m: [0, 105],
  wind_direction_10m: [0, 360],
  wind_gusts_10m: [0, 120],
  shortwave_radiation: [0, 1420],
};
const DAILY_RANGES: Readonly<Record<string, readonly [number, number]>> = {
  temperature_2m_max: [-95, 60],
  temperature_2m_min: [-95, 60],
  temperature_2m_mean: [-95, 60],
  precipitation_sum: [0, 1900],
  rain_sum: [0, 1900],
  snowfall_sum: [0, 300],
  wind_speed_10m_max: [0, 105],
  wind_gusts_10m_max: [0, 120],
  wind_speed_10m_mean: [0, 105],
  wind_gusts_10m_mean: [0, 120],
  wind_direction_10m_dominant: [0, 360],
  shortwave_radiation_sum: [0, 48],
  sunshine_duration: [0, 86_400],
  et0_fao_evapotranspiration: [0, 30],
};
const CODES = [
  0, 1, 2, 3, 45, 48, 51, 53, 55, 56, 57, 61, 63, 65, 66, 67, 71, 73, 75, 77, 80, 81, 82, 85, 86, 95, 96, 99,
];

const anyPlace = fc.record({
  latitude: fc.integer({ min: -9000, max: 9000 }).map((hundredths) => hundredths / 100),
  longitude: fc.integer({ min: -18_000, max: 18_000 }).map((hundredths) => hundredths / 100),
  elevation: fc.integer({ min: -430, max: 8848 }),
  day: fc
    .integer({ min: 0, max: 31_000 })
    .map((day) => new Date(Date.parse('1940-01-01') + day * 86_400_000)),
});

function question(place: { latitude: number; longitude: number; elevation: number; day: Date }) {
  const start_date = place.day.toISOString().slice(0, 10);
  const end_date = new Date(place.day.getTime() + 2 * 86_400_000).toISOString().slice(0, 10);
  const { latitude, longitude, elevation } = place;
  const where = { latitude: `${latitude}`, longitude: `${longitude}`, elevation: `${elevation}` };
  return { ...where, start_date, end_date, wind_speed_unit: 'ms' };
}

describe('climate', () => {
  it('stays within the plausible ranges at any place, height and time', () => {
    fc.assert(
      fc.property(anyPlace, (place) => {
        const hourly = [...Object.keys(HOURLY_RANGES), 'weather_code'].join(',');
        const answer = ask('archive', {
          ...question(place),
          hourly,
          daily: Object.keys(DAILY_RANGES).join(','),
        });

        for (const [column, [low, high]] of Object.entries(HOURLY_RANGES)) {
          expectWithin(numbersOf(answer.hourly, column), low, high);
        }
        for (const [column, [low, high]] of Object.entries(DAILY_RANGES)) {
          expectWithin(numbersOf(answer.daily, column), low, high);
        }
        for (const code of numbersOf(answer.hourly, 'weather_code')) expect(CODES).toContain(code);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with itself: dew point, gusts, rain, snow and the height of the sun', () => {
    fc.assert(
      fc.property(anyPlace, (place) => {
        const variables =
          'temperature_2m,dew_point_2m,wind_speed_10m,wind_gusts_10m,rain,snowfall,precipitation,is_day,shortwave_radiation';
        const { hourly } = ask('archive', { ...question(place), hourly: variables });
        const at = (column: string, index: number) => numbersOf(hourly, column)[index]!;

        for (const index of hourly.time.keys()) {
          expect(at('dew_point_2m', index)).toBeLessThanOrEqual(at('temperature_2m', index));
          expect(at('wind_gusts_10m', index)).toBeGreaterThanOrEqual(at('wind_speed_10m', index));
          expect(at('rain', index) + at('snowfall', index) / 0.7).toBeCloseTo(at('precipitation', index), 5);
          const dark = index > 0 && at('is_day', index) === 0 && at('is_day', index - 1) === 0;
          if (dark) expect(at('shortwave_radiation', index)).toBeLessThan(20);
        }
      }),
    );
  });

  it('computes days from the 24 hours of the local day', () => {
    fc.assert(
      fc.property(anyPlace, fc.integer({ min: -12, max: 14 }), (place, offset) => {
        const hourly = 'temperature_2m,precipitation,shortwave_radiation';
        const daily =
          'temperature_2m_max,temperature_2m_min,temperature_2m_mean,precipitation_sum,precipitation_hours,shortwave_radiation_sum';
        const timezone = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
        const answer = ask('archive', { ...question(place), hourly, daily, timezone });
        const hoursOf = (column: string, day: number) =>
          numbersOf(answer.hourly, column).slice(day * 24, day * 24 + 24) as number[];
        const dayOf = (column: string, day: number) => numbersOf(answer.daily, column)[day]!;
        const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

        for (const day of answer.daily.time.keys()) {
          const temperatures = hoursOf('temperature_2m', day);
          const rain = hoursOf('precipitation', day);
          expect(dayOf('temperature_2m_max', day)).toBeCloseTo(Math.max(...temperatures), 5);
          expect(dayOf('temperature_2m_min', day)).toBeCloseTo(Math.min(...temperatures), 5);
          expect(Math.abs(dayOf('temperature_2m_mean', day) - total(temperatures) / 24)).toBeLessThan(0.0501);
          expect(dayOf('precipitation_sum', day)).toBeCloseTo(total(rain), 5);
          expect(dayOf('precipitation_hours', day)).toBe(rain.filter((amount) => amount > 0).length);
          const energy = total(hoursOf('shortwave_radiation', day)) * 0.0036;
          expect(Math.abs(dayOf('shortwave_radiation_sum', day) - energy)).toBeLessThan(0.00501);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('gives an hour the same value whatever the span and zone it is read in', () => {
    const place = {
      latitude: '52.52',
      longitude: '13.41',
      hourly: 'temperature_2m,wind_speed_10m,precipitation,pressure_msl,shortwave_radiation',
    };
    const year = ask('archive', { ...place, start_date: '2024-01-01', end_date: '2024-12-31' });
    const day = ask('archive', {
      ...place,
      start_date: '2024-02-29',
      end_date: '2024-02-29',
      timezone: 'Asia/Tokyo',
    });

    const first = year.hourly.time.indexOf('2024-02-28T15:00');
    for (const column of place.hourly.split(',')) {
      expect(numbersOf(day.hourly, column)).toEqual(numbersOf(year.hourly, column).slice(first, first + 24));
    }
  });

  it('differs by place and by seed, and by nothing else', () => {
    const at = (latitude: string, seed: number) =>
      ask(
        'archive',
        {
          latitude,
          longitude: '8',
          hourly: 'pressure_msl',
          start_date: '2024-03-01',
          end_date: '2024-03-02',
        },
        { seed },
      );

    expect(at('50', 1)).toEqual(at('50', 1));
    expect(at('50', 1).hourly).not.toEqual(at('51', 1).hourly);
    expect(at('50', 1).hourly).not.toEqual(at('50', 2).hourly);
  });

  it('has summers, winters, and days warmer than nights', () => {
    const berlin = { latitude: '52.52', longitude: '13.41', hourly: 'temperature_2m' };
    const monthly = (month: string) => {
      const { hourly } = ask('archive', {
        ...berlin,
        start_date: `2023-${month}-01`,
        end_date: `2023-${month}-28`,
      });
      return numbersOf(hourly, 'temperature_2m') as number[];
    };
    const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

    const [january, july] = [monthly('01'), monthly('07')];

    expect(average(july) - average(january)).toBeGreaterThan(10);
    const at = (hour: number) => average(july.filter((_, index) => index % 24 === hour));
    expect(at(14) - at(2)).toBeGreaterThan(2);
  });

  it('is dry most of the time, but not always', () => {
    const { hourly } = ask('archive', {
      latitude: '48',
      longitude: '11',
      hourly: 'precipitation',
      start_date: '2023-01-01',
      end_date: '2023-12-31',
    });
    const wet =
      numbersOf(hourly, 'precipitation').filter((amount) => amount! > 0).length / hourly.time.length;

    expect(wet).toBeGreaterThan(0.02);
    expect(wet).toBeLessThan(0.3);
  });

  it.each([
    ['2026-11-16', true],
    ['2026-11-15', false],
  ])('still revises %s when asked on 2026-11-20: %p', (day, revised) => {
    const asked = {
      latitude: '48',
      longitude: '11',
      hourly: 'temperature_2m',
      start_date: day,
      end_date: day,
    };

    const today = ask('forecast', asked).hourly;
    const tomorrow = ask('forecast', asked, { now: NOW + 86_400_000 }).hourly;

    expect(JSON.stringify(today) !== JSON.stringify(tomorrow)).toBe(revised);
  });

  it('revises the last days a little from day to day, and leaves older ones alone', () => {
    const asked = {
      latitude: '48',
      longitude: '11',
      hourly: 'temperature_2m',
      start_date: '2026-11-10',
      end_date: '2026-11-19',
    };
    const today = numbersOf(ask('forecast', asked).hourly, 'temperature_2m') as number[];
    const tomorrow = numbersOf(
      ask('forecast', asked, { now: NOW + 86_400_000 }).hourly,
      'temperature_2m',
    ) as number[];

    const changes = today.map((value, index) => Math.abs(value - tomorrow[index]!));

    expect(Math.max(...changes.slice(0, 6 * 24))).toBe(0);
    expect(Math.max(...changes.slice(6 * 24))).toBeGreaterThan(0.1);
    expect(Math.max(...changes)).toBeLessThan(1.5);
  });
});

function expectWithin(values: Values, low: number, high: number): void {
  for (const value of values) {
    if (value === null || value < low || value > high)
      throw new Error(`${value} is not within ${low}..${high}`);
  }
}
