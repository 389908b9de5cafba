import type { Manifest } from '../core/manifest/manifest';
import type { DateResult, RunReport } from '../core/runs/run-parts';
import { partialTables } from '../core/status/partial-days';
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
    simulated: manifests(dates).some(({ simulated }) => simulated),
    requests: { sent, reused, failed: failures.length },
    outcomes: Object.fromEntries(outcomeCounts(dates)),
    dates: dates.map(dateDocument),
  };
}

function dateDocument(result: DateResult): Record<string, unknown> {
  const { day: date, outcome } = result;
  if (outcome === 'skipped') return { date, outcome };
  if (outcome === 'failed') return { date, outcome, error: errorDocument(result.error) };
  const { manifest } = result;
  return {
    date,
    outcome,
    partial: manifest.partial,
    simulated: manifest.simulated,
    source: manifest.source,
    rows: Object.fromEntries(Object.entries(manifest.tables).map(([name, { rows }]) => [name, rows.found])),
    bytes: sum(manifest.objects, ({ bytes }) => bytes),
    quarantined: sum(manifest.quarantine, ({ rows }) => rows),
    ...(manifest.partial ? { missing: partialTables(manifest) } : {}),
  };
}

/** A run as people read it. */
export function runText(report: RunReport, { seconds }: RunFacts): string {
  const { dates, sent, reused } = report;
  const listed = dates.length <= DATES_LISTED ? dates : dates.filter(isWorthALook);
  const outcomes = [...outcomeCounts(dates)].map(([outcome, count]) => `${countText(count)} ${outcome}`);
  const requests =
    sent + reused === 0 ? [] : [`${plural(sent, 'request')} sent, ${countText(reused)} reused`];
  const summary = [plural(dates.length, 'day'), outcomes.join(', '), ...requests, durationText(seconds)];
  const simulated = manifests(dates).some((manifest) => manifest.simulated);
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
  const { objects, quarantine } = result.manifest;
  return [
    day,
    outcome,
    countText(sum(objects, ({ rows }) => rows)),
    countText(sum(quarantine, ({ rows }) => rows)),
    bytesText(sum(objects, ({ bytes }) => bytes)),
    noteOf(result.outcome, result.manifest),
  ];
}

function noteOf(outcome: DateResult['outcome'], manifest: Manifest): string {
  if (outcome === 'kept') return 'this version lacks locations that are published; --force publishes it';
  if (outcome === 'superseded') return 'a newer fetch is published; --force publishes this one';
  if (!manifest.partial) return '';
  const parts = partialTables(manifest).map(({ table, rows_found, rows_expected }) =>
    rows_expected === null ? table : `${table} ${rows_found}/${rows_expected}`,
  );
  return `partial: ${parts.join(', ')}`;
}

function isWorthALook(result: DateResult): boolean {
  if (result.outcome === 'skipped') return false;
  if (result.outcome === 'failed' || result.outcome === 'kept') return true;
  return result.manifest.partial;
}

function manifests(dates: readonly DateResult[]): Manifest[] {
  return dates.flatMap((result) => ('manifest' in result ? [result.manifest] : []));
}

function outcomeCounts(dates: readonly DateResult[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { outcome } of dates) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}

function sum<T>(parts: readonly T[], read: (part: T) => number): number {
  return parts.reduce((total, part) => total + read(part), 0);
}
