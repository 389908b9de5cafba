import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** By metric name. */
export type Counts = Readonly<Record<string, number>>;
/** Beside `service`, which Powertools adds. */
export type Dimensions = Readonly<Record<string, string>>;

/**
 * Prints counts as one line of CloudWatch's embedded metric format. Namespace and service come from Powertools' variables.
 *
 * @param seconds durations, in the same line
 */
export function publishCounts(counts: Counts, dimensions: Dimensions, seconds: Counts = {}): void {
  const metrics = new Metrics();
  metrics.setDefaultDimensions({ ...dimensions });
  for (const [name, count] of Object.entries(counts)) metrics.addMetric(name, MetricUnit.Count, count);
  for (const [name, duration] of Object.entries(seconds))
    metrics.addMetric(name, MetricUnit.Seconds, duration);
  metrics.publishStoredMetrics();
}
