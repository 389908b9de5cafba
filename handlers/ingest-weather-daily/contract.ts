/** Environment of the function. */
export interface IngestEnvironment {
  readonly RAW_BUCKET: string;
  readonly PROCESSED_BUCKET: string;
  /** `config/<pipeline>.json` in the raw bucket. */
  readonly PIPELINE_KEY: string;
  /** Name of the environment: a dimension of the metrics. */
  readonly ENVIRONMENT: string;
  /** Secret with the API key. Default: none, which the free plan needs. */
  readonly API_KEY_SECRET_ARN?: string;
  /** Another server with Open-Meteo's contract. Default: Open-Meteo. */
  readonly SOURCE_URL?: string;
  /** Service of log lines and metrics. */
  readonly POWERTOOLS_SERVICE_NAME: string;
  readonly POWERTOOLS_METRICS_NAMESPACE: string;
  readonly POWERTOOLS_LOG_LEVEL: string;
}

/** The days to ingest: those that are due at a schedule's time, one by name, or a first and a last one. */
export type IngestEvent = (
  | { readonly scheduled_time: string }
  | { readonly date: string }
  | { readonly from: string; readonly to: string }
) & {
  /** Publish even what is older than the published version or lacks locations of it. Default: false. */
  readonly force?: boolean;
};

/** How the days ended. A day that failed is an error instead, which names those that did not. */
export interface IngestResult {
  readonly pipeline: string;
  readonly run_id: string;
  /** Whether the source made any of it up. */
  readonly simulated: boolean;
  readonly dates: readonly IngestedDate[];
}

export interface IngestedDate {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly outcome: string;
  readonly partial: boolean;
}
