/**
 * Environment of the function.
 *
 * In the raw bucket it reads `<pipeline>/`. In the processed bucket it reads `_manifests/<pipeline>/`, and reads and
 * writes `_staging/<pipeline>/`.
 */
export interface TransformEnvironment {
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

/** One section and chunk of a run of days, as plan-run writes it: every day of it that the run publishes is staged. */
export interface TransformEvent {
  readonly run_id: string;
  /** The request whose answer it holds; null when this run sends none for it. */
  readonly n: number | null;
  readonly section: string;
  readonly chunk: number;
  readonly from: string;
  readonly to: string;
}

/** Nothing: what the children of a map return must stay small together. */
export type TransformResult = Readonly<Record<string, never>>;
