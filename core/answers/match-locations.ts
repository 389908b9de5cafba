import type { DecodedLocation } from '../decode/answer';
import type { RequestLocation } from '../model/request';
import type { Location, RecordedSettings } from '../pipeline/pipeline';
import { contractError } from './contract-error';

/** Degrees that a grid cell may lie from the point asked for; the coarsest models have cells of one degree. */
const GRID_TOLERANCE_DEGREES = 0.75;

/** An element of the answer and the location it is about. */
export interface MatchedLocation<L> {
  readonly location: L;
  readonly decoded: DecodedLocation;
}

/** By the `location_id` sent. @throws SourceContractError when one is missing, unasked for, or there twice */
export function matchByNumber(
  answer: readonly DecodedLocation[],
  asked: readonly RequestLocation[],
): MatchedLocation<RequestLocation>[] {
  if (answer.length !== asked.length) {
    throw contractError({
      message: `${asked.length} locations were asked for`,
      received: `${answer.length}`,
    });
  }
  const byNumber = new Map(asked.map((location) => [location.number, location]));
  return answer.map((decoded) => {
    const location = byNumber.get(decoded.locationId ?? 0);
    if (location === undefined) {
      throw contractError({
        message: `element ${decoded.index} is not a location that was asked for, or there twice`,
        column: 'location_id',
        received: String(decoded.locationId ?? 'none'),
      });
    }
    byNumber.delete(location.number);
    return { location, decoded };
  });
}

/**
 * By coordinates, for recorded answers: the nearest location within a grid cell's distance.
 *
 * @throws SourceContractError when an element has no coordinates and the pipeline names no location for it, when no
 * location is near, or when two elements are about one location
 */
export function matchByCoordinates(
  answer: readonly DecodedLocation[],
  locations: readonly Location[],
  recorded: RecordedSettings,
): MatchedLocation<Location>[] {
  const taken = new Set<string>();
  return answer.map((decoded) => {
    const location = locate(decoded, locations, recorded);
    if (taken.has(location.id)) {
      throw contractError({
        message: `a second element of the answer is nearest to this location; replay the locations one file each`,
        location: location.id,
      });
    }
    taken.add(location.id);
    return { location, decoded };
  });
}

function locate(
  decoded: DecodedLocation,
  locations: readonly Location[],
  recorded: RecordedSettings,
): Location {
  const { latitude, longitude, index } = decoded;
  if (latitude === undefined || longitude === undefined) {
    const named = locations.find(({ id }) => id === recorded.location);
    if (named !== undefined) return named;
    throw contractError({
      message: `element ${index} has no coordinates; name its location under recorded.location in the pipeline`,
    });
  }
  const nearest = locations
    .map((location) => ({ location, distance: degreesApart(location, { latitude, longitude }) }))
    .reduce((best, next) => (next.distance < best.distance ? next : best));
  if (nearest.distance <= GRID_TOLERANCE_DEGREES) return nearest.location;
  throw contractError({
    message: `no location of the pipeline lies within ${GRID_TOLERANCE_DEGREES} degrees; add one, or replay with the pipeline that the file belongs to`,
    received: `${latitude}, ${longitude}`,
  });
}

interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

function degreesApart(a: Coordinates, b: Coordinates): number {
  const turn = Math.abs(a.longitude - b.longitude) % 360;
  return Math.max(Math.abs(a.latitude - b.latitude), Math.min(turn, 360 - turn));
}
