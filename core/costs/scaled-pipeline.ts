import type { Pipeline } from '../pipeline/pipeline';

/** The pipeline as if it had so many locations, its own over and over: good for a plan, never for a run. */
export function scaledPipeline(pipeline: Pipeline, count: number): Pipeline {
  const own = pipeline.locations;
  const locations = Array.from({ length: count }, (_, index) => ({
    ...own[index % own.length]!,
    number: index + 1,
  }));
  return { ...pipeline, locations };
}
