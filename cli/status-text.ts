import type { DayRange } from '../core/status/day-ranges';
import type { LakeStatus } from '../core/status/lake-status';
import type { ColumnQuality } from '../core/status/quality-summary';
import type { DamagedRaw } from '../core/status/raw-findings';
import type { ObjectSizes } from '../core/status/size-summary';
import { alignedTable } from './text/aligned-table';
import { bytesText, countText, plural, shareText } from './text/quantities';

const RANGES_LISTED = 5;
const COLUMNS_LISTED = 8;

/** The status as people read it: what is there, then only what is wrong. @param isThere whether the lake's folder is */
export function statusText(status: LakeStatus, lake: string, isThere = true): string {
  if (status.published.days === 0) {
    const noFolder = isThere ? '' : ', a folder that does not exist';
    return `${status.pipeline}: nothing is published in ${lake}${noFolder}. Newest day due: ${status.freshness.newest_due}.`;
  }
  return [
    alignedTable([{ head: status.pipeline }, { head: lake }], findings(status)),
    sizesText(status),
    qualityText(status),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function findings(status: LakeStatus): string[][] {
  const { published, freshness, gaps, partial, leases, simulated, better_from_history, damaged, raw } =
    status;
  const overdue = freshness.days_overdue;
  const republishing = leases.filter((lease) => lease.republishing);
  const held = leases.filter((lease) => !lease.republishing);
  const optional: [string, readonly string[]][] = [
    ['gaps', gaps.map(rangeText)],
    ['damaged manifests', damaged.map(({ date }) => date)],
    ['damaged raw', raw.damaged.map(damagedRawText)],
    ['repaired raw', raw.repaired.map(({ key }) => key)],
    ['partial', partial.map(({ date }) => date)],
    ['republishing', republishing.map(({ date, run_id }) => `${date} (run ${run_id})`)],
    ['held by a run', held.map(({ date, run_id }) => `${date} (run ${run_id})`)],
    ['simulated', simulated.map(rangeText)],
    ['better from history', better_from_history.map(rangeText)],
  ];
  return [
    ['published', `${plural(published.days, 'day')}, ${published.first} to ${published.last}`],
    [
      'freshness',
      overdue === 0
        ? `up to date (newest due: ${freshness.newest_due})`
        : `${plural(overdue, 'day')} overdue (newest due: ${freshness.newest_due})`,
    ],
    ...optional.filter(([, texts]) => texts.length > 0).map(([name, texts]) => [name, listText(texts)]),
  ];
}

function damagedRawText({ key, reason, dates }: DamagedRaw): string {
  const days = dates.length === 0 ? 'no published day needs it' : `of ${dates.join(' ')}`;
  return `${key} ${reason} (${days})`;
}

function rangeText({ from, to, days }: DayRange): string {
  return days === 1 ? from : `${from} to ${to} (${countText(days)})`;
}

function listText(texts: readonly string[]): string {
  const rest = texts.length - RANGES_LISTED;
  return [...texts.slice(0, RANGES_LISTED), ...(rest > 0 ? [`and ${countText(rest)} more`] : [])].join(', ');
}

function sizesText({ sizes }: LakeStatus): string {
  const rows: [string, ObjectSizes][] = Object.entries(sizes.tables);
  if (sizes.quarantine.objects > 0) rows.push(['quarantine', sizes.quarantine]);
  rows.push(['all', sizes.total]);
  return alignedTable(
    [
      { head: 'table' },
      { head: 'objects', align: 'right' },
      { head: 'rows', align: 'right' },
      { head: 'size', align: 'right' },
    ],
    rows.map(([name, { objects, rows: count, bytes }]) => [
      name,
      countText(objects),
      countText(count),
      bytesText(bytes),
    ]),
  );
}

/** The columns with most missing, the worst first; none where all values are there. */
function qualityText({ quality }: LakeStatus): string {
  const flawed = quality
    .filter((column) => missingOf(column) > 0)
    .sort((a, b) => missingOf(b) / b.rows - missingOf(a) / a.rows);
  const table = alignedTable(
    [
      { head: 'column' },
      { head: 'null', align: 'right' },
      { head: 'rejected', align: 'right' },
      { head: 'incomplete', align: 'right' },
      { head: 'share', align: 'right' },
      { head: 'worst day' },
    ],
    flawed
      .slice(0, COLUMNS_LISTED)
      .map((column) => [
        `${column.table}.${column.column}`,
        countText(column.nulls),
        countText(column.rejected),
        countText(column.incomplete_day),
        shareText(missingOf(column) / column.rows),
        column.worst_days[0]?.date ?? '',
      ]),
  );
  const rest = flawed.length - COLUMNS_LISTED;
  return rest > 0 ? `${table}\nand ${plural(rest, 'more column')}; --json has all` : table;
}

function missingOf({ nulls, rejected, incomplete_day }: ColumnQuality): number {
  return nulls + rejected + incomplete_day;
}
