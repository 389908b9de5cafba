import '../../adapters/lambda/interpreted-schemas';
import '../../adapters/lambda/mapped-stacks';
import type { Context } from 'aws-lambda';
import { openParquetEncoder } from '../../adapters/parquet/parquet-encoder';
import { FunctionLogger } from '../../adapters/powertools/function-logger';
import { traced } from '../../adapters/powertools/traced';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { SYSTEM_CLOCK } from '../../adapters/system/system-clock';
import { PlannedRuns } from '../../core/orchestration/planned-runs';
import { pipelineOfKey } from '../../core/pipeline/pipeline-object';
import { readConfig } from './config';
import type { TransformResult } from './contract';
import { type TransformFunction, transformWeather } from './handler';

let parts: TransformFunction | undefined;

export function handler(event: unknown, context: Context): Promise<TransformResult> {
  return traced(async () => {
    parts ??= compose(process.env);
    return transformWeather(event, context, parts);
  });
}

function compose(env: NodeJS.ProcessEnv): TransformFunction {
  const { rawBucket, processedBucket, pipelineKey, environment } = readConfig(env);
  const client = createS3Client(env);
  const raw = new S3ObjectStore({ client, bucket: rawBucket });
  const processed = new S3ObjectStore({ client, bucket: processedBucket });
  const clock = SYSTEM_CLOCK;
  const logger = new FunctionLogger();
  const pipeline = pipelineOfKey(pipelineKey);
  return {
    environment,
    runs: new PlannedRuns({ raw, processed, pipeline, clock, logger }),
    processed,
    openEncoder: openParquetEncoder,
    clock,
    logger,
  };
}
