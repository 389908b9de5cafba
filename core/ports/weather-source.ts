import type { WeatherRequest } from '../model/request';

/** A body exactly as received, decompressed, with what is known of how it came. */
export interface ReceivedBody {
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch at which the last byte arrived. */
  readonly fetchedAt: number;
  /** False when the body ended early: shorter than its framing says, or closed by the server's own error sentence. */
  readonly complete: boolean;
  /** True when the server says that it makes its data up. */
  readonly simulated: boolean;
}

/** The windows of the quota: the longest that a caller is ready to sit out. */
export type QuotaPatience = 'minute' | 'hour' | 'day';

/** `none` waits for nothing at all: whoever asks so comes back when the error says. */
export type Patience = QuotaPatience | 'none';

export interface FetchOptions {
  /** Called with every body of a 200, torn ones included, before anything is judged. */
  readonly keep: (body: ReceivedBody) => Promise<void>;
  readonly patience: Patience;
  /**
   * How long, in seconds, outages and refusals are retried before giving up. A refusal that names an hour or a day is waited
   * for as `patience` says, and one that names a minute is waited for once in any case.
   */
  readonly retryForSeconds: number;
  /** Set after another request has given up: nothing that the source refuses is waited for. Default: false. */
  readonly once?: boolean;
  readonly signal?: AbortSignal;
  /** Told before each wait, so that a person can be told as well. */
  readonly onWait?: (wait: SourceWait) => void;
}

export interface SourceWait {
  readonly reason: 'pace' | 'quota' | 'shared_quota' | 'concurrency' | 'outage';
  readonly window?: QuotaPatience;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** A request as it goes over the wire, without a key: what the raw request object records. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  /** Address without query and without key. */
  readonly address: string;
  /** Form fields in sending order. */
  readonly form: Readonly<Record<string, string>>;
}

/**
 * Where weather comes from.
 *
 * @throws SourceUnavailableError when it cannot be had now, with `window` and `retry_at` in its context when a window of the quota
 *   is used up; SourceRejectedError when it never will be; ConfigError for an address that no request can be sent to.
 */
export interface WeatherSource {
  describe(request: WeatherRequest): WireRequest;
  fetch(request: WeatherRequest, options: FetchOptions): Promise<ReceivedBody>;
}
