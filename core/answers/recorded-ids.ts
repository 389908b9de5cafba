import type { DecodedLocation } from '../decode/answer';
import type { Location } from '../pipeline/pipeline';
import type { MatchedLocation } from './match-answer';

type IsNear = (decoded: DecodedLocation, location: Location) => boolean;

/**
 * The locations that the ids of a recorded answer name; `undefined` when the ids do not tell. The source counts the
 * elements of a request from 0 and leaves out the 0; this project's requests number the pipeline's locations from 1.
 */
export function readIds(
  answer: readonly DecodedLocation[],
  locations: readonly Location[],
  isNear: IsNear,
): MatchedLocation<Location>[] | undefined {
  const positions = pickAll(answer, isNear, ({ locationId = 0 }) => locations[locationId]);
  const numbers = pickAll(answer, isNear, ({ locationId = 0 }) => locations[locationId - 1]);
  // Positions in a request say something of the pipeline only where the request was for all of its locations.
  if (isWhole(answer, locations)) return positions;
  return positions === undefined ? numbers : undefined;
}

function isWhole(answer: readonly DecodedLocation[], locations: readonly Location[]): boolean {
  return (
    answer.length > 1 &&
    answer.length === locations.length &&
    answer.some(({ locationId }) => locationId !== undefined) &&
    answer.some(({ locationId = 0 }) => locationId === 0)
  );
}

/** Every element's location, where each has one of its own and is near to it. */
function pickAll(
  answer: readonly DecodedLocation[],
  isNear: IsNear,
  pick: (decoded: DecodedLocation) => Location | undefined,
): MatchedLocation<Location>[] | undefined {
  const matches: MatchedLocation<Location>[] = [];
  const taken = new Set<Location>();
  for (const decoded of answer) {
    const location = pick(decoded);
    if (location === undefined || taken.has(location) || !isNear(decoded, location)) return undefined;
    taken.add(location);
    matches.push({ location, decoded });
  }
  return matches;
}
