import type { ConfigProblem } from '../errors';
import { chunksOf } from '../planning/chunks';
import { type Pipeline, requestedSections } from './pipeline';

/**
 * One request says the elevation of all its locations or of none: its list has no word for "look it up". What a chunk of
 * locations lacks is told once, at the first that lacks it.
 */
export function elevationAdvice(pipeline: Pipeline): ConfigProblem[] {
  if (requestedSections(pipeline).length === 0) return [];
  return chunksOf(pipeline).flatMap(({ locations }) => {
    const lacking = locations.filter(({ elevation }) => elevation === undefined);
    const [first] = lacking;
    if (first === undefined || lacking.length === locations.length) return [];
    const told = locations.length - lacking.length;
    const message = `${told} of the ${locations.length} locations of one request have an elevation and ${first.id} has none, so that every ingest and backfill is refused; give it for all of them, or for none and the source looks all of them up`;
    return [{ path: `locations[${first.number - 1}].elevation`, message }];
  });
}
