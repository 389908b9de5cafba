/** A pipeline file of two cities, read from the archive, so that days of long ago can be asked for on any day. */
export const SMALL_PIPELINE = {
  name: 'small',
  schema_version: 1,
  source: { api: 'archive', models: ['era5'], retry_for_seconds: 0, backfill_retry_for_seconds: 0 },
  locations: [
    { id: 'berlin', name: 'Berlin', latitude: 52.52, longitude: 13.41, timezone: 'Europe/Berlin' },
    { id: 'honolulu', name: 'Honolulu', latitude: 21.31, longitude: -157.86, timezone: 'Pacific/Honolulu' },
  ],
  window: { look_back_days: 1 },
  tables: [
    {
      name: 'weather_hourly',
      section: 'hourly',
      columns: [
        { source: 'temperature_2m', unit: '°C', range: [-95, 60] },
        { source: 'precipitation', unit: 'mm', range: [0, 420] },
      ],
    },
    {
      name: 'weather_daily',
      section: 'daily',
      columns: [
        { source: 'temperature_2m_max', unit: '°C', range: [-95, 60], witness: 'temperature_2m_mean' },
        { source: 'temperature_2m_mean', unit: '°C', range: [-95, 60] },
      ],
    },
  ],
} as const;
