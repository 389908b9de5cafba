/**
 * Environment of the function.
 *
 * It reads PIPELINE_KEY in the raw bucket. In the processed bucket it reads `_manifests/<pipeline>/` and
 * `_leases/<pipeline>/`, and writes `_staging/<pipeline>/`.
 */
export interface PlanEnvironment {
  readonly RAW_BUCKET: string;
  readonly PROCESSED_BUCKET: string;
  /** `config/<pipeline>.json` in the raw bucket. */
  readonly PIPELINE_KEY: string;
  /** Name of the environment: a dimension of the metrics. */
  readonly ENVIRONMENT: string;
  /** Another server with Open-Meteo's contract. Default: Open-Meteo. */
  readonly SOURCE_URL?: string;
  /** Service of log lines and metrics. */
  readonly POWERTOOLS_SERVICE_NAME: string;
  readonly POWERTOOLS_METRICS_NAMESPACE: string;
  readonly POWERTOOLS_LOG_LEVEL: string;
}

/**
 * The input of an execution, as whoever starts it writes it:
 * - `scheduled_time`, `date`: a few days, asked for anew, as the direct function does;
 * - `from` and `to`: a backfill, which skips days that are published whole and does not send again what was answered before;
 * - `requests`: a redrive, which sends these alone, and publishes those of their days that are missing or partial.
 */
export type RunInput = (
  | { readonly scheduled_time: string }
  | { readonly date: string }
  | { readonly from: string; readonly to: string }
  | { readonly requests: readonly RedrivenRequest[] }
) & {
  /** Ask again for everything, and publish even what is older than the published version or lacks locations of it. Default: false. */
  readonly force?: boolean;
};

export interface RedrivenRequest {
  readonly section: string;
  /** From 0. */
  readonly chunk: number;
  /** YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
}

/** The input with what the state machine knows of its execution, so that a plan made twice is the same plan. */
export interface PlanEvent {
  /** `$$.Execution.Input` */
  readonly input: RunInput;
  readonly execution: {
    /** `$$.Execution.Name` */
    readonly name: string;
    /** `$$.Execution.StartTime` */
    readonly started_at: string;
  };
}

/** Each key is of a JSON array in the processed bucket. */
export interface PlanResult {
  readonly pipeline: string;
  readonly run_id: string;
  /** The processed bucket. */
  readonly bucket: string;
  /** Of {@link RequestItem}, one for each request to send. */
  readonly requests_key: string;
  /** Of {@link SlotItem}, one for each section, chunk and run of days to stage. */
  readonly slots_key: string;
  /** Of {@link DateItem}, one for each day to publish. */
  readonly dates_key: string;
  readonly requests: number;
  readonly slots: number;
  readonly dates: number;
  /** Calls that the source's quota counts for all requests. */
  readonly weight: number;
  /** Requests that may be under way at once: `source.concurrency` of the pipeline, 1 on the free plan. */
  readonly message_groups: number;
  /** How many children of the map over requests may wait at once: twice the groups, so that the queue stays short. */
  readonly requests_at_once: number;
}

export interface RequestItem {
  readonly run_id: string;
  /** Name of the execution. */
  readonly execution: string;
  /** Position in the run's requests, from 0. */
  readonly n: number;
  /** Message group, whose requests are sent one after the other. */
  readonly group: string;
  readonly request_id: string;
  readonly section: string;
  readonly chunk: number;
  readonly from: string;
  readonly to: string;
  readonly api: string;
  readonly models: readonly string[];
  readonly weight: number;
}

export interface SlotItem {
  readonly run_id: string;
  /** The request whose answer it holds; null when this run sends none for it. */
  readonly n: number | null;
  readonly section: string;
  readonly chunk: number;
  readonly from: string;
  readonly to: string;
}

export interface DateItem {
  readonly run_id: string;
  /** YYYY-MM-DD */
  readonly date: string;
}
