import { ENSEMBLE_MODELS } from './ensembles';

/** South, west, north, east in degrees. */
export type Region = readonly [number, number, number, number];

export interface Model {
  readonly name: string;
  /** Width of a grid cell in degrees. */
  readonly cell: number;
  /** Absent: the whole globe. */
  readonly region?: Region;
  /** Days until its reanalysis is there. */
  readonly delayDays: number;
  /** 0 for the best match; every other model differs from it a little. */
  readonly variant: number;
}

const GLOBAL = `
  best_match ecmwf_ifs ecmwf_ifs025 ecmwf_ifs04 ecmwf_aifs025 ecmwf_aifs025_single era5 era5_land era5_seamless era5_ensemble cerra
  icon_seamless icon_global gfs_seamless gfs_global gfs_graphcast025 gfs025 gfs05 jma_seamless jma_gsm gem_seamless gem_global
  meteofrance_seamless meteofrance_arpege_world cma_grapes_global bom_access_global ukmo_seamless ukmo_global_deterministic_10km
  knmi_seamless dmi_seamless metno_seamless kma_seamless kma_gdps
  cams_global cams_europe ewam gwam meteofrance_wave ncep_gfswave025 era5_ocean
  CMCC_CM2_VHR4 FGOALS_f3_H HiRAM_SIT_HR MRI_AGCM3_2_S EC_Earth3P_HR MPI_ESM1_2_XR NICAM16_8S
  seamless_v3 forecast_v3 consolidated_v3 seamless_v4 forecast_v4 consolidated_v4
`
  .trim()
  .split(/\s+/);

const REGIONAL: Readonly<Record<string, Region>> = {
  icon_eu: [29.5, -23.5, 70.5, 62.5],
  icon_d2: [43.2, -3.9, 58.1, 20.3],
  gfs_hrrr: [21.2, -134, 52.6, -61],
  gem_hrdps_continental: [39.6, -152, 70.6, -40.7],
  jma_msm: [22.4, 120, 47.6, 150],
  meteofrance_arome_france: [37.5, -12, 55.4, 16],
  meteofrance_arome_france_hd: [37.5, -12, 55.4, 16],
  meteofrance_arpege_europe: [20, -32, 72, 42],
  ukmo_uk_deterministic_2km: [45, -25, 63, 15],
  knmi_harmonie_arome_europe: [39.7, -25.2, 62.6, 38.8],
  dmi_harmonie_arome_europe: [39.7, -25.4, 62.7, 40],
  metno_nordic: [52.3, -1.9, 73.9, 41.7],
  ncep_hrrr_conus: [21.2, -134, 52.6, -61],
  ncep_nbm_conus: [19.3, -138.3, 57, -59.1],
  ncep_nam_conus: [21.2, -134, 52.6, -61],
  cmc_gem_rdps: [18.2, -180, 90, 0],
  cmc_gem_hrdps: [39.6, -152, 70.6, -40.7],
  cmc_gem_hrdps_west: [46, -134, 62, -110],
  kma_ldps: [32.3, 121.8, 43.2, 132.5],
  italia_meteo_arpae_icon_2i: [33.7, 3, 48.9, 22],
  knmi_harmonie_arome_netherlands: [49, 0, 56, 11.3],
  meteoswiss_icon_ch1: [42, 0, 50, 17],
  meteoswiss_icon_ch2: [42, 0, 50, 17],
  geosphere_arome_austria: [43, 5.5, 51.8, 22.1],
};

/** Names that came later; they stand behind the others, whose weather must not change. */
const LATER = `
  ecmwf_ifs_analysis_long_window ncep_gfs_seamless ncep_gfs_global ncep_gfs_graphcast025 ncep_aigfs025
  ncep_hgefs025_ensemble_mean cmc_gem_seamless cmc_gem_gdps meteofrance_currents dwd_ewam dwd_gwam ecmwf_wam
  ecmwf_wam025 ncep_gfswave016 ecmwf_seasonal_seamless ecmwf_seas5 ecmwf_ec46
  ecmwf_seasonal_ensemble_mean_seamless ecmwf_seas5_ensemble_mean ecmwf_ec46_ensemble_mean
  meteoswiss_icon_seamless geosphere_seamless
`
  .trim()
  .split(/\s+/);

const DEFAULT_CELL = 0.1;
const REGIONAL_CELL = 0.02;
const CELLS: Readonly<Record<string, number>> = {
  era5: 0.25,
  era5_ensemble: 0.5,
  icon_global: 0.125,
  ecmwf_ifs025: 0.25,
  icon_eu: 0.0625,
};
const DEFAULT_DELAY = 2;
const ERA5_DELAY = 6;

function describe(name: string, variant: number): [string, Model] {
  const region = REGIONAL[name];
  const cell = CELLS[name] ?? (region ? REGIONAL_CELL : DEFAULT_CELL);
  const delayDays = name.startsWith('era5') ? ERA5_DELAY : DEFAULT_DELAY;
  return [name, { name, cell, delayDays, variant, ...(region && { region }) }];
}

export const MODELS: ReadonlyMap<string, Model> = new Map(
  [...new Set([...GLOBAL, ...Object.keys(REGIONAL), ...LATER, ...ENSEMBLE_MODELS])].map(describe),
);
export const BEST_MATCH: Model = MODELS.get('best_match') as Model;

/** Whether the model's grid holds the point (degrees). */
export function covers({ region }: Model, latitude: number, longitude: number): boolean {
  if (!region) return true;
  const [south, west, north, east] = region;
  return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
}
