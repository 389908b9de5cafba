/** The members of a small pipeline file without a mistake, to be changed by a test. */
export interface PipelineFile {
  [key: string]: unknown;
  source: Record<string, unknown>;
  locations: Record<string, unknown>[];
  tables: { [key: string]: unknown; columns: Record<string, unknown>[] }[];
}

export function pipelineFile(): PipelineFile {
  return {
    name: 'small',
    schema_version: 1,
    source: {},
    locations: [location('berlin'), location('paris')],
    tables: [
      { name: 'hours', section: 'hourly', columns: [{ source: 'temperature_2m', unit: '°C' }] },
      {
        name: 'days',
        section: 'daily',
        columns: [
          { source: 'temperature_2m_max', unit: '°C', witness: 'temperature_2m_mean' },
          { source: 'temperature_2m_mean', unit: '°C' },
          { source: 'sunrise', type: 'timestamp', unit: 'iso8601' },
        ],
      },
    ],
  };
}

export function location(id: string): Record<string, unknown> {
  return { id, name: id, latitude: 52.5, longitude: 13.4, timezone: 'Europe/Berlin' };
}

/** The same file with one value set, or taken away, at a path such as `tables[0].name`. */
export function withValue(file: PipelineFile, path: string, value: unknown): PipelineFile {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const last = keys.pop()!;
  let parent: Record<string, unknown> = file;
  for (const key of keys) {
    parent[key] ??= {};
    parent = parent[key] as Record<string, unknown>;
  }
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return file;
}
