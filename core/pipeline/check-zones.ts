import type { ConfigProblem } from '../errors';
import { isTimezone } from '../time/zone';
import { ZONE_MESSAGE } from './location-schema';
import type { LocationPart } from './pipeline-parts';

/** Apart from the schema, since the first look at a zone costs more than reading the whole file. */
export function checkZones(locations: readonly LocationPart[]): ConfigProblem[] {
  return locations.flatMap(({ timezone }, index) => {
    if (timezone === undefined || isTimezone(timezone)) return [];
    return [
      {
        path: `locations[${index}].timezone`,
        message: ZONE_MESSAGE,
        received: JSON.stringify(timezone),
      },
    ];
  });
}
