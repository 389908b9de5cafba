import { join } from 'node:path';
import { FilesystemObjectStore } from '../adapters/filesystem/filesystem-object-store';
import { currentHolder, holderIsGone } from '../adapters/filesystem/process-holder';
import { OpenMeteoSource } from '../adapters/open-meteo/open-meteo-source';
import { pipelineSettings } from '../adapters/open-meteo/pipeline-settings';
import type { OpenMeteoSettings } from '../adapters/open-meteo/settings';
import { openParquetEncoder } from '../adapters/parquet/parquet-encoder';
import type { Pipeline } from '../core/pipeline/pipeline';
import type { Logger } from '../core/ports/logger';
import type { ObjectStore } from '../core/ports/object-store';
import type { WeatherSource } from '../core/ports/weather-source';
import type { RunParts } from '../core/runs/run-parts';
import { version } from '../package.json';
import type { Surroundings } from './surroundings';

export const API_KEY_VARIABLE = 'OPEN_METEO_API_KEY';

/** The two buckets of a lake, as folders. */
export interface LakeStores {
  readonly raw: ObjectStore;
  readonly processed: ObjectStore;
}

export function lakeStores(lake: string): LakeStores {
  return {
    raw: new FilesystemObjectStore(join(lake, 'raw')),
    processed: new FilesystemObjectStore(processedFolder(lake)),
  };
}

/** Where the file of a processed key lies. */
export function processedFolder(lake: string): string {
  return join(lake, 'processed');
}

export interface RunToCompose {
  readonly pipeline: Pipeline;
  readonly stores: LakeStores;
  readonly source: WeatherSource;
  readonly surroundings: Surroundings;
  readonly logger: Logger;
}

export async function composeRun({
  pipeline,
  stores,
  source,
  surroundings,
  logger,
}: RunToCompose): Promise<RunParts> {
  return {
    pipeline,
    ...stores,
    source,
    encoder: await openParquetEncoder(),
    clock: surroundings.clock,
    holders: { self: currentHolder(), isGone: holderIsGone },
    logger,
    codeVersion: version,
  };
}

export interface SourceToCompose {
  readonly pipeline: Pipeline;
  readonly sourceUrl: string | undefined;
  readonly surroundings: Surroundings;
  readonly logger: Logger;
}

/** @throws ConfigError when the settings do not fit, such as a keyed plan without a key */
export function openMeteo({ pipeline, sourceUrl, surroundings, logger }: SourceToCompose): WeatherSource {
  const apiKey = surroundings.env[API_KEY_VARIABLE];
  const settings: OpenMeteoSettings = {
    ...pipelineSettings(pipeline.source),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(sourceUrl === undefined ? {} : { sourceUrl }),
  };
  return new OpenMeteoSource(settings, { clock: surroundings.clock, logger });
}

/** For replays, which ask no source. */
export const NO_SOURCE: WeatherSource = {
  describe: refuse,
  fetch: refuse,
};

function refuse(): never {
  throw new Error('A replay asks no source.');
}
