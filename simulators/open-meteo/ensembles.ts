import type { Api } from './apis';

interface Named {
  readonly name: string;
}

/** Series of each model of the ensemble API, the control run among them. */
const ENSEMBLE_SERIES: ReadonlyMap<string, number> = new Map([
  ...series(51, 'ecmwf_ifs025 ecmwf_ifs025_ensemble ecmwf_ifs04 ecmwf_aifs025 ecmwf_aifs025_ensemble'),
  ...series(40, 'icon_seamless icon_global icon_eu icon_seamless_eps icon_global_eps icon_eu_eps'),
  ...series(40, 'dwd_icon_seamless_eps dwd_icon_global_eps dwd_icon_eu_eps'),
  ...series(31, 'gfs_seamless gfs025 gfs05 ncep_gefs_seamless ncep_gefs025 ncep_gefs05 ncep_aigefs025'),
  ...series(
    21,
    'gem_global gem_global_ensemble cmc_gem_geps meteoswiss_icon_ch2 meteoswiss_icon_ch2_ensemble',
  ),
  ...series(20, 'icon_d2 icon_d2_eps dwd_icon_d2_eps'),
  ...series(18, 'bom_access_global bom_access_global_ensemble ukmo_global_ensemble_20km'),
  ...series(11, 'meteoswiss_icon_ch1 meteoswiss_icon_ch1_ensemble'),
  ...series(3, 'ukmo_uk_ensemble_2km'),
]);

export const ENSEMBLE_MODELS: readonly string[] = [...ENSEMBLE_SERIES.keys()];

function series(count: number, models: string): [string, number][] {
  return models.split(' ').map((model) => [model, count]);
}

/** Columns that an answer has for each variable of a model: the control run and the members. */
export function seriesOf({ name, members }: Api, model: Named): number {
  return (name === 'ensemble' ? ENSEMBLE_SERIES.get(model.name) : undefined) ?? members + 1;
}

/** What the quota multiplies the variables by: the models, on the ensemble API the series of each. */
export function seriesCounted(api: Api, models: readonly Named[]): number {
  if (api.name !== 'ensemble') return models.length;
  return models.reduce((sum, model) => sum + seriesOf(api, model), 0);
}
