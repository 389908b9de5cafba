import { badRequest, REASONS, tooManyLocations, unequalCounts, unknownValue } from './refusal';
import { findZone, GMT, type Zone } from './zone';

/** Parameters of a request, lists still joined by commas. */
export type Parameters = Readonly<Record<string, string>>;

/** A coordinate as asked for. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  /** Given by the caller, NaN to switch it off; looked up when absent. */
  readonly elevation: number | undefined;
  /** The position, counted from 0, when the caller names none. */
  readonly locationId: number;
  readonly zone: Zone;
}

export function list(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((entry) => entry !== '');
}

function numbers(text: string | undefined): number[] {
  return list(text).map((entry) => {
    const value = /^nan$/i.test(entry) ? NaN : Number(entry);
    if (Number.isNaN(value) && !/^nan$/i.test(entry)) throw unknownValue('Float', entry);
    return value;
  });
}

/**
 * @param now milliseconds since the epoch
 * @throws Refusal 400
 */
export function readPlaces(parameters: Parameters, now: number, limit: number): Place[] {
  const latitudes = numbers(parameters.latitude);
  const longitudes = numbers(parameters.longitude);
  if (latitudes.length !== longitudes.length) throw unequalCounts('latitude', "'longitude'");
  if (latitudes.length === 0) throw badRequest("Parameter 'latitude' and 'longitude' must not be empty");
  if (latitudes.length > limit) throw tooManyLocations(limit);
  const elevations = matching('elevation', numbers(parameters.elevation), latitudes.length);
  const ids = matching('location_id', numbers(parameters.location_id), latitudes.length);
  const zones = zoneNames(parameters, latitudes.length);
  return latitudes.map((latitude, index) => {
    const longitude = longitudes[index]!;
    checkCoordinates(latitude, longitude);
    const zone = zones.length === 0 ? GMT : findZone(zones[index] ?? zones[0]!, longitude, now);
    return { latitude, longitude, elevation: elevations[index], locationId: ids[index] ?? index, zone };
  });
}

function matching(parameter: string, values: number[], count: number): number[] {
  if (values.length !== 0 && values.length !== count) throw unequalCounts(parameter, 'coordinates');
  return values;
}

function zoneNames({ timezone }: Parameters, count: number): string[] {
  const names = list(timezone);
  if (timezone !== undefined && names.length === 0) throw badRequest(REASONS.timezone);
  if (names.length > 1 && names.length !== count) throw unequalCounts('timezone', 'coordinates');
  return names;
}

function checkCoordinates(latitude: number, longitude: number): void {
  const given = (value: number) => `Given: ${Number.isInteger(value) ? value.toFixed(1) : value}.`;
  if (!(Math.abs(latitude) <= 90))
    throw badRequest(`Latitude must be in range of -90 to 90°. ${given(latitude)}`);
  if (!(Math.abs(longitude) <= 180)) {
    throw badRequest(`Longitude must be in range of -180 to 180°. ${given(longitude)}`);
  }
}
