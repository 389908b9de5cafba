import {
  type DuckDBArrayType,
  DuckDBArrayValue,
  type DuckDBListType,
  DuckDBListValue,
  type DuckDBMapType,
  DuckDBMapValue,
  type DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';

export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue };

/** FLOAT: every decimal of so many digits survives being stored, so a shorter spelling need not be looked for. */
const FLOAT_DIGITS = 6;

/** FLOAT: so many digits name any value without doubt. */
const FLOAT_DIGITS_MAX = 9;

/**
 * A value as JSON knows it: integers as numbers while they are exact, else as text; instants as `YYYY-MM-DDTHH:MM:SSZ`
 * (a TIMESTAMP without time zone lacks the `Z`), dates as `YYYY-MM-DD`; lists and arrays as lists, structs and maps as
 * objects; what else has no counterpart, as DuckDB prints it.
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
      return value === null || value === undefined ? null : (nested(value, type) ?? printed(value));
  }
}

/** `undefined` of what holds no other values. */
function nested(value: object, type: DuckDBType): PlainValue | undefined {
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    const { valueType } = type as DuckDBListType | DuckDBArrayType;
    return value.items.map((item) => toPlainValue(item, valueType));
  }
  if (value instanceof DuckDBStructValue) {
    const { entryNames, entryTypes } = type as DuckDBStructType;
    return Object.fromEntries(
      entryNames.map((name, index) => [name, toPlainValue(value.entries[name]!, entryTypes[index]!)]),
    );
  }
  if (!(value instanceof DuckDBMapValue)) return undefined;
  const { valueType } = type as DuckDBMapType;
  return Object.fromEntries(
    value.entries.map((entry) => [String(entry.key), toPlainValue(entry.value, valueType)]),
  );
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
