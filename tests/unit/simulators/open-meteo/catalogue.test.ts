import { DAILY } from '../../../../simulators/open-meteo/catalogue/daily';
import { HOURLY } from '../../../../simulators/open-meteo/catalogue/hourly';
import { ask, askText, numbersOf } from './ask';

const PLACE = { latitude: '48.1', longitude: '11.6' };
const DAYS = { start_date: '2026-10-01', end_date: '2026-10-02' };

/** Unit by variable of those that forecast and archive share, wind asked in m/s. */
const HOURLY_UNITS = {
  temperature_2m: '°C',
  relative_humidity_2m: '%',
  dew_point_2m: '°C',
  precipitation: 'mm',
  weather_code: 'wmo code',
  pressure_msl: 'hPa',
  surface_pressure: 'hPa',
  cloud_cover: '%',
  wind_speed_10m: 'm/s',
  wind_direction_10m: '°',
  wind_gusts_10m: 'm/s',
  shortwave_radiation: 'W/m²',
};
const DAILY_UNITS = {
  temperature_2m_max: '°C',
  temperature_2m_min: '°C',
  temperature_2m_mean: '°C',
  precipitation_sum: 'mm',
  rain_sum: 'mm',
  snowfall_sum: 'cm',
  wind_speed_10m_max: 'm/s',
  wind_gusts_10m_max: 'm/s',
  wind_speed_10m_mean: 'm/s',
  wind_gusts_10m_mean: 'm/s',
  wind_direction_10m_dominant: '°',
  shortwave_radiation_sum: 'MJ/m²',
  sunshine_duration: 's',
  et0_fao_evapotranspiration: 'mm',
};

describe('catalogue', () => {
  it.each(['forecast', 'archive', 'historical-forecast'])('has the shared variables on %s', (api) => {
    const hourly = Object.keys(HOURLY_UNITS).join(',');
    const daily = Object.keys(DAILY_UNITS).join(',');

    const answer = ask(api, { ...PLACE, ...DAYS, hourly, daily, wind_speed_unit: 'ms' });

    expect(answer.hourly_units).toEqual({ time: 'iso8601', ...HOURLY_UNITS });
    expect(answer.daily_units).toEqual({ time: 'iso8601', ...DAILY_UNITS });
    for (const name of Object.keys(HOURLY_UNITS)) expect(numbersOf(answer.hourly, name)).not.toContain(null);
    for (const name of Object.keys(DAILY_UNITS)) expect(numbersOf(answer.daily, name)).not.toContain(null);
  });

  it.each(['forecast', 'archive', 'marine', 'air-quality', 'climate', 'flood', 'ensemble', 'seasonal'])(
    'answers every variable on %s: finite where the API has it, else nulls of the unit "undefined"',
    (api) => {
      const hourly = [...HOURLY.keys()].join(',');
      const daily = [...DAILY.keys()].join(',');

      const answer = ask(api, { ...PLACE, ...DAYS, hourly, daily });

      for (const [section, units, rows] of [
        [answer.hourly, answer.hourly_units, HOURLY],
        [answer.daily, answer.daily_units, DAILY],
      ] as const) {
        for (const name of Object.keys(units ?? {}).filter((column) => rows.has(column))) {
          const lacking = !rows.get(name)!.apis.includes(api);
          expect([name, units[name] === 'undefined']).toEqual([name, lacking]);
          expect([name, numbersOf(section, name).every((value) => value === null)]).toEqual([name, lacking]);
        }
      }
    },
  );

  it('prints decimals by unit, all of them', () => {
    const hourly =
      'temperature_2m,precipitation,relative_humidity_2m,pressure_msl,soil_moisture_0_to_1cm,weather_code';
    const text = askText('forecast', { ...PLACE, ...DAYS, hourly });
    const first = (column: string) => new RegExp(`"${column}":\\[([^,]+),`).exec(text)?.[1];

    expect(first('temperature_2m')).toMatch(/^-?\d+\.\d$/);
    expect(first('precipitation')).toMatch(/^\d+\.\d\d$/);
    expect(first('relative_humidity_2m')).toMatch(/^\d+$/);
    expect(first('pressure_msl')).toMatch(/^\d+\.\d$/);
    expect(first('soil_moisture_0_to_1cm')).toMatch(/^0\.\d{3}$/);
    expect(first('weather_code')).toMatch(/^\d+$/);
  });

  it.each([
    ['temperature_unit', 'fahrenheit', 'temperature_2m', '°F', 1.8, 32],
    ['wind_speed_unit', 'kmh', 'wind_speed_10m', 'km/h', 3.6, 0],
    ['wind_speed_unit', 'mph', 'wind_speed_10m', 'mp/h', 2.236936, 0],
    ['wind_speed_unit', 'kn', 'wind_speed_10m', 'kn', 1.943844, 0],
    ['precipitation_unit', 'inch', 'precipitation', 'inch', 1 / 25.4, 0],
    ['precipitation_unit', 'inch', 'snowfall', 'inch', 1 / 2.54, 0],
    ['precipitation_unit', 'inch', 'visibility', 'ft', 1 / 0.3048, 0],
  ])('converts with %s=%s the column %s to %s', (parameter, value, hourly, unit, factor, offset) => {
    const base = ask('forecast', { ...PLACE, ...DAYS, hourly, wind_speed_unit: 'ms' });
    const converted = ask('forecast', {
      ...PLACE,
      ...DAYS,
      hourly,
      wind_speed_unit: 'ms',
      [parameter]: value,
    });

    expect(converted.hourly_units[hourly]).toBe(unit);
    for (const [index, number] of numbersOf(base.hourly, hourly).entries()) {
      expect(
        Math.abs(numbersOf(converted.hourly, hourly)[index]! - (number! * factor + offset)),
      ).toBeLessThan(0.06);
    }
  });

  it.each([
    ['seasonal', undefined, 4],
    ['seasonal', 'hourly', 24],
    ['seasonal', 'hourly_3', 8],
    ['seasonal', 'native', 4],
    ['ensemble', undefined, 24],
    ['ensemble', 'hourly_6', 4],
    ['forecast', 'hourly_6', 24],
  ])(
    'answers the hourly section of the %s API asked in steps of %s with %i rows a day',
    (api, step, rows) => {
      const { hourly } = ask(api, {
        ...PLACE,
        start_date: '2026-11-19',
        end_date: '2026-11-19',
        hourly: 'temperature_2m',
        ...(step !== undefined && { temporal_resolution: step }),
      });

      expect(hourly.time).toHaveLength(rows);
      expect(numbersOf(hourly, 'temperature_2m')).toHaveLength(rows);
      expect(hourly.time[1]).toBe(`2026-11-19T${String(24 / rows).padStart(2, '0')}:00`);
    },
  );

  it('answers members of an ensemble', () => {
    const { hourly } = ask('ensemble', { ...PLACE, ...DAYS, hourly: 'temperature_2m' });
    const columns = Object.keys(hourly);

    expect(columns).toHaveLength(32);
    expect(columns.slice(1, 3)).toEqual(['temperature_2m', 'temperature_2m_member01']);
    expect(numbersOf(hourly, 'temperature_2m_member30')).not.toEqual(numbersOf(hourly, 'temperature_2m'));
  });

  it.each([
    ['ecmwf_ifs025', 51],
    ['icon_d2_eps', 20],
    ['gem_global', 21],
  ])('answers as many series of %s as its ensemble has', (models, series) => {
    const { hourly } = ask('ensemble', { ...PLACE, ...DAYS, hourly: 'temperature_2m', models });

    expect(Object.keys(hourly)).toHaveLength(1 + series);
  });
});
