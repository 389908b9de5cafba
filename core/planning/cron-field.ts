/** One field of a cron expression: what it may hold. */
export interface CronField {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Names that stand for the numbers from `first` on. */
  readonly names?: readonly string[];
  /** Forms of one value beside numbers, names, ranges and steps. */
  readonly special?: RegExp;
}

/** What a field stands for, or what is wrong with it. */
export type CronValues = { readonly values: ReadonlySet<number> } | { readonly mistake: string };

const PART = /^(\*|[^-/]+(?:-[^-/]+)?)(?:\/(\d+))?$/;

/** The numbers that a field's list stands for; a special form, such as `L`, stands for none. */
export function cronValues(text: string, field: CronField): CronValues {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    if (field.special?.test(part)) continue;
    const found = partValues(part, field);
    if (found === undefined) return { mistake: mistakeOf(part, field) };
    for (const value of found) values.add(value);
  }
  return { values };
}

/** `*`, `5`, `5-9`, each with a step: `5/10` runs to the end of the field. */
function partValues(part: string, field: CronField): number[] | undefined {
  const [, base, stepText] = PART.exec(part) ?? [];
  const range = base === undefined ? undefined : rangeOf(base, field, stepText !== undefined);
  const step = Number(stepText ?? 1);
  if (range === undefined || step < 1) return undefined;
  const [from, to] = range;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function rangeOf(base: string, field: CronField, toTheEnd: boolean): [number, number] | undefined {
  if (base === '*') return [field.first, field.last];
  const [from, to] = base.split('-').map((text) => numberOf(text, field));
  if (from === undefined) return undefined;
  if (!base.includes('-')) return [from, toTheEnd ? field.last : from];
  return to === undefined || to < from ? undefined : [from, to];
}

function numberOf(text: string, { first, last, names }: CronField): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return first + named;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= first && number <= last ? number : undefined;
}

function mistakeOf(part: string, { first, last, names }: CronField): string {
  const named = names === undefined ? '' : ` or ${names[0]} to ${names.at(-1)}`;
  return `"${part}" is no value, range or step from ${first} to ${last}${named}`;
}
