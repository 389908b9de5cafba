import type { IngestError } from '../errors';
import type { PublishedSummary } from '../manifest/published-summary';
import type { WeatherRequest } from '../model/request';
import type { Pipeline } from '../pipeline/pipeline';
import type { DayRun } from '../planning/requests';
import type { Clock } from '../ports/clock';
import type { Holders } from '../ports/holders';
import type { Logger } from '../ports/logger';
import type { ObjectStore } from '../ports/object-store';
import type { TableEncoder } from '../ports/table-encoder';
import type { Patience, SourceWait, WeatherSource } from '../ports/weather-source';
import type { PublishOutcome } from '../publish/publish-date';
import type { Day } from '../time/day';

/** What a run works with: the pipeline and the outside world behind ports. */
export interface RunParts {
  readonly pipeline: Pipeline;
  readonly raw: ObjectStore;
  readonly processed: ObjectStore;
  readonly source: WeatherSource;
  readonly encoder: TableEncoder;
  readonly clock: Clock;
  readonly holders: Holders;
  readonly logger: Logger;
  readonly codeVersion: string;
}

/** How a run goes about it. */
export interface RunOptions {
  /** Begins with the UTC start of the run. */
  readonly runId: string;
  /** Reference instant, milliseconds since the epoch: what `today` is. */
  readonly now: number;
  /** Ask again for what is there, publish even what is older or lacks locations. */
  readonly force: boolean;
  readonly patience: Patience;
  readonly retryForSeconds: number;
  /** How long to wait for another run that publishes the same date; 0 ends with its error at once. */
  readonly leaseWaitSeconds: number;
  /** The instant at which the process is ended from outside, milliseconds since the epoch. Default: nothing ends it. */
  readonly endsBy?: number;
  /** Whether the source or the files are real, so that answers kept from a simulator do not count. Default: false. */
  readonly isLive?: boolean;
  readonly onEvent?: (event: RunEvent) => void;
  /**
   * Ends the run between requests, between staged days and before a date is published, never inside a promotion. Aborted
   * with an IngestError, the run still reports: the dates that it did not come to have failed with that error. Aborted
   * with anything else, the run rejects with it.
   */
  readonly signal?: AbortSignal;
}

/** What a person who waits is told. */
export type RunEvent =
  | {
      readonly type: 'planned';
      readonly runs: readonly DayRun[];
      readonly requests: number;
      readonly days: number;
      /** Days that the lake already holds and that are going to be skipped. */
      readonly settled: number;
    }
  | {
      readonly type: 'request';
      readonly request: WeatherRequest;
      readonly how: 'sent' | 'reused' | 'failed' | 'skipped';
    }
  | { readonly type: 'wait'; readonly wait: RunWait }
  | { readonly type: 'date'; readonly result: DateResult };

/** What a run waits for: the source, or another run that publishes the same date. `until` is in milliseconds since the epoch. */
export type RunWait = SourceWait | { readonly reason: 'lease'; readonly day: Day; readonly until: number };

/** How one date ended. */
export type DateResult =
  | { readonly day: Day; readonly outcome: PublishOutcome; readonly published: PublishedSummary }
  | { readonly day: Day; readonly outcome: 'skipped' }
  | { readonly day: Day; readonly outcome: 'failed'; readonly error: IngestError };

/** Something that went wrong and is not the end of a date: a request, or a recorded file. */
export interface PartFailure {
  readonly what: string;
  readonly error: IngestError;
}

export interface RunReport {
  readonly runId: string;
  readonly dates: readonly DateResult[];
  readonly failures: readonly PartFailure[];
  readonly sent: number;
  readonly reused: number;
}
