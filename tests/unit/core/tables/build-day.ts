import { sliceByDay } from '../../../../core/answers/day-slices';
import type { LocationAnswer } from '../../../../core/answers/location-answer';
import type { Pipeline, Table } from '../../../../core/pipeline/pipeline';
import { type BuiltTable, buildTable } from '../../../../core/tables/build-table';
import { type Day, dayNumber } from '../../../../core/time/day';

export const DAY = '2026-03-10' as Day;
/** Seconds since the epoch at which the day begins in UTC. */
export const MIDNIGHT = dayNumber(DAY) * 86_400;
export const HOUR = 3_600;
export const METADATA = { schema_version: '1' };

export function tableNamed(pipeline: Pipeline, name: string): Table {
  return pipeline.tables.find((table) => table.name === name)!;
}

/** The table of the day, from whole answers of its section. */
export function buildDay(table: Table, answers: readonly LocationAnswer[]): BuiltTable {
  const slices = answers.flatMap((answer) => sliceByDay(answer, table.section).get(DAY) ?? []);
  return buildTable({ table, slices, metadata: METADATA });
}
