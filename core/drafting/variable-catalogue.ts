import type { ApiName } from '../model/source';
import type { PipelineColumnType } from '../pipeline/pipeline';
import { AIR_AND_SEA_VARIABLES } from './air-and-sea-variables';
import type { CatalogueSection, VariableData, VariableFamily } from './variable-row';
import { WEATHER_VARIABLES } from './weather-variables';

/** What is known of a variable in a section of an answer. */
export interface CatalogueVariable {
  readonly variable: string;
  readonly section: CatalogueSection;
  /** APIs that have it, the one to ask when none is named first. */
  readonly apis: readonly ApiName[];
  readonly type: PipelineColumnType;
  /** As the source spells it, wind asked in m/s. */
  readonly unit: string;
  /** Of the CF table, version 83. */
  readonly standardName?: string;
  readonly cellMethod?: string;
  /** Plausible values in the unit, both ends included. */
  readonly range?: readonly [number, number];
}

const CODES: ReadonlySet<string> = new Set(['weather_code', 'is_day']);

export const VARIABLE_CATALOGUE: readonly CatalogueVariable[] = [
  ...WEATHER_VARIABLES,
  ...AIR_AND_SEA_VARIABLES,
].flatMap((family) => family.rows.map((row) => toVariable(family, row)));

function toVariable(
  { section, apis }: VariableFamily,
  [variable, unit, standardName, cellMethod, range]: VariableData,
): CatalogueVariable {
  return {
    variable,
    section,
    apis,
    type: typeOf(variable, unit),
    unit,
    ...(typeof standardName === 'string' && { standardName }),
    ...(typeof cellMethod === 'string' && { cellMethod }),
    ...(range !== undefined && { range }),
  };
}

function typeOf(variable: string, unit: string): PipelineColumnType {
  if (unit === 'iso8601') return 'timestamp';
  return CODES.has(variable) ? 'int32' : 'float32';
}
