import { pipelineKey } from '../../core/pipeline/pipeline-object';
import type { IngestEnvironment } from '../../handlers/ingest-weather-daily/contract';
import type { FreshnessEnvironment } from '../../handlers/watch-freshness/contract';
import { METRICS_NAMESPACE } from '../../modules/alarms/data-metric';
import type { Deployment } from '../deployment';
import type { WeatherLakeStack } from '../weather-lake-stack';

/** Names of the functions: of their folders, bundles, logs and metrics. */
export const INGEST = 'ingest-weather-daily';
export const FRESHNESS = 'watch-freshness';

/** What the handler of the ingest reads at its start. */
export function ingestEnvironment(deployment: Deployment, lake: WeatherLakeStack) {
  return {
    ...commonEnvironment(deployment, lake, INGEST),
    ...sourceVariables(deployment),
  } satisfies IngestEnvironment;
}

/** What the handler that watches freshness reads at its start. */
export function freshnessEnvironment(deployment: Deployment, lake: WeatherLakeStack) {
  return {
    ...commonEnvironment(deployment, lake, FRESHNESS),
    DEADLINE_HOUR: String(deployment.environment.freshness.deadline_hour),
  } satisfies FreshnessEnvironment;
}

/** What every handler reads: where its lake is, which pipeline it serves, and under which name it speaks. */
export function commonEnvironment(
  { environment, pipeline }: Deployment,
  lake: WeatherLakeStack,
  service: string,
) {
  return {
    ...placeOf(pipeline.name, lake),
    ...powertools(service),
    ENVIRONMENT: environment.environment,
  };
}

/** What a handler reads that asks the source. */
export function sourceVariables(deployment: Deployment) {
  const secret = apiKeySecret(deployment);
  return { ...(secret !== undefined && { API_KEY_SECRET_ARN: secret }), ...sourceServer(deployment) };
}

/** The server that is asked, where it is not Open-Meteo's own. */
export function sourceServer({ environment: { source_url } }: Deployment) {
  return { ...(source_url !== undefined && { SOURCE_URL: source_url }) };
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
  };
}

/** ARN of the secret that holds the API key; `undefined` on the free plan, which takes none. */
export function apiKeySecret({ environment, pipeline }: Deployment): string | undefined {
  return pipeline.source.plan === 'keyed' ? environment.api_key_secret_arn : undefined;
}
