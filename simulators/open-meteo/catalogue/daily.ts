import { windEast, windFrom, windNorth } from '../climate/air';
import { halfDaylight } from '../climate/sun';
import type { HourlySource, Weather } from '../climate/weather';
import { type Aggregate, maximum, mean, minimum, sum, wetHours } from './aggregate';
import { HOURLY, type HourlyRow, RIVER_DISCHARGE } from './hourly';

/** The days of a section; its Weather begins with the first hour of the first. */
export interface DaySpan {
  /** Local day since the epoch. */
  readonly first: number;
  readonly count: number;
  /** Added to UTC to read the clock of the place. */
  readonly offsetSeconds: number;
}

export interface DailyRow {
  readonly name: string;
  readonly unit: string;
  readonly decimals?: number;
  readonly apis: readonly string[];
  /** One value per day; instants are local seconds since the epoch. */
  readonly values: (weather: Weather, days: DaySpan) => Float64Array;
  readonly instant?: boolean;
  /** Follows from place and time alone, so it is never null. */
  readonly computed?: boolean;
}

const HOURS = 24;
const WEATHER = [...HOURLY.get('weather_code')!.apis, 'climate'];

function perDay(days: DaySpan, value: (index: number) => number): Float64Array {
  return Float64Array.from({ length: days.count }, (_, index) => value(index));
}

function aggregated(source: HourlySource, aggregate: Aggregate, scale = 1): DailyRow['values'] {
  return (weather, days) => {
    const hours = weather.column(source);
    return perDay(days, (index) => scale * aggregate(hours, index * HOURS));
  };
}

const row = (name: string): HourlyRow => HOURLY.get(name)!;

/** `<name>_max`, `_min` and `_mean` of an hourly variable, with its unit. */
function extremes(name: string): DailyRow[] {
  const source = row(name);
  const { unit, apis, decimals } = source;
  const traits = { unit, apis, ...(decimals !== undefined && { decimals }) };
  return [
    { name: `${name}_max`, ...traits, values: aggregated(source, maximum) },
    { name: `${name}_min`, ...traits, values: aggregated(source, minimum) },
    { name: `${name}_mean`, ...traits, values: aggregated(source, mean) },
  ];
}

function total(name: string, source: string): DailyRow {
  const { unit, apis } = row(source);
  return { name, unit, apis, values: aggregated(row(source), sum) };
}

/** Mean of the wind as a vector: strong hours count for more. */
function dominantDirection(weather: Weather, days: DaySpan): Float64Array {
  const known = weather.column(row('wind_direction_10m'));
  const east = weather.of(windEast);
  const north = weather.of(windNorth);
  return perDay(days, (index) => {
    const from = index * HOURS;
    return Number.isNaN(sum(known, from)) ? NaN : windFrom(sum(east, from), sum(north, from));
  });
}

const DAY_SECONDS = 86_400;

/** Local seconds of the sun's lowest visible point, `side` -1 rising, 1 setting, within each day. */
function sunAtRim(side: -1 | 1): DailyRow['values'] {
  return ({ site }, days) =>
    perDay(days, (index) => {
      const day = days.first + index;
      const hour = 12 - site.longitude / 15 + side * halfDaylight(day, site.latitude);
      const second = Math.round(hour * 60) * 60 + days.offsetSeconds;
      return day * DAY_SECONDS + (((second % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS);
    });
}

const daylight: DailyRow['values'] = ({ site }, days) =>
  perDay(days, (index) => 7200 * halfDaylight(days.first + index, site.latitude));

const LIST: readonly DailyRow[] = [
  ...[
    'temperature_2m',
    'apparent_temperature',
    'relative_humidity_2m',
    'dew_point_2m',
    'pressure_msl',
  ].flatMap(extremes),
  ...['surface_pressure', 'cloud_cover', 'wind_speed_10m', 'wind_gusts_10m', 'visibility', 'cape'].flatMap(
    extremes,
  ),
  ...['uv_index', 'precipitation_probability', 'snow_depth', 'soil_moisture_0_to_7cm'].flatMap(extremes),
  ...['wave_height', 'wave_period', 'wind_wave_height', 'swell_wave_height'].flatMap(extremes),
  total('precipitation_sum', 'precipitation'),
  total('rain_sum', 'rain'),
  total('showers_sum', 'showers'),
  total('snowfall_sum', 'snowfall'),
  total('sunshine_duration', 'sunshine_duration'),
  total('et0_fao_evapotranspiration', 'et0_fao_evapotranspiration'),
  {
    name: 'precipitation_hours',
    unit: 'h',
    apis: WEATHER,
    values: aggregated(row('precipitation'), wetHours),
  },
  { name: 'weather_code', unit: 'wmo code', apis: WEATHER, values: aggregated(row('weather_code'), maximum) },
  {
    name: 'shortwave_radiation_sum',
    unit: 'MJ/m²',
    apis: WEATHER,
    values: aggregated(row('shortwave_radiation'), sum, 0.0036),
  },
  { name: 'wind_direction_10m_dominant', unit: '°', apis: WEATHER, values: dominantDirection },
  {
    name: 'wave_direction_dominant',
    unit: '°',
    apis: ['marine'],
    values: aggregated(row('wave_direction'), mean),
  },
  { name: 'river_discharge', unit: 'm³/s', apis: ['flood'], values: aggregated(RIVER_DISCHARGE, mean) },
  { name: 'sunrise', unit: 'iso8601', apis: WEATHER, values: sunAtRim(-1), instant: true, computed: true },
  { name: 'sunset', unit: 'iso8601', apis: WEATHER, values: sunAtRim(1), instant: true, computed: true },
  { name: 'daylight_duration', unit: 's', apis: WEATHER, values: daylight, computed: true },
];

/** Variables of the section `daily`, by name. */
export const DAILY: ReadonlyMap<string, DailyRow> = new Map(LIST.map((entry) => [entry.name, entry]));
