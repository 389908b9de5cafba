import type { Pipeline } from '../../../core/pipeline/pipeline';
import { HOURLY, type Json, locationsOf, pipelineOf } from '../../weather/pipeline-of';

/** Hours at so many locations, two to a chunk. */
export const hourly = (locations: number, parts: Json = {}): Pipeline =>
  pipelineOf({
    tables: [HOURLY],
    locations: locationsOf(locations),
    source: { locations_per_request: 2 },
    ...parts,
  });

/** The hourly table with these shares of bad values and nulls allowed. */
export function tolerant(share = 1) {
  return { ...HOURLY, columns: [{ ...HOURLY.columns[0], max_rejected_share: share, max_null_share: share }] };
}
