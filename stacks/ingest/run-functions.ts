import type { BufferedQueue } from '../../modules/buffered-queue/buffered-queue';
import { LEAST_CONCURRENCY } from '../../modules/buffered-queue/buffered-queue';
import { BundledFunction } from '../../modules/bundled-function/bundled-function';
import { apiKeySecret } from './function-environments';
import type { WeatherIngestProps } from './ingest-context';
import { functionProps, grantsTo, type IngestContext, reservationOf } from './ingest-context';
import { INGEST_WEATHER } from './run-definition';
import {
  FETCH,
  fetchEnvironment,
  PLAN,
  PUBLISH,
  planEnvironment,
  publishEnvironment,
  TRANSFORM,
  transformEnvironment,
} from './run-environments';
import { allowFetching, allowPlanning, allowPublishing, allowTransforming } from './run-grants';

/** Executions that may be at the same step without meeting a limit: the daily one, and one by hand. */
export const RUNS_AT_ONCE = 2;
/** Beside the source's own time limit: for reading the plan, keeping the answer, and the margin before the function's end. */
export const FETCH_MARGIN_SECONDS = 120;

/** The functions of an orchestrated run. */
export interface RunFunctions {
  readonly plan: BundledFunction;
  readonly fetch: BundledFunction;
  readonly transform: BundledFunction;
  readonly publish: BundledFunction;
}

export function makeRunFunctions(context: IngestContext, buffer: BufferedQueue): RunFunctions {
  return {
    plan: makePlan(context),
    fetch: makeFetch(context, buffer),
    transform: makeTransform(context),
    publish: makePublish(context),
  };
}

/** It never waits for the source's quota, so that it is over soon, and what it received soon comes back when it dies. */
export function fetchTimeout({ environment, pipeline }: WeatherIngestProps): number {
  return Math.min(
    environment.function.timeout_seconds,
    Math.ceil(pipeline.source.timeout_seconds) + FETCH_MARGIN_SECONDS,
  );
}

function makePlan(context: IngestContext): BundledFunction {
  const { scope, props } = context;
  const plan = new BundledFunction(scope, 'Plan', {
    ...functionProps(context, PLAN),
    ...sizeOf(props),
    description: `Plans runs of ${props.pipeline.name}.`,
    environment: planEnvironment(props),
    ...reservationOf(props, RUNS_AT_ONCE),
  });
  allowPlanning(grantsTo(plan, context));
  return plan;
}

function makeFetch(context: IngestContext, buffer: BufferedQueue): BundledFunction {
  const { scope, props } = context;
  const fetch = new BundledFunction(scope, 'Fetch', {
    ...functionProps(context, FETCH),
    ...sizeOf(props),
    description: `Sends the requests of ${props.pipeline.name} that lie in the buffer.`,
    environment: fetchEnvironment(props, buffer),
    timeoutSeconds: fetchTimeout(props),
    ...reservationOf(props, Math.max(LEAST_CONCURRENCY, props.pipeline.source.concurrency)),
  });
  allowFetching(grantsTo(fetch, context));
  const secret = apiKeySecret(props);
  if (secret !== undefined) fetch.grantSecret(secret, props.environment.api_key_secret_kms_key_arn);
  return fetch;
}

function makeTransform(context: IngestContext): BundledFunction {
  const { scope, props } = context;
  const transform = new BundledFunction(scope, 'Transform', {
    ...functionProps(context, TRANSFORM),
    ...sizeOf(props),
    description: `Turns answers of ${props.pipeline.name} into staged tables.`,
    environment: transformEnvironment(props),
    ...reservationOf(props, RUNS_AT_ONCE * INGEST_WEATHER.States.Transform.MaxConcurrency),
  });
  allowTransforming(grantsTo(transform, context));
  return transform;
}

function makePublish(context: IngestContext): BundledFunction {
  const { scope, props } = context;
  const publish = new BundledFunction(scope, 'Publish', {
    ...functionProps(context, PUBLISH),
    ...sizeOf(props),
    description: `Publishes dates of ${props.pipeline.name}, and tells how runs ended.`,
    environment: publishEnvironment(props),
    ...reservationOf(props, RUNS_AT_ONCE * INGEST_WEATHER.States.Publish.MaxConcurrency),
  });
  allowPublishing(grantsTo(publish, context));
  return publish;
}

function sizeOf({ environment }: WeatherIngestProps) {
  const { memory_mib, timeout_seconds } = environment.function;
  return { memoryMib: memory_mib, timeoutSeconds: timeout_seconds };
}
