import '../../adapters/lambda/interpreted-schemas';
import '../../adapters/lambda/mapped-stacks';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { PipelineSource } from '../../adapters/open-meteo/pipeline-source';
import { FunctionLogger } from '../../adapters/powertools/function-logger';
import { traced } from '../../adapters/powertools/traced';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';
import { apiKeyReader } from '../../adapters/secrets-manager/api-key-reader';
import { SqsQueue } from '../../adapters/sqs/sqs-queue';
import { StepFunctionsTokens } from '../../adapters/step-functions/step-functions-tokens';
import { SYSTEM_CLOCK } from '../../adapters/system/system-clock';
import { PlannedRuns } from '../../core/orchestration/planned-runs';
import { pipelineOfKey } from '../../core/pipeline/pipeline-object';
import { readConfig } from './config';
import { type FetchFunction, fetchWeather } from './handler';

let parts: FetchFunction | undefined;

export function handler(event: unknown, context: Context): Promise<SQSBatchResponse> {
  return traced(async () => {
    parts ??= compose(process.env);
    return fetchWeather(event, context, parts);
  });
}

function compose(env: NodeJS.ProcessEnv): FetchFunction {
  const config = readConfig(env);
  const client = createS3Client(env);
  const raw = new S3ObjectStore({ client, bucket: config.rawBucket });
  const processed = new S3ObjectStore({ client, bucket: config.processedBucket });
  const pipelineName = pipelineOfKey(config.pipelineKey);
  const logger = new FunctionLogger();
  const clock = SYSTEM_CLOCK;
  const readApiKey = apiKeyReader(config.apiKeySecretArn);
  const source = new PipelineSource({ sourceUrl: config.sourceUrl, readApiKey, processed, clock, logger });
  return {
    environment: config.environment,
    pipelineName,
    runs: new PlannedRuns({ raw, processed, pipeline: pipelineName, clock, logger }),
    processed,
    sourceOf: (pipeline) => source.of(pipeline),
    buffer: new SqsQueue(config.bufferQueueUrl),
    deadLetters: new SqsQueue(config.deadLetterQueueUrl),
    tokens: new StepFunctionsTokens(),
    clock,
    logger,
  };
}
