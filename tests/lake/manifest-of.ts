import { noCounts } from '../../core/checks/column-counts';
import type { Manifest } from '../../core/manifest/manifest';

/** A whole manifest of the pipeline `test` with one hourly table of one location; each part may be put in its place. */
export function manifestOf(date: string, parts: Partial<Manifest> = {}): Manifest {
  return {
    pipeline: 'test',
    date,
    schema_version: 1,
    code_version: '0.0.0',
    run_id: '20260101T000000Z-00000000',
    fetched_at: '2026-01-01T00:00:00.000Z',
    simulated: false,
    source: { api: 'forecast', models: [] },
    locations_hash: 'hash',
    partial: false,
    raw: [],
    objects: [{ key: `weather_hourly/date=${date}/test.00000.parquet`, sha256: 'a', bytes: 1000, rows: 24 }],
    quarantine: [],
    tables: {
      weather_hourly: {
        rows: { expected: 24, found: 24 },
        locations: { expected: 1, found: 1, missing: [] },
        columns: { temperature_2m: { ...noCounts(), rows: 24 } },
      },
    },
    ...parts,
  };
}
