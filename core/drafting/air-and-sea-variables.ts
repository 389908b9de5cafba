import type { VariableData, VariableFamily } from './variable-row';

const CIRCLE = [0, 360] as const;
const DENSITY = 'μg/m³';

const pollen = (plant: string): VariableData => [`${plant}_pollen`, 'grains/m³', null, 'point'];
const europeanIndex = (name: string): VariableData => [name, 'EAQI', null, 'point'];
const usIndex = (name: string): VariableData => [name, 'USAQI', null, 'point'];

const AEROSOLS = [
  'glyoxal',
  'non_methane_volatile_organic_compounds',
  'pm10_wildfires',
  'peroxyacyl_nitrates',
  'secondary_inorganic_aerosol',
  'residential_elementary_carbon',
  'total_elementary_carbon',
  'pm2_5_total_organic_matter',
  'sea_salt_aerosol',
];

const AIR_QUALITY: readonly VariableData[] = [
  ['pm10', DENSITY, 'mass_concentration_of_pm10_ambient_aerosol_particles_in_air', 'point'],
  ['pm2_5', DENSITY, 'mass_concentration_of_pm2p5_ambient_aerosol_particles_in_air', 'point'],
  ['carbon_monoxide', DENSITY, 'mass_concentration_of_carbon_monoxide_in_air', 'point'],
  ['carbon_dioxide', 'ppm', 'mole_fraction_of_carbon_dioxide_in_air', 'point', [300, 2000]],
  ['nitrogen_dioxide', DENSITY, 'mass_concentration_of_nitrogen_dioxide_in_air', 'point'],
  ['nitrogen_monoxide', DENSITY, 'mass_concentration_of_nitrogen_monoxide_in_air', 'point'],
  ['sulphur_dioxide', DENSITY, 'mass_concentration_of_sulfur_dioxide_in_air', 'point'],
  ['ozone', DENSITY, 'mass_concentration_of_ozone_in_air', 'point'],
  ['ammonia', DENSITY, 'mass_concentration_of_ammonia_in_air', 'point'],
  ['methane', DENSITY, 'mass_concentration_of_methane_in_air', 'point'],
  ['formaldehyde', DENSITY, 'mass_concentration_of_formaldehyde_in_air', 'point'],
  ['dust', DENSITY, null, 'point'],
  ...AEROSOLS.map((name): VariableData => [name, DENSITY, null, 'point']),
  ['aerosol_optical_depth', '', 'atmosphere_optical_thickness_due_to_ambient_aerosol_particles', 'point'],
  ['uv_index', '', 'ultraviolet_index', 'point', [0, 30]],
  ['uv_index_clear_sky', '', 'ultraviolet_index_assuming_clear_sky', 'point', [0, 30]],
  ...['alder', 'birch', 'grass', 'mugwort', 'olive', 'ragweed'].map(pollen),
  ...['', '_pm2_5', '_pm10', '_nitrogen_dioxide', '_ozone', '_sulphur_dioxide'].map((suffix) =>
    europeanIndex(`european_aqi${suffix}`),
  ),
  ...['', '_pm2_5', '_pm10', '_nitrogen_dioxide', '_ozone', '_sulphur_dioxide', '_carbon_monoxide'].map(
    (suffix) => usIndex(`us_aqi${suffix}`),
  ),
];

const otherSwell = (order: string): VariableData[] => [
  [`${order}_swell_wave_height`, 'm', null, 'point', [0, 35]],
  [`${order}_swell_wave_direction`, '°', null, 'point', CIRCLE],
  [`${order}_swell_wave_period`, 's', null, 'point', [0, 60]],
];

const MARINE: readonly VariableData[] = [
  ['wave_height', 'm', 'sea_surface_wave_significant_height', 'point', [0, 35]],
  ['wave_direction', '°', 'sea_surface_wave_from_direction', 'point', CIRCLE],
  ['wave_period', 's', null, 'point', [0, 60]],
  ['wind_wave_height', 'm', 'sea_surface_wind_wave_significant_height', 'point', [0, 35]],
  ['wind_wave_direction', '°', 'sea_surface_wind_wave_from_direction', 'point', CIRCLE],
  ['wind_wave_period', 's', 'sea_surface_wind_wave_period', 'point', [0, 60]],
  ['wind_wave_peak_period', 's', null, 'point', [0, 60]],
  ['swell_wave_height', 'm', 'sea_surface_swell_wave_significant_height', 'point', [0, 35]],
  ['swell_wave_direction', '°', 'sea_surface_swell_wave_from_direction', 'point', CIRCLE],
  ['swell_wave_period', 's', 'sea_surface_swell_wave_period', 'point', [0, 60]],
  ['swell_wave_peak_period', 's', null, 'point', [0, 60]],
  ['wave_peak_period', 's', null, 'point', [0, 60]],
  ...['secondary', 'tertiary'].flatMap(otherSwell),
  ['ocean_current_velocity', 'm/s', 'sea_water_speed', 'point', [0, 10]],
  ['ocean_current_direction', '°', null, 'point', CIRCLE],
  ['sea_surface_temperature', '°C', 'sea_surface_temperature', 'point', [-5, 45]],
  ['sea_level_height_msl', 'm', null, 'point', [-20, 20]],
];

const MARINE_DAILY: readonly VariableData[] = [
  ['wave_height_max', 'm', 'sea_surface_wave_significant_height', 'maximum', [0, 35]],
  ['wave_direction_dominant', '°', 'sea_surface_wave_from_direction', 'vector mean', CIRCLE],
  ['wave_period_max', 's', null, 'maximum', [0, 60]],
  ['wind_wave_height_max', 'm', 'sea_surface_wind_wave_significant_height', 'maximum', [0, 35]],
  ['wind_wave_direction_dominant', '°', 'sea_surface_wind_wave_from_direction', 'vector mean', CIRCLE],
  ['swell_wave_height_max', 'm', 'sea_surface_swell_wave_significant_height', 'maximum', [0, 35]],
  ['swell_wave_direction_dominant', '°', 'sea_surface_swell_wave_from_direction', 'vector mean', CIRCLE],
];

const riverDischarge = (suffix: string): VariableData => [
  `river_discharge${suffix}`,
  'm³/s',
  'water_volume_transport_in_river_channel',
  'mean',
  [0, 400_000],
];
/** Beside the discharge itself what its ensemble says of it. */
const FLOOD = ['', '_mean', '_median', '_max', '_min', '_p25', '_p75'].map(riverDischarge);

export const AIR_AND_SEA_VARIABLES: readonly VariableFamily[] = [
  { section: 'hourly', apis: ['air-quality'], rows: AIR_QUALITY },
  { section: 'hourly', apis: ['marine'], rows: MARINE },
  { section: 'daily', apis: ['marine'], rows: MARINE_DAILY },
  {
    section: 'daily',
    apis: ['flood'],
    rows: FLOOD,
  },
];
