import { type DateEnd, dateEnd } from './date-end';
import type { RunReport } from './run-parts';

/** A run's metrics. Those of days and rows are about what this run published, or did not. */
export interface RunCounts {
  readonly DaysPublished: number;
  /** Left as they were: the very same, newer, or with more locations. */
  readonly DaysUnchanged: number;
  readonly DaysFailed: number;
  /** Of those published. */
  readonly DaysPartial: number;
  readonly RowsPublished: number;
  readonly RowsQuarantined: number;
  /** Answered. */
  readonly RequestsSent: number;
  readonly RequestsFailed: number;
}

/** What a run came to. */
export interface RunSums {
  readonly dates: readonly DateEnd[];
  /** Requests answered by the source. */
  readonly sent: number;
  readonly failed: number;
}

export function runCounts({ dates, sent, failed }: RunSums): RunCounts {
  const published = dates.filter(({ outcome }) => outcome === 'published');
  const failedDates = dates.filter(({ outcome }) => outcome === 'failed').length;
  return {
    DaysPublished: published.length,
    DaysUnchanged: dates.length - published.length - failedDates,
    DaysFailed: failedDates,
    DaysPartial: published.filter(({ partial }) => partial).length,
    RowsPublished: published.reduce((sum, { rows }) => sum + rows, 0),
    RowsQuarantined: published.reduce((sum, { quarantined }) => sum + quarantined, 0),
    RequestsSent: sent,
    RequestsFailed: failed,
  };
}

export function reportCounts({ dates, sent, failures }: RunReport): RunCounts {
  return runCounts({ dates: dates.map(dateEnd), sent, failed: failures.length });
}

/** Of a run that came to no report: none of its days is known to be published. */
export function countsWithoutReport(days: number): RunCounts {
  return { ...runCounts({ dates: [], sent: 0, failed: 0 }), DaysFailed: days };
}
