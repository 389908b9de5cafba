import type { ColumnKind, WantedColumns } from '../decode/answer';
import type { Section } from '../model/source';
import type { Column, PipelineColumnType, Table } from '../pipeline/pipeline';

export const COLUMN_KINDS: Readonly<Record<PipelineColumnType, ColumnKind>> = {
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

/** What a column of one of several models is called where that model is the only one left; `undefined` of other columns. */
export function unsuffixedName({ source }: Column, models: readonly string[]): string | undefined {
  const model = models.length > 1 ? modelOf(source, models) : undefined;
  return model === undefined ? undefined : source.slice(0, -model.length - 1);
}

/** The model that a column's name ends with. */
export function modelOf(source: string, models: readonly string[]): string | undefined {
  return models
    .filter((model) => source.endsWith(`_${model}`))
    .reduce<string | undefined>((longest, model) => longerOf(longest, model), undefined);
}

function longerOf(longest: string | undefined, model: string): string {
  return longest !== undefined && longest.length >= model.length ? longest : model;
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
    columns.flatMap((column) =>
      [unsuffixedName(column, models) ?? [], answerNames(column, models)]
        .flat()
        .map((name) => [name, COLUMN_KINDS[column.type]]),
    ),
  );
}
