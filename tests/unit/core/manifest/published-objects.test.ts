import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { writeManifest } from '../../../../core/manifest/manifest-store';
import { publishedObjects } from '../../../../core/manifest/published-objects';
import { manifestOf } from '../../../lake/manifest-of';

const object = (key: string) => ({ key, sha256: 'a', bytes: 1, rows: 1 });

describe('publishedObjects', () => {
  test('are what the manifests of all pipelines list, by table, quarantine as tables of their own', async () => {
    const store = new MemoryObjectStore();
    const key = 'weather_daily/date=2026-01-01/other.00000.parquet';
    const taken = '_quarantine/weather_hourly/date=2026-01-01/test.00000.parquet';
    await writeManifest(store, manifestOf('2026-01-01', { quarantine: [object(taken)] }));
    await writeManifest(store, manifestOf('2026-01-02'));
    await writeManifest(store, manifestOf('2026-01-01', { pipeline: 'other', objects: [object(key)] }));

    const { tables } = await publishedObjects(store);

    expect(Object.fromEntries(tables)).toEqual({
      weather_hourly: ['01', '02'].map((day) => `weather_hourly/date=2026-01-${day}/test.00000.parquet`),
      weather_daily: [key],
      quarantine_weather_hourly: [taken],
    });
  });

  test('leave out what lies in the lake without a manifest', async () => {
    const store = new MemoryObjectStore();
    await store.put('weather_hourly/date=2026-01-01/test.00000.parquet', Buffer.from('x'));

    expect([...(await publishedObjects(store)).tables]).toEqual([]);
  });
});
