import fc from 'fast-check';
import type { ColumnKind, WantedColumns } from '../../../../core/decode/answer';
import type { Section } from '../../../../core/model/source';

/** JSON before it is written: a token as it stands, an array, or members with their keys as they stand. */
export type Json =
  | string
  | readonly Json[]
  | { readonly members: readonly (readonly [key: string, value: Json])[] };

export interface GeneratedAnswer {
  readonly text: string;
  readonly wanted: WantedColumns;
}

interface GeneratedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly isWanted: boolean;
}

const SECTION_NAMES: readonly Section[] = ['current', 'current_weather', 'minutely_15', 'hourly', 'daily'];
const COLUMN_NAMES = [
  ...['temperature_2m', 'wind_speed_10m', 'rain_sum', 'sunrise', 'weather_code', 'temperature_2m_ecmwf_ifs'],
  ...['__proto__', 'constructor', 'toString', 'a"b', 'back\\slash', 'été', '雨', '🌧', '', 'line\nfeed'],
];
const ENVELOPE: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ['location_id', fc.constantFrom('0', '1', '2', '1000', '1e2')],
  ['latitude', fc.constantFrom('52.5', '-90', '0', '-0.0', '4.8999996', '1e-7')],
  ['longitude', fc.constantFrom('13.419998', '-180.0', '5')],
  ['elevation', fc.constantFrom('38.0', '-12', '8848.86', 'null')],
  ['utc_offset_seconds', fc.constantFrom('0', '3600', '-43200', '20700')],
  ['timezone', fc.constantFrom('"GMT"', '"Europe\\/Berlin"', '"Etc\\u002fGMT-1"', 'null')],
  ['generationtime_ms', fc.constantFrom('0.1424551010131836', '13')],
];

export const numberToken = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -999, max: 9999 }).map((tenths) => (tenths / 10).toFixed(1)) },
  { weight: 2, arbitrary: fc.integer({ min: -1e6, max: 1e6 }).map(String) },
  { weight: 2, arbitrary: fc.constant('null') },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('-0.0', '-0', '5.40', '1E3', '1.5e-7', '12345678901234567890', '0.00'),
  },
);
export const textToken = fc.oneof(
  fc.constant('null'),
  fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  fc
    .string({
      unit: fc.constantFrom('a', '\\"', '\\\\', '\\/', '\\n', '\\u00e9', '\\uD83C\\udf27', '雨', '\\ud800'),
    })
    .map((literal) => `"${literal}"`),
);
export const anyToken = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value));
export const spaces = fc.oneof(
  fc.constant(['']),
  fc.array(fc.constantFrom('', '', ' ', '\n', '\t', '\r\n    '), { minLength: 1, maxLength: 17 }),
);

/** Labels or seconds, in steps of an hour or a day. */
const axisStyle = fc.constantFrom<(step: number) => string>(
  (step) => `"${new Date(1_700_000_000_000 + step * 3_600_000).toISOString().slice(0, 16)}"`,
  (step) => `"${new Date(step * 900_000).toISOString().slice(0, 16)}"`,
  (step) => `"${new Date(1_700_000_000_000 + step * 1_000).toISOString().slice(0, 19)}"`,
  (step) => `"${new Date(step * 86_400_000).toISOString().slice(0, 10)}"`,
  (step) => String(1_700_000_000 + step * 3600),
);

function tokensOf(kind: ColumnKind, style: (step: number) => string): fc.Arbitrary<string> {
  if (kind === 'number') return numberToken;
  if (kind === 'text') return textToken;
  return fc.oneof(fc.constant('null'), fc.integer({ min: -5000, max: 5000 }).map(style));
}

/** A key with some of its characters in escapes. */
function keyToken(name: string): fc.Arbitrary<string> {
  return fc.nat(7).map((every) => {
    const escaped = [...JSON.stringify(name).slice(1, -1)].map((character, index) =>
      every > 1 && index % every === 1 && /[a-z_0-9]/.test(character) && !JSON.stringify(name).includes('\\')
        ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
        : character,
    );
    return `"${escaped.join('')}"`;
  });
}

export const shuffled = <Item>(items: readonly Item[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

export const objectOf = (members: readonly (readonly [string, fc.Arbitrary<Json>])[]): fc.Arbitrary<Json> =>
  shuffled(members)
    .chain((order) => fc.tuple(...order.map(([name, value]) => fc.tuple(keyToken(name), value))))
    .map((written) => ({ members: written }));

function blockOf(section: Section, columns: readonly GeneratedColumn[]): fc.Arbitrary<Json> {
  const isRow = section.startsWith('current');
  return fc
    .tuple(isRow ? fc.constant(1) : fc.nat(30), axisStyle, fc.nat(1000))
    .chain(([rows, style, start]) => {
      const axis = Array.from({ length: rows }, (_, row) => style(start + row));
      const columnOf = ({ kind, isWanted }: GeneratedColumn) =>
        fc.array(isWanted ? tokensOf(kind, style) : anyToken, { minLength: rows, maxLength: rows });
      const inShape = (tokens: readonly string[]): Json => (isRow ? tokens[0]! : tokens);
      return objectOf([
        ['time', fc.constant(inShape(axis))],
        ...columns.map((column) => [column.name, columnOf(column).map(inShape)] as const),
      ]);
    });
}

function elementOf(sections: ReadonlyMap<Section, readonly GeneratedColumn[]>): fc.Arbitrary<Json> {
  const unit = fc.constantFrom('"°C"', '"mm"', '""', '"W/m\\u00b2"');
  const blocks = [...sections].map(([section, columns]) => [section, blockOf(section, columns)] as const);
  const units = [...sections].map(
    ([section, columns]) => [`${section}_units`, objectOf(columns.map(({ name }) => [name, unit]))] as const,
  );
  return fc
    .tuple(fc.subarray([...ENVELOPE, ...units, ['x', anyToken] as const]), fc.constant(blocks))
    .chain(([optional, required]) => objectOf([...optional, ...required]));
}

const sectionsArbitrary = fc
  .subarray([...SECTION_NAMES], { minLength: 1, maxLength: 3 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc
          .uniqueArray(
            fc.record({
              name: fc.constantFrom(...COLUMN_NAMES),
              kind: fc.constantFrom<ColumnKind>('number', 'number', 'time', 'text'),
              isWanted: fc.boolean(),
            }),
            { selector: ({ name: column }) => column, maxLength: 5 },
          )
          .map((columns) => [name, columns] as const),
      ),
    ),
  )
  .map((entries) => new Map<Section, readonly GeneratedColumn[]>(entries));

/** Answers of every shape, and what is wanted of them. All of them are sound. */
export const answerArbitrary: fc.Arbitrary<GeneratedAnswer> = sectionsArbitrary.chain((sections) =>
  fc
    .tuple(
      fc.oneof(elementOf(sections), fc.array(elementOf(sections), { minLength: 1, maxLength: 4 })),
      spaces,
      fc.subarray([...sections.keys()], { minLength: 1 }),
    )
    .map(([answer, gaps, wantedSections]) => ({
      text: write(answer, gaps),
      wanted: Object.fromEntries(wantedSections.map((name) => [name, wantedOf(sections.get(name)!)])),
    })),
);

function wantedOf(columns: readonly GeneratedColumn[]): Record<string, ColumnKind> {
  return Object.fromEntries(columns.filter(({ isWanted }) => isWanted).map(({ name, kind }) => [name, kind]));
}

/** Puts the gaps, over and over, between the tokens. */
export function write(json: Json, gaps: readonly string[]): string {
  let used = 0;
  const gap = () => gaps[used++ % gaps.length]!;
  const inner = (value: Json): string => {
    if (typeof value === 'string') return gap() + value + gap();
    if ('members' in value) {
      return `${gap()}{${value.members.map(([key, member]) => `${gap()}${key}${gap()}:${inner(member)}`).join()}${gap()}}${gap()}`;
    }
    return `${gap()}[${value.map(inner).join()}${gap()}]${gap()}`;
  };
  return inner(json);
}
