import type { DecodedLocation } from '../decode/answer';
import type { RequestLocation } from '../model/request';
import { contractError } from './contract-error';

/** An element of the answer and the location it is about. */
export interface MatchedLocation<L> {
  readonly location: L;
  readonly decoded: DecodedLocation;
}

/** In an error. */
const PLACES_NAMED = 3;

type Matches = MatchedLocation<RequestLocation>[];

/**
 * By the `location_id` sent, or in the order of the request where no element has one.
 *
 * @throws SourceContractError when an id is missing, was not asked for, or is there twice, or a coordinate is left out
 */
export function matchAnswer(
  answer: readonly DecodedLocation[],
  asked: readonly RequestLocation[],
): MatchedLocation<RequestLocation>[] {
  if (answer.length !== asked.length) {
    throw contractError({
      message: `${asked.length} locations were asked for`,
      received: `${answer.length}`,
    });
  }
  for (const decoded of answer) requireCell(decoded);
  return answer.every(({ locationId }) => locationId === undefined)
    ? matchByOrder(answer, asked)
    : matchByNumber(answer, asked);
}

/** The source writes both coordinates into every element, null where it does not know them. */
function requireCell({ index, locationId, latitude, longitude }: DecodedLocation): void {
  if (latitude !== undefined && longitude !== undefined) return;
  throw contractError({
    message: `element ${index}${locationId === undefined ? '' : ` (location_id ${locationId})`} does not say where its grid cell lies; see that the address is that of the source`,
    column: latitude === undefined ? 'latitude' : 'longitude',
    received: 'nothing',
  });
}

/** Whether an element tells both coordinates of its grid cell. */
export function saysWhere({ latitude, longitude }: DecodedLocation): boolean {
  return typeof latitude === 'number' && typeof longitude === 'number';
}

function matchByNumber(answer: readonly DecodedLocation[], asked: readonly RequestLocation[]): Matches {
  const byNumber = new Map(asked.map((location) => [location.number, location]));
  return answer.map((decoded) => {
    const location = byNumber.get(decoded.locationId ?? 0);
    if (location === undefined) {
      const named = new Set(answer.map(({ locationId }) => locationId));
      const unnamed = asked.filter(({ number }) => !named.has(number));
      throw notAsked(decoded, unnamed);
    }
    byNumber.delete(location.number);
    return { location, decoded };
  });
}

/** @param unnamed locations that no element names */
function notAsked(
  { index, locationId, latitude, longitude }: DecodedLocation,
  unnamed: readonly RequestLocation[],
): Error {
  const places = unnamed
    .slice(0, PLACES_NAMED)
    .map((one) => `${one.id} at ${one.latitude}, ${one.longitude}`);
  const missing = places.length === 0 ? '' : `; no element names ${places.join(' or ')}`;
  return contractError({
    message: `element ${index}, whose grid cell lies at ${latitude ?? 'no latitude'}, ${longitude ?? 'no longitude'}, is not a location that was asked for, or there twice${missing}`,
    column: 'location_id',
    received: String(locationId ?? 'none'),
  });
}

/** One of several elements without an id must say where it lies, or nothing would tell that the order is right. */
function matchByOrder(answer: readonly DecodedLocation[], asked: readonly RequestLocation[]): Matches {
  return answer.map((decoded, index) => {
    if (answer.length > 1 && !saysWhere(decoded)) {
      throw contractError({
        message: `element ${decoded.index} has neither an id nor coordinates, so nothing says whose it is`,
        column: 'location_id',
        received: 'none',
      });
    }
    return { location: asked[index]!, decoded };
  });
}

/**
 * An answer that was taken from a file, by the request document that was written when it was taken: its locations are
 * those of the elements, in their order.
 *
 * @throws SourceContractError when there are more or fewer
 */
export function matchKept(
  elements: readonly DecodedLocation[],
  { locations }: { readonly locations: readonly RequestLocation[] },
): MatchedLocation<RequestLocation>[] {
  if (elements.length === locations.length)
    return elements.map((decoded, index) => ({ location: locations[index]!, decoded }));
  throw contractError({
    message: `the request document names ${locations.length} locations`,
    received: String(elements.length),
  });
}
