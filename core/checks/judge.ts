import { DataQualityError } from '../errors';
import type { Column, Pipeline } from '../pipeline/pipeline';
import type { Day } from '../time/day';
import type { ColumnCounts } from './column-counts';

/** Counts of a date over all locations, by table, then column. */
export type DateCounts = ReadonlyMap<string, ReadonlyMap<string, ColumnCounts>>;

/** @throws DataQualityError listing every column whose nulls or rejected values are past the pipeline's limits */
export function judge(pipeline: Pipeline, day: Day, counts: DateCounts): void {
  const breaches = pipeline.tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const found = counts.get(table.name)?.get(column.name);
      return found === undefined
        ? []
        : breachesOf(column, found).map((breach) => `${table.name}.${column.name}: ${breach}`);
    }),
  );
  if (breaches.length === 0) return;
  throw new DataQualityError(
    [
      `${day} is past the limits of the pipeline; what was published before stays. Ask again later, or raise the limits if this is to be expected:`,
      ...breaches.map((breach) => `  - ${breach}`),
    ].join('\n'),
    { context: { pipeline: pipeline.name, batch_date: day, breaches } },
  );
}

function breachesOf(column: Column, counts: ColumnCounts): string[] {
  const breaches: string[] = [];
  const rejected = counts.out_of_range + counts.not_an_integer;
  // Divided, not multiplied: 29 of 100 is 0.29 to the bit, while 0.29 * 100 is less than 29.
  if (counts.nulls / counts.rows > column.maxNullShare) {
    const hint =
      counts.nulls === counts.rows ? '; the API or its models may not serve it at these places' : '';
    breaches.push(
      `${counts.nulls} of ${counts.rows} values are null, max_null_share is ${column.maxNullShare}${hint}`,
    );
  }
  if (rejected / counts.rows > column.maxRejectedShare) {
    breaches.push(
      `${rejected} of ${counts.rows} values were rejected, max_rejected_share is ${column.maxRejectedShare}`,
    );
  }
  return breaches;
}
