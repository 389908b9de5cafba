import { UNIT_CATALOGUE } from './unit-catalogue';

/** to = (from + shift) * numerator / denominator + base */
export interface Conversion {
  readonly shift: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly base: number;
}

const ROWS = new Map(UNIT_CATALOGUE.map((row) => [row.unit, row]));

/**
 * How values in the unit `from` become values in the unit `to`; `null` when they are the same already,
 * `undefined` when no conversion is known.
 */
export function findConversion(from: string, to: string): Conversion | null | undefined {
  if (from === to) return null;
  const source = ROWS.get(from);
  const target = ROWS.get(to);
  if (source === undefined || target === undefined || source.quantity !== target.quantity) return undefined;
  const conversion = {
    shift: source.shift,
    numerator: source.numerator * target.denominator,
    denominator: source.denominator * target.numerator,
    base: -target.shift,
  };
  return isIdentity(conversion) ? null : conversion;
}

function isIdentity({ shift, numerator, denominator, base }: Conversion): boolean {
  return numerator === denominator && shift + base === 0;
}

export function convert(value: number, { shift, numerator, denominator, base }: Conversion): number {
  return ((value + shift) * numerator) / denominator + base;
}

/** Whether other units can be converted to it. */
export function isKnownUnit(unit: string): boolean {
  return ROWS.has(unit);
}

/** Units that a value in `unit` can be converted to or from, itself included. */
export function compatibleUnits(unit: string): string[] {
  const quantity = ROWS.get(unit)?.quantity;
  return quantity === undefined
    ? [unit]
    : UNIT_CATALOGUE.filter((row) => row.quantity === quantity).map((row) => row.unit);
}
