import type { Position } from '../model/position';
import type { ApiName } from '../model/source';

/** Degrees between two cells of the coarsest grid that an API answers from. Source: its models' published grids. */
const COARSEST_CELL_DEGREES: Readonly<Record<ApiName, number>> = {
  forecast: 0.5,
  archive: 0.25,
  'historical-forecast': 0.5,
  'air-quality': 0.4,
  marine: 0.5,
  climate: 0.5,
  flood: 0.1,
  ensemble: 0.5,
  seasonal: 1,
};

/** Of models that are coarser than those which their API answers from unless they are named. */
const COARSER_CELL_DEGREES: Readonly<Record<string, number>> = { era5_ensemble: 0.5 };

/** Beyond it meridians lie so close, and grids so differently, that longitudes do not compare. */
const POLAR_LATITUDE = 75;

/** The server searches the 3 x 3 cells around the nearest one, whose centre lies half a cell away at most. */
const SEARCHED_CELLS = 1.5;
const SAFETY_FACTOR = 2;

/** Whose grids an answer comes from. */
export interface AnsweringModels {
  readonly api: ApiName;
  /** Empty: the API's own choice. */
  readonly models: readonly string[];
}

/** Degrees that the cell of an answer may lie from its place: twice what the API's grid and search can move it. */
export function cellBoundDegrees(source: AnsweringModels): number {
  return SAFETY_FACTOR * cellReachDegrees(source);
}

/** Degrees that the API's grid and search can move a cell from its place. */
export function cellReachDegrees(source: AnsweringModels): number {
  return SEARCHED_CELLS * coarsestCellDegrees(source);
}

/** Degrees between two cells of the coarsest grid that may answer. */
export function coarsestCellDegrees({ api, models }: AnsweringModels): number {
  return Math.max(COARSEST_CELL_DEGREES[api], ...models.map((model) => COARSER_CELL_DEGREES[model] ?? 0));
}

/**
 * Degrees between two positions: the larger of the differences in latitude and longitude, near a pole the arc between
 * them where that is shorter. Longitudes wrap. Infinite when one of them is no position on Earth.
 */
export function degreesApart(a: Position, b: Position): number {
  if (!isOnEarth(a) || !isOnEarth(b)) return Number.POSITIVE_INFINITY;
  const turn = Math.abs(a.longitude - b.longitude) % 360;
  const east = Math.min(turn, 360 - turn);
  const apart = Math.max(Math.abs(a.latitude - b.latitude), east);
  const isPolar = Math.max(Math.abs(a.latitude), Math.abs(b.latitude)) > POLAR_LATITUDE;
  return isPolar ? Math.min(apart, arcDegrees(a, b)) : apart;
}

/** Longitudes up to 360 are another way to write western ones. */
function isOnEarth({ latitude, longitude }: Position): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360;
}

/** Angle of the great circle between two positions, by the haversine formula. */
function arcDegrees(a: Position, b: Position): number {
  const haversine = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const meridians = Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude));
  const share = haversine(a.latitude - b.latitude) + meridians * haversine(a.longitude - b.longitude);
  return (2 * Math.asin(Math.min(1, Math.sqrt(share))) * 180) / Math.PI;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
