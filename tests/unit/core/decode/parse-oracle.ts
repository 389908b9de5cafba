import type {
  ColumnKind,
  DecodedColumn,
  DecodedLocation,
  DecodedSection,
  WantedColumns,
} from '../../../../core/decode/answer';
import { SECTIONS } from '../../../../core/model/source';

type Parsed = Readonly<Record<string, unknown>>;

const ENVELOPE_FIELDS = {
  location_id: 'locationId',
  latitude: 'latitude',
  longitude: 'longitude',
  elevation: 'elevation',
  utc_offset_seconds: 'utcOffsetSeconds',
  timezone: 'timezone',
} as const;

const MAY_BE_NULL: ReadonlySet<string> = new Set(['latitude', 'longitude']);
const MAY_BE_NAN: ReadonlySet<unknown> = new Set(['latitude', 'longitude', 'elevation']);
const MEMBER_NAN = /("(?:[^"\\]|\\.)*")([ \n\r\t]*:[ \n\r\t]*)-?nan(?=[ \n\r\t]*[,}])/g;

/** Writes null where a coordinate or elevation is a bare nan, which the source writes and JSON does not know. */
export function nanAsNull(text: string): string {
  return text.replace(MEMBER_NAN, (whole: string, key: string, colon: string) =>
    MAY_BE_NAN.has(parsed(key)) ? `${key}${colon}null` : whole,
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What JSON.parse makes of a body, a bare nan read as null, after decoding it as strict UTF-8; undefined when either refuses. */
export function strictParse(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return { value: JSON.parse(nanAsNull(text)) };
  } catch {
    return undefined;
  }
}

/** The first difference between what was decoded and what JSON.parse gave; undefined when there is none. */
export function difference(
  decoded: readonly DecodedLocation[],
  parsed: unknown,
  wanted: WantedColumns,
): string | undefined {
  const elements = (Array.isArray(parsed) ? parsed : [parsed]) as Parsed[];
  if (decoded.length !== elements.length) return `${decoded.length} locations, not ${elements.length}`;
  return firstOf(elements, (element, index) => locationDifference(decoded[index]!, element, index, wanted));
}

function locationDifference(
  location: DecodedLocation,
  element: Parsed,
  index: number,
  wanted: WantedColumns,
): string | undefined {
  if (location.index !== index) return `location ${index} says it is ${location.index}`;
  return (
    firstOf(Object.entries(ENVELOPE_FIELDS), ([name, field]) =>
      Object.is(location[field], told(element, name)) ? undefined : `location ${index}: ${name}`,
    ) ??
    firstOf(SECTIONS, (name) => {
      const columns = wanted[name];
      const block = columns === undefined ? undefined : own(element, name);
      const section = location.sections.get(name);
      if (block === undefined || section === undefined) {
        return block === section ? undefined : `${name} is there for one only`;
      }
      const units = (own(element, `${name}_units`) ?? {}) as Parsed;
      return sectionDifference(section, { block: block as Parsed, units, columns: columns ?? {} });
    })
  );
}

/** Of members that are null, coordinates alone are told from those that are not there. */
function told(element: Parsed, name: string): unknown {
  const value = own(element, name);
  return value === null && !MAY_BE_NULL.has(name) ? undefined : value;
}

function own(object: Parsed, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

interface ParsedSection {
  readonly block: Parsed;
  readonly units: Parsed;
  readonly columns: Readonly<Record<string, ColumnKind>>;
}

/** As `difference`, for one section's block. */
export function sectionDifference(
  section: DecodedSection,
  { block, units, columns }: ParsedSection,
): string | undefined {
  const wanted = Object.entries(columns).filter(([name]) => name !== 'time' && Object.hasOwn(block, name));
  const found = [...section.columns.keys()].sort().join();
  if (
    found !==
    wanted
      .map(([name]) => name)
      .sort()
      .join()
  )
    return `the columns are ${found}`;
  if (JSON.stringify([...section.units].sort()) !== JSON.stringify(Object.entries(units).sort()))
    return 'units';
  const axis: DecodedColumn = { kind: 'time', values: section.time, format: section.timeFormat };
  return (
    columnDifference('time', axis, asArray(block.time), section.rows) ??
    firstOf(wanted, ([name, kind]) => {
      const column = section.columns.get(name)!;
      if (column.kind !== kind) return `${name} is read as ${column.kind}`;
      return columnDifference(name, column, asArray(block[name]), section.rows);
    })
  );
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** A column without any row, beside times, is one of nulls. */
function columnDifference(name: string, column: DecodedColumn, values: unknown[], rows: number) {
  const expected = values.length === 0 && name !== 'time' ? Array<null>(rows).fill(null) : values;
  if (column.values.length !== rows || expected.length !== rows) return `${name} has another number of rows`;
  return firstOf(expected, (value, row) =>
    isEqual(column, row, value) ? undefined : `${name}[${row}] is ${column.values[row]}, not ${value}`,
  );
}

function isEqual(column: DecodedColumn, row: number, expected: unknown): boolean {
  if (column.kind === 'text') return column.values[row] === expected;
  const value = column.values[row]!;
  if (expected === null) return Number.isNaN(value);
  if (column.kind === 'number') return sameDouble(value, expected as number);
  if (column.format === 'unixtime') return value === expected;
  return typeof expected === 'string' && value === Date.parse(labelAsInstant(expected)) / 1000;
}

/** Equal to the bit, as doubles and after rounding to single precision. */
function sameDouble(value: number, expected: number): boolean {
  return Object.is(value, expected) && Object.is(Math.fround(value), Math.fround(expected));
}

function labelAsInstant(label: string): string {
  return label.length === 10 ? `${label}T00:00Z` : `${label}Z`;
}

function firstOf<Item>(
  items: readonly Item[],
  check: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = check(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
