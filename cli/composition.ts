import { OpenMeteoSource } from '../adapters/open-meteo/open-meteo-source';
import { pipelineSettings } from '../adapters/open-meteo/pipeline-settings';
import type { OpenMeteoSettings } from '../adapters/open-meteo/settings';
import { SharedQuotaBook } from '../adapters/open-meteo/shared-quota-book';
import { openParquetEncoder } from '../adapters/parquet/parquet-encoder';
import type { Pipeline } from '../core/pipeline/pipeline';
import type { Logger } from '../core/ports/logger';
import type { WeatherSource } from '../core/ports/weather-source';
import type { RunParts } from '../core/runs/run-parts';
import { version } from '../package.json';
import type { LakeStores } from './lake-stores';
import type { Surroundings } from './surroundings';

export const API_KEY_VARIABLE = 'OPEN_METEO_API_KEY';

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
  const { raw, processed, holders } = stores;
  return {
    pipeline,
    raw,
    processed,
    source,
    encoder: await openParquetEncoder(),
    clock: surroundings.clock,
    holders,
    logger,
    codeVersion: version,
  };
}

export interface SourceToCompose {
  readonly pipeline: Pipeline;
  readonly stores: LakeStores;
  readonly sourceUrl: string | undefined;
  readonly surroundings: Surroundings;
  readonly logger: Logger;
}

/** @throws ConfigError when the settings do not fit, such as a keyed plan without a key */
export function openMeteo({
  pipeline,
  stores,
  sourceUrl,
  surroundings,
  logger,
}: SourceToCompose): WeatherSource {
  const apiKey = surroundings.env[API_KEY_VARIABLE];
  const settings: OpenMeteoSettings = {
    ...pipelineSettings(pipeline.source),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(sourceUrl === undefined ? {} : { sourceUrl }),
  };
  const { clock } = surroundings;
  if (!stores.isShared) return new OpenMeteoSource(settings, { clock, logger });
  const book = { store: stores.processed, clock, logger, random: Math.random };
  return new OpenMeteoSource(settings, {
    clock,
    logger,
    openBook: (account, rules) => new SharedQuotaBook(book, account, rules),
  });
}

/** For replays, which ask no source. */
export const NO_SOURCE: WeatherSource = {
  describe: refuse,
  fetch: refuse,
};

function refuse(): never {
  throw new Error('A replay asks no source.');
}
