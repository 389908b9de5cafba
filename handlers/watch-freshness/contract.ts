/** Environment of the function. */
export interface FreshnessEnvironment {
  readonly RAW_BUCKET: string;
  readonly PROCESSED_BUCKET: string;
  /** `config/<pipeline>.json` in the raw bucket. */
  readonly PIPELINE_KEY: string;
  /** Name of the environment: a dimension of the metric. */
  readonly ENVIRONMENT: string;
  /** `0` to `23`: the UTC hour by which the newest day that is due must be published. */
  readonly DEADLINE_HOUR: string;
  /** Service of log lines and metrics. */
  readonly POWERTOOLS_SERVICE_NAME: string;
  readonly POWERTOOLS_METRICS_NAMESPACE: string;
  readonly POWERTOOLS_LOG_LEVEL: string;
}

export interface FreshnessEvent {
  readonly scheduled_time: string;
}

export interface FreshnessResult {
  readonly pipeline: string;
  /** The newest day that had to be published by the last deadline, YYYY-MM-DD. */
  readonly due: string;
  readonly days_overdue: number;
  /** null when nothing is overdue. */
  readonly first_missing_date: string | null;
}
