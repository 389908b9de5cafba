import * as z from 'zod';
import { locationSchema } from './location-schema';
import { recordedSchema } from './schema';
import { sourceSchema } from './source-schema';
import { columnSchema, tableSchema } from './table-schema';

export type LocationPart = Partial<z.output<typeof locationSchema>>;
export type ColumnPart = Partial<z.output<typeof columnSchema>>;
export type SourcePart = Partial<z.output<typeof sourceSchema>>;
export type RecordedPart = Partial<z.output<typeof recordedSchema>>;

export interface TablePart extends Partial<Omit<z.output<typeof tableSchema>, 'columns'>> {
  readonly columns: readonly ColumnPart[];
}

/**
 * Every value of a pipeline file that is well formed by itself, defaults filled in, in its place; what is not is left
 * out. So one mistake never hides another.
 */
export interface PipelineParts {
  readonly source: SourcePart;
  readonly locations: readonly LocationPart[];
  readonly tables: readonly TablePart[];
  readonly recorded: RecordedPart;
}

export function readParts(json: unknown): PipelineParts {
  const { source, locations, tables, recorded } = members(json);
  return {
    source: readMembers(sourceSchema, source),
    locations: elements(locations).map((location) => readMembers(locationSchema, location)),
    tables: elements(tables).map(readTable),
    recorded: readMembers(recordedSchema, recorded),
  };
}

function readTable(json: unknown): TablePart {
  const head = readMembers(tableSchema.omit({ columns: true }), json);
  const columns = elements(members(json).columns).map((column) => readMembers(columnSchema, column));
  return { ...head, columns };
}

/** The members of an object that are well formed by themselves, defaults filled in. */
export function readMembers<Shape extends z.ZodRawShape>(
  { shape }: z.ZodObject<Shape>,
  json: unknown,
): Partial<z.output<z.ZodObject<Shape>>> {
  const values = members(json);
  const read = Object.entries(shape).flatMap(([key, schema]) => {
    const result = z.safeParse(schema, values[key]);
    return result.success && result.data !== undefined ? [[key, result.data]] : [];
  });
  return Object.fromEntries(read);
}

function members(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
}

function elements(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [];
}
