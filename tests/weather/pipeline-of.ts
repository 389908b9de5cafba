import { parsePipeline } from '../../core/pipeline/parse-pipeline';
import type { Location, Pipeline } from '../../core/pipeline/pipeline';

export type Json = Readonly<Record<string, unknown>>;

export const BERLIN = {
  id: 'berlin',
  name: 'Berlin',
  latitude: 52.52,
  longitude: 13.41,
  timezone: 'Europe/Berlin',
};
export const NEW_YORK = {
  id: 'new-york',
  name: 'New York',
  latitude: 40.71,
  longitude: -74.01,
  timezone: 'America/New_York',
};

export const HOURLY = {
  name: 'weather_hourly',
  section: 'hourly',
  columns: [{ source: 'temperature_2m', unit: '°C', range: [-95, 60] }],
};
export const DAILY = {
  name: 'weather_daily',
  section: 'daily',
  columns: [
    { source: 'temperature_2m_mean', unit: '°C', range: [-95, 60] },
    { source: 'temperature_2m_max', unit: '°C', range: [-95, 60], witness: 'temperature_2m_mean' },
  ],
};

/** A pipeline of two cities with an hourly and a daily table; each part of the file may be put in their place. */
export function pipelineOf(parts: Json = {}): Pipeline {
  const file = { name: 'test', schema_version: 1, locations: [BERLIN, NEW_YORK], tables: [HOURLY, DAILY] };
  return parsePipeline({ ...file, ...parts });
}

/** So many locations, each at its own point, ten to a degree of latitude. */
export function locationsOf(count: number, parts: Json = {}) {
  return Array.from({ length: count }, (_, index) => ({
    ...BERLIN,
    id: `place-${String(index).padStart(4, '0')}`,
    latitude: ((index % 1000) - 500) / 10,
    longitude: Math.floor(index / 1000),
    ...parts,
  }));
}

/** A table of one section with so many columns without limits. */
export function tableOf(section: string, columns: number, parts: Json = {}) {
  return {
    name: `table_${section}`,
    section,
    columns: Array.from({ length: columns }, (_, index) => ({ source: `${section}_${index}`, unit: 'mm' })),
    ...parts,
  };
}

/** Locations whose days are at these offsets from UTC, in hours. */
export function locationsAt(offsets: readonly number[]): readonly Location[] {
  return pipelineOf({
    locations: offsets.map((offset, index) => ({
      ...BERLIN,
      id: `place-${index}`,
      utc_offset_hours: offset,
    })),
  }).locations;
}
