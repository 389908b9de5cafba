import {
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';

export type PlainValue = string | number | boolean | null;

/** FLOAT: every decimal of so many digits survives being stored, so a shorter spelling need not be looked for. */
const FLOAT_DIGITS = 6;

/** FLOAT: so many digits name any value without doubt. */
const FLOAT_DIGITS_MAX = 9;

/**
 * A value as JSON knows it: integers as numbers while they are exact, else as text; instants as `YYYY-MM-DDTHH:MM:SSZ`
 * (a TIMESTAMP without time zone lacks the `Z`), dates as `YYYY-MM-DD`; what else has no counterpart, as DuckDB prints it.
 */
export function toPlainValue(value: DuckDBValue, type: DuckDBType): PlainValue {
  switch (typeof value) {
    case 'number':
      return type.typeId === DuckDBTypeId.FLOAT ? shortestDecimal(value) : value;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'string':
    case 'boolean':
      return value;
    default:
      return value === null || value === undefined ? null : printed(value);
  }
}

/** The number of fewest digits that means the same 32-bit float: 17.7, where the float is 17.700000762939453. */
function shortestDecimal(value: number): number {
  for (let digits = FLOAT_DIGITS; digits < FLOAT_DIGITS_MAX; digits += 1) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(FLOAT_DIGITS_MAX));
}

function printed(value: object): string {
  if (value instanceof DuckDBTimestampValue) return isoTime(value);
  if (!(value instanceof DuckDBTimestampTZValue && value.isFinite)) return String(value);
  // DuckDB's own printing of an instant goes by the time zone of this machine, not by that of the session.
  return `${isoTime(new DuckDBTimestampValue(value.micros))}Z`;
}

function isoTime(value: DuckDBTimestampValue): string {
  return String(value).replace(' ', 'T');
}
