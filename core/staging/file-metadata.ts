import type { Pipeline } from '../pipeline/pipeline';
import type { DayToStage } from './day-to-stage';

/** Who made the data and under which terms: the source's licence asks for it wherever the data goes. */
export const ATTRIBUTION = 'Weather data by Open-Meteo.com';
export const DATA_LICENCE = 'CC BY 4.0';

/** Key-value metadata of every file. Nothing in it depends on the time of the run, so that equal data gives equal bytes. */
export function fileMetadata(pipeline: Pipeline, { source, picked }: DayToStage): Record<string, string> {
  return {
    pipeline: pipeline.name,
    schema_version: String(pipeline.schemaVersion),
    source_api: source.api,
    source_models: source.models.join(','),
    attribution: ATTRIBUTION,
    licence: DATA_LICENCE,
    ...(picked.some(({ origin }) => origin.raw.simulated) ? { simulated: 'true' } : {}),
  };
}
