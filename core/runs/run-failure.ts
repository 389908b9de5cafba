import { IngestError } from '../errors';
import { gravest } from '../gravity';
import type { Day } from '../time/day';
import type { DateResult } from './run-parts';

type FailedDate = Extract<DateResult, { outcome: 'failed' }>;

/** What is told of a run of which dates failed. */
export interface FailedRun {
  readonly runId: string;
  readonly dates: readonly (FailedDate | { readonly day: Day; readonly outcome: EndedWell })[];
  /** Requests or files. */
  readonly failures: { readonly length: number };
}
type EndedWell = Exclude<DateResult['outcome'], 'failed'>;

/**
 * A run in which dates failed, where only one error can be told. Its name is that of the gravest failure, its message
 * lists them all. Retryable when every failure is.
 */
export class RunFailedError extends IngestError {
  override readonly name: string;
  override readonly retryable: boolean;

  constructor(failed: readonly FailedDate[], { runId, dates, failures }: FailedRun) {
    const errors = failed.map(({ error }) => error);
    const cause = gravest(errors)!;
    super(messageOf(failed, dates), {
      cause,
      context: { run_id: runId, failed: failed.map(({ day }) => day), requests_failed: failures.length },
    });
    this.name = cause.name;
    this.retryable = errors.every(({ retryable }) => retryable);
  }
}

/** `undefined` when no date failed, whatever became of single requests. */
export function runFailure(report: FailedRun): RunFailedError | undefined {
  const failed = report.dates.filter((result): result is FailedDate => result.outcome === 'failed');
  return failed.length === 0 ? undefined : new RunFailedError(failed, report);
}

function messageOf(failed: readonly FailedDate[], dates: FailedRun['dates']): string {
  const others = dates.filter(({ outcome }) => outcome !== 'failed');
  const rest =
    others.length === 0 ? 'none' : others.map(({ day, outcome }) => `${day} (${outcome})`).join(', ');
  return [
    `${failed.length} of ${dates.length} days failed; the others: ${rest}.`,
    ...failuresByText(failed).map(([text, days]) => `  - ${days.join(', ')}: ${text}`),
  ].join('\n');
}

/** Days with equal errors told once. */
function failuresByText(failed: readonly FailedDate[]): [text: string, days: string[]][] {
  const groups = new Map<string, string[]>();
  for (const { day, error } of failed) {
    const text = `${error.name}: ${error.message}`;
    groups.set(text, [...(groups.get(text) ?? []), day]);
  }
  return [...groups];
}
