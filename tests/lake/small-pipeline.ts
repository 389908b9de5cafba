import { parsePipeline } from '../../core/pipeline/parse-pipeline';
import type { Pipeline } from '../../core/pipeline/pipeline';

const LOCATIONS = [
  { id: 'berlin', name: 'Berlin', latitude: 52.52, longitude: 13.41, timezone: 'Europe/Berlin' },
  { id: 'auckland', name: 'Auckland', latitude: -36.85, longitude: 174.76, timezone: 'Pacific/Auckland' },
  { id: 'honolulu', name: 'Honolulu', latitude: 21.31, longitude: -157.86, timezone: 'Pacific/Honolulu' },
  { id: 'kolkata', name: 'Kolkata', latitude: 22.57, longitude: 88.36, timezone: 'Asia/Kolkata' },
  { id: 'quito', name: 'Quito', latitude: -0.18, longitude: -78.47, timezone: 'America/Guayaquil' },
];

const HOURLY = [
  { source: 'temperature_2m', unit: '°C', range: [-95, 60], max_rejected_share: 0.2 },
  { source: 'precipitation', unit: 'mm', range: [0, 420] },
  { source: 'weather_code', unit: 'wmo code', type: 'int32', range: [0, 99] },
];

const DAILY = [
  {
    source: 'temperature_2m_max',
    unit: '°C',
    range: [-95, 60],
    witness: 'temperature_2m_mean',
    max_null_share: 1,
  },
  { source: 'temperature_2m_mean', unit: '°C', range: [-95, 60], max_null_share: 1 },
  { source: 'precipitation_sum', unit: 'mm', range: [0, 1900], max_null_share: 1 },
];

export interface SmallPipeline {
  /** Which of the five locations, as `slice` takes them. Default: the first three. */
  readonly locations?: readonly [number, number];
  /** Default: 2, so that three locations make two chunks. */
  readonly chunk?: number;
  readonly source?: Readonly<Record<string, unknown>>;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A pipeline as small as can be that still has two tables and two chunks. */
export function smallPipeline(options: SmallPipeline = {}): Pipeline {
  return parsePipeline(smallPipelineFile(options));
}

/** The same as its file has it. */
export function smallPipelineFile({
  locations = [0, 3],
  chunk = 2,
  source = {},
  extra = {},
}: SmallPipeline = {}): Record<string, unknown> {
  return {
    name: 'small',
    schema_version: 1,
    source: { locations_per_request: chunk, retry_for_seconds: 0, ...source },
    locations: LOCATIONS.slice(...locations),
    window: { look_back_days: 1 },
    tables: [
      { name: 'weather_hourly', section: 'hourly', columns: HOURLY },
      { name: 'weather_daily', section: 'daily', columns: DAILY },
    ],
    ...extra,
  };
}
