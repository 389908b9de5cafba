import type { LocationAnswer } from '../../core/answers/location-answer';
import type { DecodedColumn, TimeFormat } from '../../core/decode/answer';
import type { Location, Table } from '../../core/pipeline/pipeline';
import type { Conversion } from '../../core/units/conversion';

export type Value = number | null;

export interface AnswerFacts {
  readonly location: Location;
  readonly table: Table;
  /** Seconds, as the answer's own time column says them. */
  readonly time: readonly number[];
  readonly timeFormat?: TimeFormat;
  readonly offsetSeconds?: number;
  /** One for each column of the table. */
  readonly columns: readonly DecodedColumn[];
  readonly conversions?: readonly (Conversion | null)[];
}

/** One location's rows as the reader of answers hands them out. */
export function locationAnswerOf(facts: AnswerFacts): LocationAnswer {
  const { location, table, time, timeFormat = 'iso8601', offsetSeconds = 0, columns, conversions } = facts;
  const section = {
    rows: time.length,
    offset: 0,
    time: Float64Array.from(time),
    timeFormat,
    units: new Map<string, string>(),
    columns: new Map(columns.map((column, index) => [table.columns[index]!.source, column])),
  };
  const found = columns.map((data, index) => ({ data, conversion: conversions?.[index] ?? null }));
  return { location, section, offsetSeconds, columns: new Map([[table.name, found]]) };
}

export function numbers(values: readonly Value[]): DecodedColumn {
  return { kind: 'number', values: Float64Array.from(values, (value) => value ?? Number.NaN) };
}

export function times(values: readonly Value[], format: TimeFormat = 'iso8601'): DecodedColumn {
  return { kind: 'time', format, values: Float64Array.from(values, (value) => value ?? Number.NaN) };
}

export function texts(values: readonly (string | null)[]): DecodedColumn {
  return { kind: 'text', values };
}
