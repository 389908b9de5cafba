import '../../adapters/lambda/interpreted-schemas';
import '../../adapters/lambda/mapped-stacks';
import type { Context } from 'aws-lambda';
import { FunctionLogger } from '../../adapters/powertools/function-logger';
import { traced } from '../../adapters/powertools/traced';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { PipelineObject } from '../../core/pipeline/pipeline-object';
import { readConfig } from './config';
import type { PlanResult } from './contract';
import { type PlanFunction, planWeatherRun } from './handler';

let parts: PlanFunction | undefined;

export function handler(event: unknown, context: Context): Promise<PlanResult> {
  return traced(async () => {
    parts ??= compose(process.env);
    return planWeatherRun(event, context, parts);
  });
}

function compose(env: NodeJS.ProcessEnv): PlanFunction {
  const { rawBucket, processedBucket, pipelineKey, environment, sourceUrl } = readConfig(env);
  const client = createS3Client(env);
  return {
    environment,
    pipeline: new PipelineObject(new S3ObjectStore({ client, bucket: rawBucket }), pipelineKey),
    processed: new S3ObjectStore({ client, bucket: processedBucket }),
    processedBucket,
    isLive: sourceUrl === undefined,
    logger: new FunctionLogger(),
  };
}
