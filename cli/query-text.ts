import { stringify } from 'csv-stringify/sync';
import { ConfigError } from '../core/errors';
import { alignedTable } from './text/aligned-table';
import { plural } from './text/quantities';

export const QUERY_FORMATS = ['table', 'csv', 'json'] as const;
export type QueryFormat = (typeof QUERY_FORMATS)[number];

type Value = string | number | boolean | null | object;

export interface Answer {
  /** Names may repeat. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Value[])[];
}

/**
 * A result as text; JSON is an array with an object for each row.
 *
 * @throws ConfigError when JSON would lose a column because two have one name
 */
export function queryText(answer: Answer, format: QueryFormat): string {
  if (format === 'table') return tableText(answer);
  const names = answer.columns.map(({ name }) => name);
  if (format === 'csv')
    return stringify([names, ...answer.rows.map((row) => row.map(cellOf))], { cast: { boolean: String } });
  refuseRepeatedNames(names);
  return JSON.stringify(
    answer.rows.map((row) => Object.fromEntries(row.map((value, index) => [names[index], value]))),
    null,
    2,
  );
}

/** Where a cell is one text, lists and objects are JSON. */
function cellOf(value: Value): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function refuseRepeatedNames(names: readonly string[]): void {
  const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (repeated.length === 0) return;
  const message = 'an object holds a name once; give each column its own with AS, or ask for table or csv';
  throw new ConfigError(
    'The result cannot be written as JSON:',
    repeated.map((name) => ({ path: `column ${name}`, message })),
  );
}

function tableText({ columns, rows }: Answer): string {
  const isNumber = (index: number) => rows.some((row) => typeof row[index] === 'number');
  const heads = columns.map(
    ({ name }, index) => ({ head: name, align: isNumber(index) ? 'right' : 'left' }) as const,
  );
  const table = alignedTable(
    heads,
    rows.map((row) => row.map((value) => String(cellOf(value) ?? ''))),
  );
  return `${table}${rows.length === 0 ? '' : '\n'}(${plural(rows.length, 'row')})`;
}
