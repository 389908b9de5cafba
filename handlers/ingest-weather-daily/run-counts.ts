import type { DateResult, RunReport } from '../../core/runs/run-parts';

type HandledDate = Extract<DateResult, { manifest: unknown }>;

/** The function's metrics. Those of days and rows are about what this run published, or did not. */
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

export function runCounts({ dates, failures, sent }: RunReport): RunCounts {
  const published = dates.filter((result): result is HandledDate => result.outcome === 'published');
  const failed = dates.filter(({ outcome }) => outcome === 'failed').length;
  return {
    DaysPublished: published.length,
    DaysUnchanged: dates.length - published.length - failed,
    DaysFailed: failed,
    DaysPartial: published.filter(({ manifest }) => manifest.partial).length,
    RowsPublished: rowsOf(published, 'objects'),
    RowsQuarantined: rowsOf(published, 'quarantine'),
    RequestsSent: sent,
    RequestsFailed: failures.length,
  };
}

/** Of a run that came to no report: none of its days is known to be published. */
export function countsWithoutReport(days: number): RunCounts {
  return {
    ...runCounts({ runId: '', dates: [], failures: [], sent: 0, reused: 0 }),
    DaysFailed: days,
  };
}

function rowsOf(published: readonly HandledDate[], kind: 'objects' | 'quarantine'): number {
  return published.flatMap(({ manifest }) => manifest[kind]).reduce((sum, { rows }) => sum + rows, 0);
}
