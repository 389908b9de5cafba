import { SECTION_NAMES } from './apis';
import type { Fault, FaultCondition, FaultRule } from './faults';

type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

/** What an edit may touch: the elements, the one it strikes, and that one's section with the column it strikes. */
interface Target {
  readonly elements: JsonObject[];
  readonly element: JsonObject;
  readonly units: JsonObject;
  readonly section: JsonObject;
  readonly column: string;
}

/** Stand for what JSON cannot say, until the text is printed. */
const NAN_MARKS = { nan: '@nan@', '-nan': '@-nan@' } as const;
const TWIN_MARK = '@twin@';

type Edit<K extends Fault['kind']> = (target: Target, fault: Extract<Fault, { kind: K }>) => void;
type Edits = { readonly [K in Fault['kind']]?: Edit<K> };

const EDITS: Edits = {
  null_column: ({ section, column }) => setColumn(section, column, (values) => values.map(() => null)),
  ragged: ({ section, column }) => setColumn(section, column, (values) => values.slice(0, -1)),
  text_value: ({ section, column }) => setColumn(section, column, (values) => ['n/a', ...values.slice(1)]),
  out_of_range: ({ section, column }, { value }) =>
    setColumn(section, column, (values) => [value, ...values.slice(1)]),
  drop_column: ({ section, column }) => {
    delete section[column];
  },
  duplicate_key: ({ section, column }) => {
    section[column + TWIN_MARK] = section[column] ?? null;
  },
  wrong_unit: ({ units, column }, { unit }) => {
    units[column] = unit;
  },
  wrong_offset: ({ element }, { seconds }) => {
    element.utc_offset_seconds = seconds;
  },
  nan_envelope: ({ element }, { text = 'nan' }) => {
    for (const name of ['latitude', 'longitude', 'elevation']) element[name] = NAN_MARKS[text];
  },
  envelope: ({ element }, { members }) => {
    Object.assign(element, members);
  },
  drop_location: ({ elements, element }) => {
    elements.splice(elements.indexOf(element), 1);
  },
  swap_location_ids: ({ elements }) => swapIds(elements),
};

const PRINTING: readonly Fault['kind'][] = ['shuffle_keys', 'pretty', 'trailing_text'];

/** Whether the made answer has to be taken apart for these rules. */
export function isEdited(rules: readonly FaultRule[]): boolean {
  return rules.some(({ fault }) => fault.kind in EDITS || PRINTING.includes(fault.kind));
}

/** The body as the rules leave it. Decimals are no longer fixed: `5.40` becomes `5.4`. */
export function editBody(body: string, rules: readonly FaultRule[]): string {
  const tree = JSON.parse(body) as JsonObject | JsonObject[];
  const elements = Array.isArray(tree) ? tree : [tree];
  for (const { when = {}, fault } of rules) edit(fault, elements, when);
  const kinds = new Set(rules.map(({ fault }) => fault.kind));
  const shuffled = kinds.has('shuffle_keys') ? (reverseKeys(tree) as typeof tree) : tree;
  const text = JSON.stringify(shuffled, null, kinds.has('pretty') ? 2 : undefined)
    .replaceAll(`"${NAN_MARKS.nan}"`, 'nan')
    .replaceAll(`"${NAN_MARKS['-nan']}"`, '-nan')
    .replaceAll(TWIN_MARK, '');
  return text + trailingText(rules);
}

function edit<F extends Fault>(fault: F, elements: JsonObject[], when: FaultCondition): void {
  const apply = EDITS[fault.kind] as ((target: Target, fault: F) => void) | undefined;
  const element = elements.find(
    (one) => when.locationId !== undefined && one.location_id === when.locationId,
  );
  const struck = element ?? elements[0];
  if (!apply || !struck) return;
  const name = when.section ?? SECTION_NAMES.find((section) => struck[section] !== undefined) ?? 'hourly';
  const section = (struck[name] ?? {}) as JsonObject;
  const units = (struck[`${name}_units`] ?? {}) as JsonObject;
  const wanted = 'column' in fault ? fault.column : undefined;
  const column = wanted ?? Object.keys(section).find((key) => key !== 'time' && key !== 'interval') ?? 'time';
  apply({ elements, element: struck, section, units, column }, fault);
}

/** `current` holds values, the other sections arrays. */
function setColumn(section: JsonObject, column: string, change: (values: Json[]) => Json[]): void {
  const value = section[column];
  if (value === undefined) return;
  section[column] = Array.isArray(value) ? change(value) : (change([value])[0] ?? null);
}

function swapIds(elements: JsonObject[]): void {
  const [first, second] = elements;
  if (!first || !second) return;
  const id = first.location_id ?? 0;
  first.location_id = second.location_id ?? 0;
  second.location_id = id;
}

function reverseKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reverseKeys(inner)]),
  );
}

function trailingText(rules: readonly FaultRule[]): string {
  return rules
    .map(({ fault }) => (fault.kind === 'trailing_text' ? (fault.text ?? '\n<!-- end -->') : ''))
    .join('');
}
