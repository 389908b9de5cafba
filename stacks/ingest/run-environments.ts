import type { FetchEnvironment } from '../../handlers/fetch-weather/contract';
import type { PlanEnvironment } from '../../handlers/plan-run/contract';
import type { PublishEnvironment } from '../../handlers/publish-run/contract';
import type { TransformEnvironment } from '../../handlers/transform-weather/contract';
import type { BufferedQueue } from '../../modules/buffered-queue/buffered-queue';
import { commonEnvironment, sourceServer, sourceVariables } from './function-environments';
import type { WeatherIngestProps } from './ingest-context';

/** Names of the functions of a run: of their folders, bundles, logs and metrics. */
export const PLAN = 'plan-run';
export const FETCH = 'fetch-weather';
export const TRANSFORM = 'transform-weather';
export const PUBLISH = 'publish-run';

export function planEnvironment(props: WeatherIngestProps) {
  return { ...commonEnvironment(props, props.lake, PLAN), ...sourceServer(props) } satisfies PlanEnvironment;
}

export function fetchEnvironment(props: WeatherIngestProps, buffer: BufferedQueue) {
  return {
    ...commonEnvironment(props, props.lake, FETCH),
    ...sourceVariables(props),
    BUFFER_QUEUE_URL: buffer.url,
    DEAD_LETTER_QUEUE_URL: buffer.deadLetters.url,
  } satisfies FetchEnvironment;
}

export function transformEnvironment(props: WeatherIngestProps) {
  return commonEnvironment(props, props.lake, TRANSFORM) satisfies TransformEnvironment;
}

export function publishEnvironment(props: WeatherIngestProps) {
  return commonEnvironment(props, props.lake, PUBLISH) satisfies PublishEnvironment;
}
