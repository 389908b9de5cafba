/**
 * Environment of the function.
 *
 * In the processed bucket it reads, writes and deletes what the direct function does there: tables, quarantine, manifests,
 * leases and staging. It needs nothing of the raw bucket.
 */
export interface PublishEnvironment {
  readonly RAW_BUCKET: string;
  readonly PROCESSED_BUCKET: string;
  /** `config/<pipeline>.json` in the raw bucket. */
  readonly PIPELINE_KEY: string;
  /** Name of the environment: a dimension of the metrics. */
  readonly ENVIRONMENT: string;
  /** Service of log lines and metrics. */
  readonly POWERTOOLS_SERVICE_NAME: string;
  readonly POWERTOOLS_METRICS_NAMESPACE: string;
  readonly POWERTOOLS_LOG_LEVEL: string;
}

/** Publish one date of a run; or, after all of them, tell how the run ended. */
export type PublishEvent =
  | { readonly run_id: string; readonly date: string }
  | { readonly run_id: string; readonly finish: true };

/** Of a date, nothing: what the children of a map return must stay small together. */
export type PublishResult = Readonly<Record<string, never>> | FinishResult;

/** How a run ended in which no date failed; one in which some did ends with RunFailedError. */
export interface FinishResult {
  readonly pipeline: string;
  readonly run_id: string;
  readonly dates: {
    readonly published: number;
    /** Of those published. */
    readonly partial: number;
    /** Left as they were: the very same, newer, or with more locations. */
    readonly unchanged: number;
    /** Not planned, since they were published whole before. */
    readonly skipped: number;
  };
  readonly requests: {
    readonly planned: number;
    readonly answered: number;
    readonly failed: number;
  };
}
