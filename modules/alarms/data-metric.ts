import type { AlarmMetric } from './alarm';

export const METRICS_NAMESPACE = 'IngestWeather';

/** Whose data a metric speaks of; the three dimensions that the functions give every metric. */
export interface DataMetricScope {
  /** `POWERTOOLS_SERVICE_NAME` of the function that emits it. */
  readonly service: string;
  readonly environment: string;
  readonly pipeline: string;
}

/** Seconds since the oldest request was first sent, of those that the function has received; `service` is that function's. */
export function requestAge(scope: DataMetricScope): AlarmMetric {
  return dataMetric('OldestRequestAge', 'Maximum', scope);
}

/** A metric that a function emits about the data itself. */
export function dataMetric(
  name: string,
  statistic: AlarmMetric['statistic'],
  { service, environment, pipeline }: DataMetricScope,
): AlarmMetric {
  return { namespace: METRICS_NAMESPACE, name, statistic, dimensions: { service, environment, pipeline } };
}
