import type { Position } from './position';

/** South, west, north and east edge in degrees. */
export type Region = readonly [south: number, west: number, north: number, east: number];

/**
 * Boxes around the grids of regional models, rounded outward: a place outside is surely not covered, while one inside
 * may not be, since some grids are no rectangles of latitude and longitude. Source: the grids as the weather services
 * publish them. Models that are not listed may cover any place.
 */
export const MODEL_REGIONS: Readonly<Record<string, Region>> = {
  icon_eu: [29.5, -23.5, 70.5, 62.5],
  icon_d2: [43.1, -4, 58.1, 20.4],
  gfs_hrrr: [21.1, -134.2, 52.7, -60.9],
  ncep_hrrr_conus: [21.1, -134.2, 52.7, -60.9],
  gem_hrdps_continental: [39.5, -152.8, 70.7, -40.7],
  cmc_gem_hrdps: [39.5, -152.8, 70.7, -40.7],
  jma_msm: [22.4, 120, 47.6, 150],
  meteofrance_arpege_europe: [20, -32, 72, 42],
  meteofrance_arome_france: [37.5, -12, 55.4, 16],
  meteofrance_arome_france_hd: [37.5, -12, 55.4, 16],
};

/** Whether the place lies outside the grid of a model that is known to be regional. */
export function isOutsideModel(model: string, { latitude, longitude }: Position): boolean {
  const region = MODEL_REGIONS[model];
  if (region === undefined) return false;
  const [south, west, north, east] = region;
  return latitude < south || latitude > north || longitude < west || longitude > east;
}
