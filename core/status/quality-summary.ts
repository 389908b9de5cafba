import { addCounts, type ColumnCounts, noCounts } from '../checks/column-counts';
import type { Manifest } from '../manifest/manifest';

const WORST_DAYS_LISTED = 3;

/** What was found in one column over all published dates. */
export interface ColumnQuality {
  readonly table: string;
  readonly column: string;
  readonly rows: number;
  /** Nulls as received. */
  readonly nulls: number;
  /** Values taken out: out of range, or not what the type of the column holds. */
  readonly rejected: number;
  readonly incomplete_day: number;
  /** Dates with the largest share of values that are missing for any of these reasons, the worst first; none where all are there. */
  readonly worst_days: readonly { readonly date: string; readonly missing_share: number }[];
}

/** Columns in the order of the tables' first manifests. */
export function qualitySummary(manifests: readonly Manifest[]): ColumnQuality[] {
  const columns = new Map<string, FoundColumn>();
  for (const { date, tables } of manifests) {
    for (const [table, report] of Object.entries(tables)) {
      for (const [column, counts] of Object.entries(report.columns)) {
        const key = JSON.stringify([table, column]);
        const found = columns.get(key) ?? { table, column, sum: noCounts(), days: [] };
        found.sum = addCounts(found.sum, counts);
        if (missing(counts) > 0) found.days.push({ date, missing_share: missing(counts) / counts.rows });
        columns.set(key, found);
      }
    }
  }
  return [...columns.values()].map(summarize);
}

interface FoundColumn {
  readonly table: string;
  readonly column: string;
  sum: ColumnCounts;
  readonly days: { date: string; missing_share: number }[];
}

function summarize({ table, column, sum, days }: FoundColumn): ColumnQuality {
  const worst = days.toSorted((a, b) => b.missing_share - a.missing_share).slice(0, WORST_DAYS_LISTED);
  return {
    table,
    column,
    rows: sum.rows,
    nulls: sum.nulls,
    rejected: rejected(sum),
    incomplete_day: sum.incomplete_day,
    worst_days: worst,
  };
}

function rejected({ out_of_range, not_an_integer }: ColumnCounts): number {
  return out_of_range + not_an_integer;
}

function missing(counts: ColumnCounts): number {
  return counts.nulls + rejected(counts) + counts.incomplete_day;
}
