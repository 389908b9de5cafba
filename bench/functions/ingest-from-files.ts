import '../../adapters/lambda/interpreted-schemas';
import '../../adapters/lambda/mapped-stacks';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import { FilesystemObjectStore } from '../../adapters/filesystem/filesystem-object-store';
import { MemoryObjectStore } from '../../adapters/memory/memory-object-store';
import { PipelineSource } from '../../adapters/open-meteo/pipeline-source';
import { openParquetEncoder } from '../../adapters/parquet/parquet-encoder';
import { FunctionLogger } from '../../adapters/powertools/function-logger';
import { traced } from '../../adapters/powertools/traced';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { SYSTEM_CLOCK } from '../../adapters/system/system-clock';
import { PipelineObject } from '../../core/pipeline/pipeline-object';
import type { ObjectStore } from '../../core/ports/object-store';
import type { ReceivedBody, WeatherSource } from '../../core/ports/weather-source';
import { readConfig } from '../../handlers/ingest-weather-daily/config';
import { type IngestFunction, ingestWeatherDaily } from '../../handlers/ingest-weather-daily/handler';
import { answerFile, PIPELINE_FILE } from './function-files';

let parts: Promise<IngestFunction> | undefined;

/** The daily ingest with everything that its own entry loads and opens, over buckets and answers on this machine. */
export function handler(event: unknown, context: Context): Promise<unknown> {
  return traced(async () => {
    parts ??= compose(process.env);
    return ingestWeatherDaily(event, context, await parts);
  });
}

async function compose(env: NodeJS.ProcessEnv): Promise<IngestFunction> {
  const { rawBucket, environment, pipelineKey, sourceUrl } = readConfig(env);
  // Nobody asks these two, but the function opens them.
  const bucket = new S3ObjectStore({ client: createS3Client(env), bucket: rawBucket });
  const logger = new FunctionLogger();
  const clock = SYSTEM_CLOCK;
  const processed = storeOf(env.LAKE_FOLDER, 'processed');
  const openMeteo = new PipelineSource({ sourceUrl, readApiKey: undefined, processed, clock, logger });
  const raw = storeOf(env.LAKE_FOLDER, 'raw') ?? bucket;
  await raw.put(pipelineKey, readFileSync(join(__dirname, PIPELINE_FILE)));
  return {
    environment,
    raw,
    processed,
    pipeline: new PipelineObject(raw, pipelineKey),
    sourceOf: async (pipeline) => fileSource(await openMeteo.of(pipeline)),
    isLive: false,
    openEncoder: openParquetEncoder,
    clock,
    logger,
    codeVersion: 'bench',
  };
}

/** On disk where a folder is named, else in memory. */
function storeOf(folder: string | undefined, name: string): ObjectStore {
  return folder === undefined ? new MemoryObjectStore() : new FilesystemObjectStore(join(folder, name));
}

/** Describes requests as the real source does, and answers them from files. */
function fileSource(source: WeatherSource): WeatherSource {
  return {
    describe: (request) => source.describe(request),
    async fetch({ section, chunk }, { keep }) {
      const bytes = readFileSync(join(__dirname, answerFile(section, chunk)));
      const body: ReceivedBody = { bytes, fetchedAt: SYSTEM_CLOCK.now(), complete: true, simulated: true };
      await keep(body);
      return body;
    },
  };
}
