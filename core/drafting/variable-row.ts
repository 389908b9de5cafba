import type { ApiName } from '../model/source';

/** Sections that the catalogue knows variables of. */
export type CatalogueSection = 'minutely_15' | 'hourly' | 'daily';

/** Variable, its unit as the source spells it (wind asked in m/s), CF standard name, cell method, plausible range. */
export type VariableData = readonly [
  variable: string,
  unit: string,
  standardName?: string | null,
  cellMethod?: string | null,
  range?: readonly [number, number],
];

/** Variables of one section that the same APIs have. */
export interface VariableFamily {
  readonly section: CatalogueSection;
  /** The API to ask when none is named stands first. */
  readonly apis: readonly ApiName[];
  readonly rows: readonly VariableData[];
}
