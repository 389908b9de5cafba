import '../../adapters/lambda/interpreted-schemas';
import '../../adapters/lambda/mapped-stacks';
import type { Context } from 'aws-lambda';
import { FunctionLogger } from '../../adapters/powertools/function-logger';
import { traced } from '../../adapters/powertools/traced';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { PipelineObject } from '../../core/pipeline/pipeline-object';
import { readConfig } from './config';
import type { FreshnessResult } from './contract';
import { type FreshnessFunction, watchFreshness } from './handler';

let parts: FreshnessFunction | undefined;

export function handler(event: unknown, context: Context): Promise<FreshnessResult> {
  return traced(async () => {
    parts ??= compose(process.env);
    return watchFreshness(event, context, parts);
  });
}

function compose(env: NodeJS.ProcessEnv): FreshnessFunction {
  const { rawBucket, processedBucket, pipelineKey, environment, deadlineHour } = readConfig(env);
  const client = createS3Client(env);
  return {
    environment,
    pipeline: new PipelineObject(new S3ObjectStore({ client, bucket: rawBucket }), pipelineKey),
    processed: new S3ObjectStore({ client, bucket: processedBucket }),
    deadlineHour,
    logger: new FunctionLogger(),
  };
}
