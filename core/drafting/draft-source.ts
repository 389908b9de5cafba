import type { ApiName } from '../model/source';
import { PIPELINE_DEFAULTS } from '../pipeline/defaults';
import { fittingChunk } from '../pipeline/location-weight';
import type { SourceDraft, TableDraft } from './pipeline-draft';

const UNIT_PARAMETERS: Readonly<Record<string, SourceDraft['units']>> = {
  '°F': { temperature_unit: 'fahrenheit' },
  'km/h': { wind_speed_unit: 'kmh' },
  'm/s': { wind_speed_unit: 'ms' },
  'mp/h': { wind_speed_unit: 'mph' },
  kn: { wind_speed_unit: 'kn' },
  inch: { precipitation_unit: 'inch' },
};

export interface SourceFacts {
  readonly api: ApiName;
  readonly models: readonly string[] | undefined;
  readonly tables: readonly TableDraft[];
}

/** A source that is asked for the units of the tables, in chunks within the weight bound. */
export function draftSource({ api, models = [], tables }: SourceFacts): SourceDraft {
  const columns = tables.flatMap((table) => table.columns);
  const units = Object.assign({}, ...columns.map(({ unit }) => UNIT_PARAMETERS[unit] ?? {}));
  const asked = tables.map((table) => ({
    section: table.section,
    sources: table.columns.map(({ source }) => source),
  }));
  const fitting = fittingChunk(asked, [{ api, models }], PIPELINE_DEFAULTS.maxWeightPerRequest);
  return {
    api,
    ...(models.length > 0 && { models: [...models] }),
    ...(Object.keys(units).length > 0 && { units }),
    plan: 'free',
    ...(fitting < PIPELINE_DEFAULTS.locationsPerRequest && { locations_per_request: fitting }),
  };
}
