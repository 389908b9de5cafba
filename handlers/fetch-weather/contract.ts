/**
 * Environment of the function.
 *
 * In the processed bucket it reads and writes `_staging/<pipeline>/` and `_quota/`; in the raw bucket it reads and writes
 * `<pipeline>/`. It sends to both queues, changes the visibility of the buffer's messages, and ends tasks
 * (`states:SendTaskSuccess`, `states:SendTaskFailure`).
 */
export interface FetchEnvironment {
  readonly RAW_BUCKET: string;
  readonly PROCESSED_BUCKET: string;
  /** `config/<pipeline>.json` in the raw bucket. */
  readonly PIPELINE_KEY: string;
  /** Name of the environment: a dimension of the metrics. */
  readonly ENVIRONMENT: string;
  /** FIFO queue whose messages are {@link FetchMessage}, one at a time. */
  readonly BUFFER_QUEUE_URL: string;
  /** FIFO queue that gets a {@link DeadLetter} for each request that is given up. */
  readonly DEAD_LETTER_QUEUE_URL: string;
  /** Secret with the API key. Default: none, which the free plan needs. */
  readonly API_KEY_SECRET_ARN?: string;
  /** Another server with Open-Meteo's contract. Default: Open-Meteo. */
  readonly SOURCE_URL?: string;
  /** Service of log lines and metrics. */
  readonly POWERTOOLS_SERVICE_NAME: string;
  readonly POWERTOOLS_METRICS_NAMESPACE: string;
  readonly POWERTOOLS_LOG_LEVEL: string;
}

/** One request to the source, as plan-run writes it. */
export interface FetchItem {
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

/**
 * Body of a message. The state machine sends the first with group `item.group` and, as deduplication id, a hash of the task
 * token; the function sends the later ones with a hash of token and attempt.
 */
export interface FetchMessage {
  readonly task_token: string;
  readonly item: FetchItem;
  /** From 1. Default: 1. */
  readonly attempt?: number;
  /** Not sent to the source before this instant, ISO 8601. Default: null, at once. */
  readonly not_before?: string | null;
  /** When the first of its messages was sent, ISO 8601. Default: null, not known. */
  readonly first_sent?: string | null;
}

/** Body of a dead letter. What the queue itself moves there, past its own count of receipts, is a {@link FetchMessage}. */
export interface DeadLetter {
  /** Of a message that could not be used as a whole, what it says of its request; null when not even that can be read. */
  readonly item: FetchItem | Pick<FetchItem, 'section' | 'chunk' | 'from' | 'to' | 'execution'> | null;
  readonly reason: { readonly name: string; readonly message: string };
  readonly attempts: number;
  /** Name of the execution; null when it could not be read. */
  readonly execution: string | null;
  readonly first_sent: string | null;
  /** ISO 8601 */
  readonly died_at: string;
}
