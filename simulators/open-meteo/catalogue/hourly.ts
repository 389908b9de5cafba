import * as air from '../climate/air';
import * as ground from '../climate/ground';
import * as sky from '../climate/sky';
import type { Field, HourlySource } from '../climate/weather';

/** How the hourly values of a variable become 15-minutely ones. */
export type Kind = 'point' | 'sum' | 'code';

export interface HourlyRow extends HourlySource {
  readonly unit: string;
  readonly decimals?: number;
  readonly kind: Kind;
  /** APIs that have it; the others answer nulls. */
  readonly apis: readonly string[];
}

type Entry = readonly [
  unit: string,
  field: Field,
  traits?: Partial<Pick<HourlyRow, 'kind' | 'decimals' | 'computed'>>,
];

const FORECASTS = ['forecast', 'historical-forecast'];
const WEATHER = [...FORECASTS, 'archive', 'ensemble', 'seasonal'];
const ALL_FORECASTS = [...FORECASTS, 'ensemble', 'seasonal'];
const AIR_QUALITY = ['air-quality'];

const SUM = { kind: 'sum' } as const;
const CODE = { kind: 'code' } as const;

function rows(apis: readonly string[], entries: Readonly<Record<string, Entry>>): HourlyRow[] {
  return Object.entries(entries).map(([name, [unit, field, traits]]) => ({
    name,
    unit,
    field,
    apis,
    kind: 'point',
    computed: false,
    ...traits,
  }));
}

const LIST: readonly HourlyRow[] = [
  ...rows([...WEATHER, 'climate'], {
    temperature_2m: ['°C', air.temperature],
    relative_humidity_2m: ['%', air.relativeHumidity],
    dew_point_2m: ['°C', air.dewPoint],
    precipitation: ['mm', air.precipitation, SUM],
    rain: ['mm', sky.rain, SUM],
    snowfall: ['cm', sky.snowfall, SUM],
    pressure_msl: ['hPa', air.pressureMsl],
    cloud_cover: ['%', air.cloudCover],
    wind_speed_10m: ['m/s', air.windSpeed],
    wind_gusts_10m: ['m/s', air.windGusts],
    shortwave_radiation: ['W/m²', sky.shortwaveRadiation],
    et0_fao_evapotranspiration: ['mm', sky.evapotranspiration, SUM],
  }),
  ...rows(WEATHER, {
    apparent_temperature: ['°C', ground.apparentTemperature],
    weather_code: ['wmo code', sky.weatherCode, CODE],
    surface_pressure: ['hPa', air.surfacePressure],
    wind_direction_10m: ['°', air.windDirection, CODE],
    direct_radiation: ['W/m²', sky.directRadiation],
    diffuse_radiation: ['W/m²', sky.diffuseRadiation],
    sunshine_duration: ['s', sky.sunshineDuration, SUM],
    vapour_pressure_deficit: ['kPa', ground.vapourPressureDeficit],
    showers: ['mm', sky.showers, SUM],
    snow_depth: ['m', ground.snowDepth],
    is_day: ['', sky.isDay, { kind: 'code', computed: true }],
    cloud_cover_low: ['%', ground.cloudLayer(0.6)],
    cloud_cover_mid: ['%', ground.cloudLayer(0.4)],
    cloud_cover_high: ['%', ground.cloudLayer(0.8)],
  }),
  ...rows(['archive'], {
    soil_temperature_0_to_7cm: ['°C', ground.soilTemperature(0.8)],
    soil_temperature_7_to_28cm: ['°C', ground.soilTemperature(0.4)],
    soil_moisture_0_to_7cm: ['m³/m³', ground.soilMoisture(30)],
    soil_moisture_7_to_28cm: ['m³/m³', ground.soilMoisture(32)],
  }),
  ...rows(ALL_FORECASTS, {
    visibility: ['m', sky.visibility],
    uv_index: ['', ground.uvIndex, { decimals: 2 }],
    cape: ['J/kg', ground.cape],
    soil_temperature_0cm: ['°C', ground.soilTemperature(1)],
    soil_moisture_0_to_1cm: ['m³/m³', ground.soilMoisture(34)],
  }),
  ...rows(FORECASTS, { precipitation_probability: ['%', sky.precipitationProbability] }),
  ...rows(AIR_QUALITY, {
    pm10: ['μg/m³', ground.varying(40, 22)],
    pm2_5: ['μg/m³', ground.varying(42, 12)],
    carbon_monoxide: ['μg/m³', ground.varying(44, 180)],
    carbon_dioxide: ['ppm', ground.varying(46, 430, 97)],
    nitrogen_dioxide: ['μg/m³', ground.varying(48, 14)],
    sulphur_dioxide: ['μg/m³', ground.varying(50, 3)],
    ozone: ['μg/m³', ground.varying(52, 70)],
    dust: ['μg/m³', ground.varying(54, 8)],
    grass_pollen: ['grains/m³', ground.varying(56, 5)],
    european_aqi: ['EAQI', ground.varying(58, 35)],
    us_aqi: ['USAQI', ground.varying(60, 45)],
  }),
  ...rows(['marine'], {
    wave_height: ['m', ground.varying(70, 1.6)],
    wave_direction: ['°', ground.turning(72), CODE],
    wave_period: ['s', ground.varying(74, 6.5)],
    wind_wave_height: ['m', ground.varying(76, 0.7)],
    swell_wave_height: ['m', ground.varying(78, 1.2)],
    sea_surface_temperature: ['°C', ground.soilTemperature(0.05)],
  }),
];

/** Variables of the sections `hourly`, `minutely_15` and `current`, by name. */
export const HOURLY: ReadonlyMap<string, HourlyRow> = new Map(LIST.map((row) => [row.name, row]));

/** Discharge has no hourly section of its own; its days are means of this. */
export const RIVER_DISCHARGE: HourlySource = {
  name: 'river_discharge',
  field: ground.varying(80, 48, 173),
  computed: false,
};
