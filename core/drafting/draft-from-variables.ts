import type { ApiName } from '../model/source';
import { PIPELINE_DEFAULTS } from '../pipeline/defaults';
import { parsePipeline } from '../pipeline/parse-pipeline';
import { isDaySection } from '../pipeline/pipeline';
import { locationId } from './draft-locations';
import { draftSource } from './draft-source';
import { findVariables, firstApi, SECTION_ORDER } from './find-variables';
import type { ColumnDraft, PipelineDraft, TableDraft } from './pipeline-draft';
import { type CatalogueVariable, VARIABLE_CATALOGUE } from './variable-catalogue';
import { meanOf, witnessOf } from './witness';

export interface VariablesDraftOptions {
  readonly name: string;
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
  /** IANA name; its standard time sets the days of daily tables. Default: GMT. */
  readonly timezone?: string;
  /** As the source calls them. One that several sections have is taken from the first of `hourly`, `daily`; `daily:name` says which. */
  readonly variables: readonly string[];
  /** Default: the first API that has all of the variables. */
  readonly api?: ApiName;
  readonly models?: readonly string[];
}

/**
 * A pipeline for variables that the catalogue knows, at one place, with units, CF names and plausible ranges.
 *
 * @throws ConfigError listing every variable that is not known, with names like it, or that the API does not have
 */
export function draftFromVariables(options: VariablesDraftOptions): PipelineDraft {
  const api = options.api ?? firstApi(options.variables);
  const tables = draftTables(findVariables(options.variables, api));
  const draft: PipelineDraft = {
    name: options.name,
    schema_version: 1,
    source: draftSource({ api, models: options.models, tables }),
    locations: [
      {
        id: locationId(0),
        name: locationId(0),
        latitude: options.latitude,
        longitude: options.longitude,
        timezone: options.timezone ?? 'GMT',
      },
    ],
    window: { lag_days: 0, look_back_days: PIPELINE_DEFAULTS.lookBackDays },
    tables,
  };
  parsePipeline(draft, 'No pipeline can be drafted from that:');
  return draft;
}

function draftTables(variables: readonly CatalogueVariable[]): TableDraft[] {
  return SECTION_ORDER.flatMap((section) => {
    const chosen = variables.filter((row) => row.section === section);
    if (chosen.length === 0) return [];
    const rows = isDaySection(section) ? withMeans(chosen) : chosen;
    return [{ name: `weather_${section}`, section, columns: rows.map((row) => draftColumn(row, rows)) }];
  });
}

/** Adds the means that witness the maxima and minima, so that no extreme of a broken day is published. */
function withMeans(chosen: readonly CatalogueVariable[]): CatalogueVariable[] {
  const means = chosen.flatMap(({ variable }) => {
    const mean = meanOf(variable);
    return VARIABLE_CATALOGUE.filter((row) => row.section === 'daily' && row.variable === mean);
  });
  return [...new Set([...chosen, ...means])];
}

function draftColumn(row: CatalogueVariable, rows: readonly CatalogueVariable[]): ColumnDraft {
  const { variable, section, type, unit, standardName, cellMethod, range } = row;
  const witness = isDaySection(section)
    ? witnessOf(variable, (mean) => rows.some((other) => other.variable === mean))
    : undefined;
  return {
    source: variable,
    type,
    unit,
    ...(standardName !== undefined && { standard_name: standardName }),
    ...(cellMethod !== undefined && { cell_method: cellMethod }),
    ...(range !== undefined && { range: [...range] }),
    max_null_share: PIPELINE_DEFAULTS.maxNullShare,
    max_rejected_share: PIPELINE_DEFAULTS.maxRejectedShare,
    ...(witness !== undefined && { witness }),
  };
}
