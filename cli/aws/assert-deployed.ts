import { ConfigError, type ConfigProblem } from '../../core/errors';
import { sha256 } from '../../core/hash';
import { type Pipeline, requestedSections } from '../../core/pipeline/pipeline';
import { PipelineObject, pipelineKey } from '../../core/pipeline/pipeline-object';
import { locationsHash } from '../../core/publish/date-version';
import type { DeployedEnvironment } from './deployed-environment';

/** What chunks, spans and days follow from, by its path in the pipeline's file. */
const COMPARED: Readonly<Record<string, (pipeline: Pipeline) => string>> = {
  schema_version: ({ schemaVersion }) => String(schemaVersion),
  'source.locations_per_request': ({ source }) => String(source.locations_per_request),
  locations: (pipeline) => `${pipeline.locations.length} locations, ${locationsHash(pipeline).slice(0, 8)}`,
  'locations[].utc_offset_hours': ({ locations }) => offsetsText(locations),
  tables: (pipeline) => `the sections ${requestedSections(pipeline).join(', ')}`,
};

/** The functions go by the pipeline that is deployed. @throws ConfigError when the file plans otherwise; StorageError */
export async function assertDeployed({ pipeline, raw }: DeployedEnvironment): Promise<void> {
  const deployed = await new PipelineObject(raw, pipelineKey(pipeline.name)).read();
  const problems = Object.entries(COMPARED).flatMap(([path, read]): ConfigProblem[] => {
    if (read(pipeline) === read(deployed)) return [];
    const message = `is deployed as ${read(deployed)}; deploy first (npm run deploy), or use the file of the pipeline that is deployed`;
    return [{ path, message, received: read(pipeline) }];
  });
  if (problems.length > 0)
    throw new ConfigError(`The pipeline ${pipeline.name} is not the one that is deployed:`, problems);
}

/** Offsets that occur, and a hash of who has which. */
function offsetsText(locations: Pipeline['locations']): string {
  const offsets = locations.map(({ offsetHours }) => offsetHours);
  const distinct = [...new Set(offsets)].sort((one, other) => one - other);
  return `${distinct.join(', ')} (${sha256(JSON.stringify(offsets)).slice(0, 8)})`;
}
