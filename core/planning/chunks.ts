import type { Location, Pipeline } from '../pipeline/pipeline';

/** A slice of the pipeline's locations in their order. It belongs to the pipeline, so its number is part of object keys. */
export interface Chunk {
  readonly number: number;
  readonly locations: readonly Location[];
}

export function chunksOf(pipeline: Pick<Pipeline, 'locations' | 'source'>): Chunk[] {
  const size = pipeline.source.locations_per_request;
  const count = Math.ceil(pipeline.locations.length / size);
  return Array.from({ length: count }, (_, number) => ({
    number,
    locations: pipeline.locations.slice(number * size, (number + 1) * size),
  }));
}
