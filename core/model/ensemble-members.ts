import type { ApiName } from './source';

/** Members of each model of the ensemble API, the control run among them. */
const MEMBERS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      [51, 'ecmwf_ifs025 ecmwf_ifs025_ensemble ecmwf_ifs04 ecmwf_aifs025 ecmwf_aifs025_ensemble'],
      [
        40,
        'icon_seamless icon_seamless_eps dwd_icon_seamless_eps icon_global icon_global_eps dwd_icon_global_eps icon_eu icon_eu_eps dwd_icon_eu_eps',
      ],
      [31, 'gfs_seamless gfs025 gfs05 ncep_gefs_seamless ncep_gefs025 ncep_gefs05 ncep_aigefs025'],
      [21, 'gem_global gem_global_ensemble cmc_gem_geps meteoswiss_icon_ch2 meteoswiss_icon_ch2_ensemble'],
      [20, 'icon_d2 icon_d2_eps dwd_icon_d2_eps'],
      [18, 'bom_access_global bom_access_global_ensemble ukmo_global_ensemble_20km'],
      [11, 'meteoswiss_icon_ch1 meteoswiss_icon_ch1_ensemble'],
      [3, 'ukmo_uk_ensemble_2km'],
    ] as const
  ).flatMap(([members, models]) => models.split(' ').map((model) => [model, members])),
);

/** Of a model that is not known: as many as the largest known one has, so that its weight is not counted too low. */
export const MEMBERS_OF_UNKNOWN_MODEL = Math.max(...Object.values(MEMBERS));

/**
 * Series that the source reads for each variable: one per model, and on the ensemble API one per member of each model.
 * Without a model the API chooses one.
 */
export function seriesPerVariable(api: ApiName, models: readonly string[]): number {
  if (api !== 'ensemble' || models.length === 0) return Math.max(1, models.length);
  return models.reduce((sum, model) => sum + membersOf(model), 0);
}

function membersOf(model: string): number {
  return Object.hasOwn(MEMBERS, model) ? MEMBERS[model]! : MEMBERS_OF_UNKNOWN_MODEL;
}
