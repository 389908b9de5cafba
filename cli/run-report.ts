import { type PublishedSummary, rowsPublished } from '../core/manifest/published-summary';
import type { DateResult, RunReport } from '../core/runs/run-parts';
import { errorDocument, type Failure } from './failures';
import { alignedTable } from './text/aligned-table';
import { bytesText, countText, durationText, plural } from './text/quantities';

/** Above this, only the dates worth a look are listed for people. */
const DATES_LISTED = 31;

export interface RunFacts {
  readonly pipeline: string;
  readonly lake: string;
  readonly seconds: number;
}

export function runFailures({ dates, failures }: RunReport): Failure[] {
  const days = dates.flatMap((result) =>
    result.outcome === 'failed' ? [{ what: result.day as string, error: result.error }] : [],
  );
  return [...failures, ...days];
}

/** A run as machines read it. */
export function runDocument(
  report: RunReport,
  { pipeline, lake, seconds }: RunFacts,
): Record<string, unknown> {
  const { runId, dates, failures, sent, reused } = report;
  return {
    pipeline,
    run_id: runId,
    lake,
    duration_ms: Math.round(seconds * 1000),
    simulated: allPublished(dates).some(({ simulated }) => simulated),
    requests: { sent, reused, failed: failures.length },
    outcomes: Object.fromEntries(outcomeCounts(dates)),
    dates: dates.map(dateDocument),
  };
}

function dateDocument(result: DateResult): Record<string, unknown> {
  const { day: date, outcome } = result;
  if (outcome === 'skipped') return { date, outcome };
  if (outcome === 'failed') return { date, outcome, error: errorDocument(result.error) };
  const { partial, simulated, source, rows, bytes, quarantined, missing } = result.published;
  const facts = { date, outcome, partial, simulated, source, rows, bytes, quarantined };
  return partial ? { ...facts, missing } : facts;
}

/** A run as people read it. */
export function runText(report: RunReport, { seconds }: RunFacts): string {
  const { dates, sent, reused } = report;
  const listed = dates.length <= DATES_LISTED ? dates : dates.filter(isWorthALook);
  const outcomes = [...outcomeCounts(dates)].map(([outcome, count]) => `${countText(count)} ${outcome}`);
  const requests =
    sent + reused === 0 ? [] : [`${plural(sent, 'request')} sent, ${countText(reused)} reused`];
  const summary = [plural(dates.length, 'day'), outcomes.join(', '), ...requests, durationText(seconds)];
  const simulated = allPublished(dates).some((published) => published.simulated);
  return [
    alignedTable(DATE_COLUMNS, listed.map(dateRow)),
    summary.filter((part) => part !== '').join(' · '),
    simulated ? 'The data is simulated.' : '',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const DATE_COLUMNS = [
  { head: 'date' },
  { head: 'outcome' },
  { head: 'rows', align: 'right' },
  { head: 'quarantined', align: 'right' },
  { head: 'size', align: 'right' },
  { head: 'note' },
] as const;

function dateRow(result: DateResult): string[] {
  const { day, outcome } = result;
  if (outcome === 'skipped') return [day, outcome, '', '', '', 'published before'];
  if (outcome === 'failed') return [day, outcome, '', '', '', result.error.name];
  const { published } = result;
  return [
    day,
    outcome,
    countText(rowsPublished(published)),
    countText(published.quarantined),
    bytesText(published.bytes),
    noteOf(outcome, published),
  ];
}

function noteOf(outcome: DateResult['outcome'], { partial, missing }: PublishedSummary): string {
  if (outcome === 'kept') return 'this version lacks locations that are published; --force publishes it';
  if (outcome === 'superseded') return 'a newer fetch is published; --force publishes this one';
  if (!partial) return '';
  const parts = missing.map(({ table, rows_found, rows_expected }) =>
    rows_expected === null ? table : `${table} ${rows_found}/${rows_expected}`,
  );
  return `partial: ${parts.join(', ')}`;
}

function isWorthALook(result: DateResult): boolean {
  if (result.outcome === 'skipped') return false;
  if (result.outcome === 'failed' || result.outcome === 'kept') return true;
  return result.published.partial;
}

function allPublished(dates: readonly DateResult[]): PublishedSummary[] {
  return dates.flatMap((result) => ('published' in result ? [result.published] : []));
}

function outcomeCounts(dates: readonly DateResult[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { outcome } of dates) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}
