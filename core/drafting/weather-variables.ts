import type { ApiName } from '../model/source';
import type { VariableData, VariableFamily } from './variable-row';

const WEATHER_APIS: readonly ApiName[] = [
  'forecast',
  'archive',
  'historical-forecast',
  'ensemble',
  'climate',
  'seasonal',
];
/** The climate API gives days alone. */
const HOURLY_APIS = WEATHER_APIS.filter((api) => api !== 'climate');
/** Levels of the atmosphere, hPa. */
const PRESSURE_LEVELS = [
  10, 30, 50, 70, 100, 125, 150, 175, 200, 225, 250, 275, 300, 350, 400, 450, 500, 550, 600, 650, 700, 750,
  800, 850, 900, 925, 950, 975, 1000,
];

const SHARE = [0, 100] as const;
const CIRCLE = [0, 360] as const;
const TEMPERATURE = [-95, 60] as const;
const WIND = [0, 105] as const;
const GUST = [0, 120] as const;

const windAt = (height: number): VariableData[] => [
  [`wind_speed_${height}m`, 'm/s', 'wind_speed', 'point', [0, 150]],
  [`wind_direction_${height}m`, '°', 'wind_from_direction', 'point', CIRCLE],
];

const atPressure = (level: number): VariableData[] => [
  [`temperature_${level}hPa`, '°C', 'air_temperature', 'point', [-120, 60]],
  [`relative_humidity_${level}hPa`, '%', 'relative_humidity', 'point', SHARE],
  [`dew_point_${level}hPa`, '°C', 'dew_point_temperature', 'point', [-140, 40]],
  [`cloud_cover_${level}hPa`, '%', 'cloud_area_fraction_in_atmosphere_layer', 'point', SHARE],
  [`wind_speed_${level}hPa`, 'm/s', 'wind_speed', 'point', [0, 200]],
  [`wind_direction_${level}hPa`, '°', 'wind_from_direction', 'point', CIRCLE],
  [`geopotential_height_${level}hPa`, 'm', 'geopotential_height', 'point', [-1000, 40_000]],
  [`vertical_velocity_${level}hPa`, 'm/s', 'upward_air_velocity', 'point'],
];

const soilTemperature = (layer: string): VariableData => [
  `soil_temperature_${layer}`,
  '°C',
  'soil_temperature',
  'point',
  [-95, 80],
];

const soilMoisture = (layer: string): VariableData => [
  `soil_moisture_${layer}`,
  'm³/m³',
  'volume_fraction_of_condensed_water_in_soil',
  'point',
  [0, 1],
];

const HOURLY: readonly VariableData[] = [
  ['temperature_2m', '°C', 'air_temperature', 'point', TEMPERATURE],
  ['apparent_temperature', '°C', null, 'point', [-120, 80]],
  ['relative_humidity_2m', '%', 'relative_humidity', 'point', SHARE],
  ['dew_point_2m', '°C', 'dew_point_temperature', 'point', [-100, 37]],
  ['wet_bulb_temperature_2m', '°C', 'wet_bulb_temperature', 'point', TEMPERATURE],
  ['vapour_pressure_deficit', 'kPa', 'water_vapor_saturation_deficit_in_air', 'point', [0, 20]],
  ['precipitation', 'mm', 'lwe_thickness_of_precipitation_amount', 'sum', [0, 420]],
  ['precipitation_probability', '%', null, null, SHARE],
  ['rain', 'mm', 'thickness_of_rainfall_amount', 'sum', [0, 420]],
  ['showers', 'mm', null, 'sum', [0, 420]],
  ['snowfall', 'cm', 'thickness_of_snowfall_amount', 'sum', [0, 100]],
  ['snow_depth', 'm', 'surface_snow_thickness', 'point', [0, 30]],
  ['weather_code', 'wmo code', null, 'point', [0, 99]],
  ['pressure_msl', 'hPa', 'air_pressure_at_mean_sea_level', 'point', [850, 1100]],
  ['surface_pressure', 'hPa', 'surface_air_pressure', 'point', [300, 1100]],
  ['cloud_cover', '%', 'cloud_area_fraction', 'point', SHARE],
  ['cloud_cover_low', '%', 'low_type_cloud_area_fraction', 'point', SHARE],
  ['cloud_cover_mid', '%', 'medium_type_cloud_area_fraction', 'point', SHARE],
  ['cloud_cover_high', '%', 'high_type_cloud_area_fraction', 'point', SHARE],
  ['visibility', 'm', 'visibility_in_air', 'point'],
  ['wind_speed_10m', 'm/s', 'wind_speed', 'point', WIND],
  ['wind_direction_10m', '°', 'wind_from_direction', 'point', CIRCLE],
  ['wind_gusts_10m', 'm/s', 'wind_speed_of_gust', 'maximum', GUST],
  ...[80, 100, 120, 180].flatMap(windAt),
  ['shortwave_radiation', 'W/m²', 'surface_downwelling_shortwave_flux_in_air', 'mean', [0, 1420]],
  ['direct_radiation', 'W/m²', 'surface_direct_downwelling_shortwave_flux_in_air', 'mean', [0, 1420]],
  ['diffuse_radiation', 'W/m²', 'surface_diffuse_downwelling_shortwave_flux_in_air', 'mean', [0, 1420]],
  ['direct_normal_irradiance', 'W/m²', null, 'mean', [0, 1420]],
  ['terrestrial_radiation', 'W/m²', null, 'mean', [0, 1420]],
  ['sunshine_duration', 's', 'duration_of_sunshine', 'sum', [0, 3600]],
  ['uv_index', '', 'ultraviolet_index', 'point', [0, 30]],
  ['is_day', '', null, 'point', [0, 1]],
  ['evapotranspiration', 'mm', 'water_evapotranspiration_amount', 'sum'],
  ['et0_fao_evapotranspiration', 'mm', 'water_potential_evapotranspiration_amount', 'sum', [0, 5]],
  ['cape', 'J/kg', 'atmosphere_convective_available_potential_energy', 'point', [0, 15_000]],
  ['freezing_level_height', 'm', null, 'point'],
  ['boundary_layer_height', 'm', 'atmosphere_boundary_layer_thickness', 'point', [0, 10_000]],
  ...['0cm', '6cm', '18cm', '54cm', '0_to_7cm', '7_to_28cm', '28_to_100cm', '100_to_255cm'].map(
    soilTemperature,
  ),
  ...['0_to_1cm', '1_to_3cm', '3_to_9cm', '9_to_27cm', '27_to_81cm'].map(soilMoisture),
  ...['0_to_7cm', '7_to_28cm', '28_to_100cm', '100_to_255cm'].map(soilMoisture),
];

const DAILY: readonly VariableData[] = [
  ['weather_code', 'wmo code', null, 'maximum', [0, 99]],
  ['temperature_2m_max', '°C', 'air_temperature', 'maximum', TEMPERATURE],
  ['temperature_2m_min', '°C', 'air_temperature', 'minimum', TEMPERATURE],
  ['temperature_2m_mean', '°C', 'air_temperature', 'mean', TEMPERATURE],
  ['apparent_temperature_max', '°C', null, 'maximum', [-120, 80]],
  ['apparent_temperature_min', '°C', null, 'minimum', [-120, 80]],
  ['apparent_temperature_mean', '°C', null, 'mean', [-120, 80]],
  ['precipitation_sum', 'mm', 'lwe_thickness_of_precipitation_amount', 'sum', [0, 1900]],
  ['precipitation_hours', 'h', null, 'sum', [0, 24]],
  ['precipitation_probability_max', '%', null, 'maximum', SHARE],
  ['rain_sum', 'mm', 'thickness_of_rainfall_amount', 'sum', [0, 1900]],
  ['snowfall_sum', 'cm', 'thickness_of_snowfall_amount', 'sum', [0, 300]],
  ['wind_speed_10m_max', 'm/s', 'wind_speed', 'maximum', WIND],
  ['wind_speed_10m_mean', 'm/s', 'wind_speed', 'mean', WIND],
  ['wind_gusts_10m_max', 'm/s', 'wind_speed_of_gust', 'maximum', GUST],
  ['wind_gusts_10m_mean', 'm/s', 'wind_speed_of_gust', 'mean', GUST],
  ['wind_direction_10m_dominant', '°', 'wind_from_direction', 'vector mean', CIRCLE],
  [
    'shortwave_radiation_sum',
    'MJ/m²',
    'integral_wrt_time_of_surface_downwelling_shortwave_flux_in_air',
    'sum',
    [0, 48],
  ],
  ['sunshine_duration', 's', 'duration_of_sunshine', 'sum', [0, 86_400]],
  ['daylight_duration', 's', null, 'sum', [0, 86_400]],
  ['sunrise', 'iso8601'],
  ['sunset', 'iso8601'],
  ['uv_index_max', '', 'ultraviolet_index', 'maximum', [0, 30]],
  ['et0_fao_evapotranspiration', 'mm', 'water_potential_evapotranspiration_amount', 'sum', [0, 30]],
];

const MINUTELY_15: readonly VariableData[] = [
  ['temperature_2m', '°C', 'air_temperature', 'point', TEMPERATURE],
  ['precipitation', 'mm', 'lwe_thickness_of_precipitation_amount', 'sum', [0, 200]],
  ['is_day', '', null, 'point', [0, 1]],
];

export const WEATHER_VARIABLES: readonly VariableFamily[] = [
  { section: 'hourly', apis: HOURLY_APIS, rows: HOURLY },
  {
    section: 'hourly',
    apis: ['forecast', 'historical-forecast', 'ensemble'],
    rows: PRESSURE_LEVELS.flatMap(atPressure),
  },
  { section: 'daily', apis: WEATHER_APIS, rows: DAILY },
  { section: 'minutely_15', apis: ['forecast', 'historical-forecast'], rows: MINUTELY_15 },
];
