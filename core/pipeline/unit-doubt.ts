import { VARIABLE_CATALOGUE } from '../drafting/variable-catalogue';
import type { Section } from '../model/source';
import { compatibleUnits, findConversion, isKnownUnit } from '../units/conversion';
import type { Column } from './pipeline';

const CATALOGUE_UNITS: ReadonlySet<string> = new Set(VARIABLE_CATALOGUE.map(({ unit }) => unit));

/** Why answers may be refused for the unit of a column. The source decides, so it is no mistake. */
export function unitDoubt(column: Column, section: Section): string | undefined {
  const known = VARIABLE_CATALOGUE.find((row) => row.section === section && row.variable === column.variable);
  return known === undefined ? doubtAbout(column) : objectionTo(column, known.unit);
}

/** @param given unit of the variable, as the catalogue has it */
function objectionTo({ variable, unit }: Column, given: string): string | undefined {
  if (findConversion(given, unit) !== undefined) return undefined;
  const reachable = compatibleUnits(given).join(' or ');
  return `${variable} comes in ${given}, which cannot be converted to "${unit}": answers are refused; say ${reachable}`;
}

function doubtAbout({ variable, unit }: Column): string | undefined {
  if (isKnownUnit(unit) || CATALOGUE_UNITS.has(unit)) return undefined;
  return `no conversion to "${unit}" is known; answers are refused unless the source gives ${variable} in that very unit`;
}
