import '../../adapters/lambda/interpreted-schemas';
import '../../adapters/lambda/mapped-stacks';
import type { Context } from 'aws-lambda';
import { PipelineSource } from '../../adapters/open-meteo/pipeline-source';
import { openParquetEncoder } from '../../adapters/parquet/parquet-encoder';
import { FunctionLogger } from '../../adapters/powertools/function-logger';
import { traced } from '../../adapters/powertools/traced';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { apiKeyReader } from '../../adapters/secrets-manager/api-key-reader';
import { SYSTEM_CLOCK } from '../../adapters/system/system-clock';
import { PipelineObject } from '../../core/pipeline/pipeline-object';
import { version } from '../../package.json';
import { readConfig } from './config';
import type { IngestResult } from './contract';
import { type IngestFunction, ingestWeatherDaily } from './handler';

let parts: IngestFunction | undefined;

export function handler(event: unknown, context: Context): Promise<IngestResult> {
  return traced(async () => {
    parts ??= compose(process.env);
    return ingestWeatherDaily(event, context, parts);
  });
}

function compose(env: NodeJS.ProcessEnv): IngestFunction {
  const { rawBucket, processedBucket, pipelineKey, environment, apiKeySecretArn, sourceUrl } =
    readConfig(env);
  const client = createS3Client(env);
  const raw = new S3ObjectStore({ client, bucket: rawBucket });
  const logger = new FunctionLogger();
  const clock = SYSTEM_CLOCK;
  const readApiKey = apiKeyReader(apiKeySecretArn, clock);
  const processed = new S3ObjectStore({ client, bucket: processedBucket });
  const source = new PipelineSource({ sourceUrl, readApiKey, processed, clock, logger });
  return {
    environment,
    raw,
    processed,
    pipeline: new PipelineObject(raw, pipelineKey),
    sourceOf: (pipeline) => source.of(pipeline),
    isLive: sourceUrl === undefined,
    openEncoder: openParquetEncoder,
    clock,
    logger,
    codeVersion: version,
  };
}
