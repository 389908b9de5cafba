import type { ColumnKind, WantedColumns } from '../decode/answer';
import type { Section } from '../model/source';
import type { Column, PipelineColumnType, Table } from '../pipeline/pipeline';

const KINDS: Readonly<Record<PipelineColumnType, ColumnKind>> = {
  float32: 'number',
  float64: 'number',
  int32: 'number',
  timestamp: 'time',
  string: 'text',
};

/**
 * Names that a column may have in an answer, best first. With several models the server adds `_<model>`, unless only
 * one covers the location; with one model it adds nothing.
 */
export function answerNames(column: Column, models: readonly string[]): string[] {
  const [only] = models;
  if (models.length > 1) {
    const isSuffixed = models.some((model) => column.source.endsWith(`_${model}`));
    return isSuffixed
      ? [column.source]
      : [column.source, ...models.map((model) => `${column.source}_${model}`)];
  }
  if (only !== undefined && column.source.endsWith(`_${only}`)) {
    return [column.source, column.source.slice(0, -only.length - 1)];
  }
  return [column.source];
}

export function wantedColumns(
  sections: readonly Section[],
  tables: readonly Table[],
  models: readonly string[],
): WantedColumns {
  return Object.fromEntries(
    sections.map((section) => [
      section,
      wantedOf(
        tables.filter((table) => table.section === section),
        models,
      ),
    ]),
  );
}

function wantedOf(tables: readonly Table[], models: readonly string[]): Record<string, ColumnKind> {
  const columns = tables.flatMap((table) => table.columns);
  return Object.fromEntries(
    columns.flatMap((column) => answerNames(column, models).map((name) => [name, KINDS[column.type]])),
  );
}
