import type { DecodedLocation } from '../decode/answer';
import type { Location, Pipeline } from '../pipeline/pipeline';
import { cellReachDegrees, coarsestCellDegrees, degreesApart } from './cell-distance';
import { contractError } from './contract-error';
import { type MatchedLocation, saysWhere } from './match-answer';
import { readIds } from './recorded-ids';

type RecordedPipeline = Pick<Pipeline, 'locations' | 'recorded' | 'source'>;
type Match = MatchedLocation<Location>;

/** Degrees that a cell may lie from its location whatever the API: files do not say which one answered. */
const LEAST_TOLERANCE_DEGREES = 0.75;
/** A location is about as near as the nearest one when it is less than this many times as far. */
const ABOUT_EQUAL = 2;

/**
 * Elements of an answer that no request document tells of: by `location_id`, where the ids can be those of this pipeline
 * alone, else by nearness, where one location alone is near.
 *
 * @throws SourceContractError when an element has no coordinates and the pipeline names no location for it, when no
 * location is near or several are, or when two elements are about one location
 */
export function matchRecorded(answer: readonly DecodedLocation[], pipeline: RecordedPipeline): Match[] {
  const isNear = (decoded: DecodedLocation, location: Location) =>
    distanceTo(decoded, location) <= boundOf(pipeline);
  const byId = readIds(answer, pipeline.locations, isNear);
  if (byId !== undefined) return byId;
  const taken = new Set<string>();
  return answer.map((decoded) => {
    const location = locate(decoded, answer, pipeline);
    if (taken.has(location.id)) throw secondElement(location);
    taken.add(location.id);
    return { location, decoded };
  });
}

function secondElement({ id }: Location): Error {
  return contractError({
    message:
      'a second element of the answer is nearest to this location; give the pipeline the location that it is about, or take one of the two out of the file',
    location: id,
  });
}

/** Either source of the pipeline may have given the answer. */
function sourcesOf({ source }: RecordedPipeline) {
  return [source, ...(source.history === undefined ? [] : [source.history])];
}

function boundOf(pipeline: RecordedPipeline): number {
  return Math.max(LEAST_TOLERANCE_DEGREES, ...sourcesOf(pipeline).map(cellReachDegrees));
}

/** Zero where the element does not say where it lies. */
function distanceTo({ latitude, longitude }: DecodedLocation, location: Location): number {
  return degreesApart(location, {
    latitude: latitude ?? location.latitude,
    longitude: longitude ?? location.longitude,
  });
}

function locate(
  decoded: DecodedLocation,
  answer: readonly DecodedLocation[],
  pipeline: RecordedPipeline,
): Location {
  const { locations, recorded } = pipeline;
  const named = locations.find(({ id }) => id === recorded.location);
  if (!saysWhere(decoded)) return named ?? onlyLocation(decoded, answer, locations);
  const near = nearLocations(decoded, pipeline);
  const [nearest, ...rivals] = near;
  if (nearest === undefined) throw noneNear(decoded, pipeline);
  if (rivals.length === 0) return nearest;
  if (named !== undefined && near.includes(named)) return named;
  throw severalNear(decoded, near);
}

/** A bare block says nothing at all, so its location has to be named even where there is one alone. */
function onlyLocation(
  { index, utcOffsetSeconds }: DecodedLocation,
  answer: readonly DecodedLocation[],
  locations: readonly Location[],
): Location {
  const [only, ...others] = locations;
  const isAlone = only !== undefined && others.length === 0 && answer.length === 1;
  if (isAlone && utcOffsetSeconds !== undefined) return only;
  throw contractError({
    message: `element ${index} has no coordinates; name its location under recorded.location in the pipeline`,
  });
}

/**
 * The nearest location and, behind it, those that the element may as well be about: they may lie in its cell, or are
 * about equally near.
 */
function nearLocations(decoded: DecodedLocation, pipeline: RecordedPipeline): Location[] {
  const ranked = pipeline.locations
    .map((location) => ({ location, distance: distanceTo(decoded, location) }))
    .filter(({ distance }) => distance <= boundOf(pipeline))
    .sort((a, b) => a.distance - b.distance);
  const halfCell = Math.max(...sourcesOf(pipeline).map(coarsestCellDegrees)) / 2;
  const reach = Math.max(halfCell, ABOUT_EQUAL * (ranked[0]?.distance ?? 0));
  return ranked
    .filter(({ distance }, rank) => rank === 0 || distance <= reach)
    .map(({ location }) => location);
}

function noneNear({ latitude, longitude }: DecodedLocation, pipeline: RecordedPipeline): Error {
  return contractError({
    message: `no location of the pipeline lies within ${boundOf(pipeline)} degrees; add one, or replay with the pipeline that the file belongs to`,
    received: `${latitude}, ${longitude}`,
  });
}

function severalNear({ index, latitude, longitude }: DecodedLocation, near: readonly Location[]): Error {
  const names = near.map(({ id }) => id).join(', ');
  return contractError({
    message: `element ${index} may be about any of ${near.length} locations: ${names}. Replay it in a file of its own, with a pipeline that names its location under recorded.location, or from the raw folder with its .request.json beside it`,
    received: `${latitude}, ${longitude}`,
  });
}
