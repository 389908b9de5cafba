import { pipelineKey } from '../core/pipeline/pipeline-object';
import type { IngestEnvironment } from '../handlers/ingest-weather-daily/contract';
import type { FreshnessEnvironment } from '../handlers/watch-freshness/contract';
import { METRICS_NAMESPACE } from '../modules/alarms/data-metric';
import type { Deployment } from './deployment';
import type { WeatherLakeStack } from './weather-lake-stack';

/** Names of the functions: of their folders, bundles, logs and metrics. */
export const INGEST = 'ingest-weather-daily';
export const FRESHNESS = 'watch-freshness';

/** What the handler of the ingest reads at its start. */
export function ingestEnvironment(deployment: Deployment, lake: WeatherLakeStack) {
  const { environment, pipeline } = deployment;
  const { source_url } = environment;
  const secret = apiKeySecret(deployment);
  return {
    ...placeOf(pipeline.name, lake),
    ...powertools(INGEST),
    ENVIRONMENT: environment.environment,
    ...(secret === undefined ? {} : { API_KEY_SECRET_ARN: secret }),
    ...(source_url === undefined ? {} : { SOURCE_URL: source_url }),
  } satisfies IngestEnvironment;
}

/** What the handler that watches freshness reads at its start. */
export function freshnessEnvironment({ environment, pipeline }: Deployment, lake: WeatherLakeStack) {
  return {
    ...placeOf(pipeline.name, lake),
    ...powertools(FRESHNESS),
    ENVIRONMENT: environment.environment,
    DEADLINE_HOUR: String(environment.freshness.deadline_hour),
  } satisfies FreshnessEnvironment;
}

function placeOf(pipeline: string, lake: WeatherLakeStack) {
  return {
    RAW_BUCKET: lake.raw.bucketName,
    PROCESSED_BUCKET: lake.processed.bucketName,
    PIPELINE_KEY: pipelineKey(pipeline),
  };
}

function powertools(service: string) {
  return {
    POWERTOOLS_SERVICE_NAME: service,
    POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
    POWERTOOLS_LOG_LEVEL: 'INFO',
    NODE_OPTIONS: '--enable-source-maps',
  };
}

/** ARN of the secret that holds the API key; `undefined` on the free plan, which takes none. */
export function apiKeySecret({ environment, pipeline }: Deployment): string | undefined {
  return pipeline.source.plan === 'keyed' ? environment.api_key_secret_arn : undefined;
}
