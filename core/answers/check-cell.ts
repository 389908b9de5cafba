import type { RequestLocation } from '../model/request';
import { type AnsweringModels, cellBoundDegrees, degreesApart } from './cell-distance';
import { contractError } from './contract-error';
import type { MatchedLocation } from './match-answer';

const LOWEST_ELEVATION = -500;
const HIGHEST_ELEVATION = 9_000;

type Match = MatchedLocation<Pick<RequestLocation, 'id' | 'latitude' | 'longitude'>>;

/**
 * Holds the cells of an answer to the places that were asked for. A coordinate that is null is taken to be the right one.
 *
 * @throws SourceContractError when a cell lies farther from its place than the API can move it, or no land is so high
 */
export function checkCells(matches: readonly Match[], source: AnsweringModels): void {
  const bound = cellBoundDegrees(source);
  const far = matches.filter((match) => distanceOf(match) > bound);
  if (far.length > 0) throw tooFar(far, matches.length, source);
  for (const match of matches) checkElevation(match);
}

function distanceOf({ location, decoded }: Match): number {
  return degreesApart(location, {
    latitude: decoded.latitude ?? location.latitude,
    longitude: decoded.longitude ?? location.longitude,
  });
}

function tooFar(far: readonly Match[], count: number, source: AnsweringModels): Error {
  const [first] = far;
  const { location, decoded } = first!;
  const others = far.length === 1 ? '' : `, as for ${far.length} of ${count} locations`;
  return contractError({
    message: `the answer's grid cell is not near the place asked for, ${location.latitude}, ${location.longitude}${others}: the ${source.api} API answers from within ${cellBoundDegrees(source)} degrees. The answer is another place's; ask again, and see that the address is that of the source`,
    location: location.id,
    received: `${decoded.latitude ?? 'no latitude'}, ${decoded.longitude ?? 'no longitude'}`,
  });
}

/** @throws SourceContractError when no land is so high or so low */
export function checkElevation({ location, decoded: { elevation } }: Match): void {
  if (elevation === undefined || (elevation >= LOWEST_ELEVATION && elevation <= HIGHEST_ELEVATION)) return;
  throw contractError({
    message: `the elevation must be ${LOWEST_ELEVATION} to ${HIGHEST_ELEVATION} m, as all land is; ask again, or give the location an elevation`,
    location: location.id,
    column: 'elevation',
    received: String(elevation),
  });
}
