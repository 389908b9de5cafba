import type { Section } from '../model/source';
import { SECONDS_PER_DAY } from '../time/day';
import type { Pipeline, Table } from './pipeline';

/** Rows that a whole day of a table has at each location; `undefined` for tables without a fixed grid. */
export function rowsPerDay({ stepSeconds }: Pick<Table, 'stepSeconds'>): number | undefined {
  return stepSeconds === undefined ? undefined : SECONDS_PER_DAY / stepSeconds;
}

/** Seconds from row to row of a section's tables, which agree on it. */
export function stepOfSection({ tables }: Pick<Pipeline, 'tables'>, section: Section): number | undefined {
  return tables.find((table) => table.section === section)?.stepSeconds;
}

/** Rows that a whole day of a section has at each location; 1 for sections without a fixed grid. */
export function wholeDayRows({ tables }: Pick<Pipeline, 'tables'>, section: Section): number {
  const table = tables.find((one) => one.section === section);
  return (table && rowsPerDay(table)) ?? 1;
}
