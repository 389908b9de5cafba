import { Construct } from 'constructs';
import type { AlarmSetting } from './alarm';

export const METRICS_NAMESPACE = 'IngestWeather';
/** Values taken out in one hour from which somebody is told. */
export const DEFAULT_QUARANTINE_THRESHOLD = 1;

export interface DataAlarmsProps extends AlarmSetting {
  readonly environment: string;
  /** Name of the pipeline. */
  readonly pipeline: string;
  /** `POWERTOOLS_SERVICE_NAME` of the function that ingests. */
  readonly ingestService: string;
  /** `POWERTOOLS_SERVICE_NAME` of the function that watches freshness. */
  readonly freshnessService: string;
  /**
   * Rows quarantined within an hour from which the alarm rises.
   * @default DEFAULT_QUARANTINE_THRESHOLD
   */
  readonly quarantineThreshold?: number;
}

/** Quarantined rows, days that failed, and days overdue: what the functions say of the data themselves. */
export class DataAlarms extends Construct {
  constructor(scope: Construct, id: string, _props: DataAlarmsProps) {
    super(scope, id);
  }
}
