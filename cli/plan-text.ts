import type { PlanReport, RunPlan } from '../core/planning/plan-report';
import { alignedTable } from './text/aligned-table';
import { bytesText, countText, durationText, plural, shareText } from './text/quantities';

const RUNS_LISTED = 20;

/** A plan as people read it. */
export function planText({ pipeline, runs, total }: PlanReport, kind: 'ingest' | 'backfill'): string {
  const { minute, hour, day } = total.quota_share;
  const time =
    total.shortest_seconds === null
      ? 'never: one request is above a limit'
      : `at least ${durationText(total.shortest_seconds)}`;
  const rows = Object.entries(total.rows).map(([table, count]) => `${table} ${countText(count)}`);
  const summary = alignedTable(
    [
      { head: pipeline },
      { head: `${kind} of ${plural(total.days, 'day')}, ${plural(total.locations, 'location')}` },
    ],
    [
      ['requests', countText(total.requests)],
      [
        'weight',
        `${countText(total.weight.total)}, the heaviest request ${countText(total.weight.heaviest)}`,
      ],
      [
        'of the quota',
        `${shareText(minute)} of a minute, ${shareText(hour)} of an hour, ${shareText(day)} of a day`,
      ],
      ['time under it', time],
      ['rows', rows.join(', ')],
      [
        'size',
        `raw about ${bytesText(total.bytes.raw_gzip)}, Parquet about ${bytesText(total.bytes.parquet)}`,
      ],
    ],
  );
  return [summary, runsText(runs)].filter((part) => part !== '').join('\n\n');
}

/** One line says nothing that the summary does not. */
function runsText(runs: readonly RunPlan[]): string {
  if (runs.length < 2) return '';
  const table = alignedTable(
    [
      { head: 'from' },
      { head: 'to' },
      { head: 'source' },
      { head: 'requests', align: 'right' },
      { head: 'weight', align: 'right' },
    ],
    runs
      .slice(0, RUNS_LISTED)
      .map(({ from, to, source, requests, weight }) => [
        from,
        to,
        [source.api, ...source.models].join(' '),
        countText(requests),
        countText(weight.total),
      ]),
  );
  const rest = runs.length - RUNS_LISTED;
  return rest > 0 ? `${table}\nand ${plural(rest, 'more run')}` : table;
}
