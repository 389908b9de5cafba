import { API_NAMES, type ApiName } from './source';

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

const FORECAST = names(`
  best_match ecmwf_ifs ecmwf_ifs025 ecmwf_aifs025_single cma_grapes_global bom_access_global
  ncep_gfs_seamless ncep_gfs_global ncep_hrrr_conus ncep_nbm_conus ncep_nam_conus ncep_gfs_graphcast025
  ncep_aigfs025 ncep_hgefs025_ensemble_mean jma_seamless jma_msm jma_gsm kma_seamless kma_ldps kma_gdps
  icon_seamless icon_global icon_eu icon_d2 cmc_gem_seamless cmc_gem_gdps cmc_gem_rdps cmc_gem_hrdps
  cmc_gem_hrdps_west meteofrance_seamless meteofrance_arpege_world meteofrance_arpege_europe
  meteofrance_arome_france meteofrance_arome_france_hd italia_meteo_arpae_icon_2i metno_seamless metno_nordic
  knmi_seamless knmi_harmonie_arome_europe knmi_harmonie_arome_netherlands dmi_seamless
  dmi_harmonie_arome_europe ukmo_seamless ukmo_global_deterministic_10km ukmo_uk_deterministic_2km
  meteoswiss_icon_seamless meteoswiss_icon_ch1 meteoswiss_icon_ch2 geosphere_seamless geosphere_arome_austria
  gfs_seamless gfs_global gfs_hrrr gfs_graphcast025 gem_seamless gem_global gem_regional gem_hrdps_continental
  ecmwf_ifs04 ecmwf_aifs025
`);

/**
 * Weather models by the API that serves them, spelt as the source compares them: exactly. Source: the published API
 * descriptions, and names that they no longer list but recorded answers have.
 */
export const KNOWN_MODELS: Readonly<Record<ApiName, readonly string[]>> = {
  forecast: FORECAST,
  archive: names(
    'best_match era5_seamless era5 era5_land ecmwf_ifs cerra era5_ensemble ecmwf_ifs_analysis_long_window',
  ),
  'historical-forecast': FORECAST,
  'air-quality': names('cams_europe cams_global'),
  marine: names(`
    best_match meteofrance_wave meteofrance_currents dwd_ewam dwd_gwam ecmwf_wam ecmwf_wam025 ncep_gfswave025
    ncep_gfswave016 era5_ocean ewam gwam
  `),
  climate: names(
    'CMCC_CM2_VHR4 FGOALS_f3_H HiRAM_SIT_HR MRI_AGCM3_2_S EC_Earth3P_HR MPI_ESM1_2_XR NICAM16_8S',
  ),
  flood: names('seamless_v4 forecast_v4 consolidated_v4 seamless_v3 forecast_v3 consolidated_v3'),
  ensemble: names(`
    dwd_icon_seamless_eps dwd_icon_global_eps dwd_icon_eu_eps dwd_icon_d2_eps ncep_gefs_seamless ncep_gefs025
    ncep_gefs05 ncep_aigefs025 ecmwf_ifs025_ensemble ecmwf_aifs025_ensemble cmc_gem_geps
    bom_access_global_ensemble ukmo_global_ensemble_20km ukmo_uk_ensemble_2km meteoswiss_icon_ch1_ensemble
    meteoswiss_icon_ch2_ensemble icon_seamless_eps icon_global_eps icon_eu_eps icon_d2_eps icon_seamless
    icon_global icon_eu icon_d2 gfs_seamless gfs025 gfs05 ecmwf_ifs025 ecmwf_ifs04 ecmwf_aifs025 gem_global
    gem_global_ensemble bom_access_global meteoswiss_icon_ch1 meteoswiss_icon_ch2
  `),
  seasonal: names(`
    best_match ecmwf_seasonal_seamless ecmwf_seas5 ecmwf_ec46 ecmwf_seasonal_ensemble_mean_seamless
    ecmwf_seas5_ensemble_mean ecmwf_ec46_ensemble_mean
  `),
};

const ALL_MODELS: ReadonlySet<string> = new Set(Object.values(KNOWN_MODELS).flat());

/** APIs that are known to serve a model of exactly this name. */
export function apisOfModel(model: string): ApiName[] {
  return API_NAMES.filter((api) => KNOWN_MODELS[api].includes(model));
}

/** The longest name of a known model that a column's name ends in, after an underscore. */
export function modelSuffix(column: string): string | undefined {
  const parts = column.split('_');
  for (let from = 1; from < parts.length; from++) {
    const ending = parts.slice(from).join('_');
    if (ALL_MODELS.has(ending)) return ending;
  }
  return undefined;
}
