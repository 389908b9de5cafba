import type { Manifest, TableReport } from './manifest';

/** What a partial date lacks in one table. */
export interface PartialTable {
  readonly table: string;
  /** null for sections without a fixed number of rows a day. */
  readonly rows_expected: number | null;
  readonly rows_found: number;
  readonly locations_missing: readonly string[];
}

/** Whether rows or locations of a table are missing. */
export function isPartial({ rows, locations }: TableReport): boolean {
  return locations.missing.length > 0 || (rows.expected !== null && rows.found < rows.expected);
}

/** The tables of a date that are not whole. */
export function partialTables({ tables }: Manifest): PartialTable[] {
  return Object.entries(tables)
    .filter(([, report]) => isPartial(report))
    .map(([table, { rows, locations }]) => ({
      table,
      rows_expected: rows.expected,
      rows_found: rows.found,
      locations_missing: locations.missing,
    }));
}
