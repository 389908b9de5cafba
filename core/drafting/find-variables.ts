import { ConfigError, type ConfigProblem } from '../errors';
import { apisOfModel, modelSuffix } from '../model/known-models';
import { API_NAMES, type ApiName } from '../model/source';
import { nearNames } from '../near-names';
import { type CatalogueVariable, VARIABLE_CATALOGUE } from './variable-catalogue';

/** Where a name that several sections have is looked for. */
export const SECTION_ORDER = ['hourly', 'daily', 'minutely_15'] as const;
const SECTION_PREFIX = /^(?:(minutely_15|hourly|daily):)?(.*)$/s;

/** Rows of the catalogue that a name may mean. */
function rowsOf(name: string): CatalogueVariable[] {
  const [, section, variable] = SECTION_PREFIX.exec(name)!;
  return VARIABLE_CATALOGUE.filter(
    (row) => row.variable === variable && (section === undefined || row.section === section),
  );
}

/** The API that has all variables; where none has, that of the first, so that the others can be named. */
export function firstApi(variables: readonly string[]): ApiName {
  const known = variables.map(rowsOf).filter((rows) => rows.length > 0);
  const hasAll = (api: ApiName) => known.every((rows) => rows.some(({ apis }) => apis.includes(api)));
  return API_NAMES.find(hasAll) ?? known[0]?.[0]?.apis[0] ?? 'forecast';
}

/** @throws ConfigError listing every name that is not known, with names like it, or that the API does not have */
export function findVariables(names: readonly string[], api: ApiName): CatalogueVariable[] {
  const problems: ConfigProblem[] = [];
  const found = names.flatMap((name) => {
    const rows = rowsOf(name).filter(({ apis }) => apis.includes(api));
    const row = SECTION_ORDER.flatMap((section) => rows.find((each) => each.section === section) ?? [])[0];
    if (row === undefined) problems.push(refusalOf(name, api));
    return row ?? [];
  });
  if (names.length === 0)
    problems.push({ path: '--variables', message: 'name at least one, for example temperature_2m' });
  if (problems.length === 0) return [...new Set(found)];
  throw new ConfigError('These variables cannot be drafted:', problems);
}

function refusalOf(name: string, api: ApiName): ConfigProblem {
  const rows = rowsOf(name);
  if (rows.length > 0) {
    const others = [...new Set(rows.flatMap(({ apis }) => apis))].join(', ');
    return {
      path: name,
      message: `the API ${api} does not have it, but ${others} does; draft one pipeline for each API`,
    };
  }
  return { path: name, message: `no variable of the catalogue; ${proposalFor(name.replace(/^.*:/, ''))}` };
}

function proposalFor(variable: string): string {
  const model = modelSuffix(variable);
  if (model !== undefined)
    return `its ending ${model} is a model of the ${apisOfModel(model).join(', ')} API: leave the ending out, and say --models ${model}`;
  const near = nearNames(
    variable,
    VARIABLE_CATALOGUE.map((row) => row.variable),
  );
  return near.length === 0
    ? 'draft from an answer that has it (--from)'
    : `did you mean ${near.join(' or ')}?`;
}
