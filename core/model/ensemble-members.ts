import type { ApiName } from './source';

interface Ensemble {
  /** Series of each variable: the members, the control run among them. */
  readonly series: number;
  readonly models: readonly string[];
}

const ensemble = (series: number, models: string): Ensemble => ({ series, models: models.split(' ') });

const ENSEMBLES: readonly Ensemble[] = [
  ensemble(51, 'ecmwf_ifs025 ecmwf_ifs025_ensemble ecmwf_ifs04 ecmwf_aifs025 ecmwf_aifs025_ensemble'),
  ensemble(40, 'icon_seamless icon_seamless_eps dwd_icon_seamless_eps icon_global icon_global_eps'),
  ensemble(40, 'dwd_icon_global_eps icon_eu icon_eu_eps dwd_icon_eu_eps'),
  ensemble(31, 'gfs_seamless gfs025 gfs05 ncep_gefs_seamless ncep_gefs025 ncep_gefs05 ncep_aigefs025'),
  ensemble(21, 'gem_global gem_global_ensemble cmc_gem_geps'),
  ensemble(21, 'meteoswiss_icon_ch2 meteoswiss_icon_ch2_ensemble'),
  ensemble(20, 'icon_d2 icon_d2_eps dwd_icon_d2_eps'),
  ensemble(18, 'bom_access_global bom_access_global_ensemble'),
  ensemble(18, 'ukmo_global_ensemble_20km'),
  ensemble(11, 'meteoswiss_icon_ch1 meteoswiss_icon_ch1_ensemble'),
  ensemble(3, 'ukmo_uk_ensemble_2km'),
];

const MEMBERS: ReadonlyMap<string, number> = new Map(
  ENSEMBLES.flatMap(({ series, models }) => models.map((model) => [model, series])),
);

/** What an answer with so many series of each variable most likely is of. Other numbers are those of several centres. */
const MODEL_BY_SERIES: ReadonlyMap<number, string> = new Map([
  [51, 'ecmwf_ifs025'],
  [40, 'icon_seamless'],
  [31, 'gfs_seamless'],
  [20, 'icon_d2'],
]);

/** Of a model that is not known: as many as the largest known one has, so that its weight is not counted too low. */
export const MEMBERS_OF_UNKNOWN_MODEL = Math.max(...MEMBERS.values());

/**
 * Series that the source reads for each variable: one per model, and on the ensemble API one per member of each model.
 * Without a model the API chooses one.
 */
export function seriesPerVariable(api: ApiName, models: readonly string[]): number {
  if (api !== 'ensemble' || models.length === 0) return Math.max(1, models.length);
  return models.reduce((sum, model) => sum + membersOf(model), 0);
}

/** The model that an answer with so many series is most likely of; `undefined` where the number tells too little. */
export function likelyModel(series: number): string | undefined {
  return MODEL_BY_SERIES.get(series);
}

function membersOf(model: string): number {
  return MEMBERS.get(model) ?? MEMBERS_OF_UNKNOWN_MODEL;
}
