import { writeDocument } from '../../../core/json-document';
import { manifestKey } from '../../../core/keys/processed-keys';
import type { Manifest } from '../../../core/manifest/manifest';
import { HOURLY, locationsOf, pipelineOf } from '../../weather/pipeline-of';
import { DAY, WeatherLake } from './weather-lake';

const FETCHED = '2026-03-11T05:00:00.000Z';
const FUTURE = '2031-01-01T00:00:00.000Z';
const pipeline = pipelineOf({ tables: [HOURLY], locations: locationsOf(2) });

/** A lake with the day published, whose manifest says something else in part. */
async function lakeSaying(wrong: (right: Manifest) => Partial<Manifest>) {
  const lake = new WeatherLake();
  await lake.run(pipeline, { runId: 'r1', fetchedAt: FETCHED });
  const right = (await lake.manifest(pipeline))!;
  await lake.bucket.put(manifestKey('test', DAY), writeDocument({ ...right, ...wrong(right) }));
  return { lake, right };
}

const report = ({ tables }: Manifest) => tables.weather_hourly!;

describe('a manifest that says something wrong of what is published', () => {
  test.each<[string, (right: Manifest) => Partial<Manifest>]>([
    ['that it is simulated', () => ({ simulated: true })],
    ['another date', () => ({ date: '2026-03-09' })],
    ['another pipeline', () => ({ pipeline: 'other' })],
    [
      'more rows',
      (right) => ({
        tables: { ...right.tables, weather_hourly: { ...report(right), rows: { expected: 48, found: 47 } } },
      }),
    ],
    [
      'a location that is missing',
      (right) => ({
        tables: {
          ...right.tables,
          weather_hourly: { ...report(right), locations: { expected: 2, found: 1, missing: ['place-0001'] } },
        },
      }),
    ],
    [
      'other counts of a column',
      (right) => ({ tables: { ...right.tables, weather_hourly: { ...report(right), columns: {} } } }),
    ],
    ['a table that there is not', (right) => ({ tables: { ...right.tables, gone: report(right) } })],
    ['that it is partial', () => ({ partial: true })],
    ['another source', () => ({ source: { api: 'archive', models: [] } })],
    ['other raw objects', () => ({ raw: [] })],
    ['other objects', () => ({ objects: [] })],
    ['another schema version', () => ({ schema_version: 7 })],
    ['other locations', () => ({ locations_hash: 'other' })],
    ['a fetch in the future', () => ({ fetched_at: FUTURE })],
    ['a fetch at no time', () => ({ fetched_at: 'soon' })],
  ])('(%s) is replaced by the next run of the same answers', async (_, wrong) => {
    const { lake, right } = await lakeSaying(wrong);

    const { outcome } = await lake.run(pipeline, { runId: 'r2', fetchedAt: FETCHED });

    expect(outcome).toBe('published');
    expect(await lake.manifest(pipeline)).toEqual({ ...right, run_id: 'r2' });
  });

  test.each<[string, Partial<Manifest>]>([
    ['run', { run_id: 'another' }],
    ['code version', { code_version: '0.9.0' }],
    ['time of an earlier fetch', { fetched_at: '2026-03-11T04:00:00.000Z' }],
  ])('stays when only its %s is another: equal answers make no new version', async (_, other) => {
    const { lake, right } = await lakeSaying(() => other);

    const { outcome } = await lake.run(pipeline, { runId: 'r2', fetchedAt: FETCHED });

    expect(outcome).toBe('unchanged');
    expect(await lake.manifest(pipeline)).toEqual({ ...right, ...other });
  });
});

describe('a day that was fetched by a clock which ran ahead', () => {
  test('is not superseded by it: the next run is published', async () => {
    const { lake } = await lakeSaying(() => ({ fetched_at: FUTURE }));

    const { outcome } = await lake.run(pipeline, { runId: 'r2', fetchedAt: FETCHED, values: () => 11 });

    expect(outcome).toBe('published');
    expect((await lake.manifest(pipeline))!.fetched_at).toBe(FETCHED);
  });

  test.each([
    ['five minutes ahead of now', 5 * 60_000, 'superseded'],
    ['more than five minutes ahead of now', 5 * 60_000 + 1000, 'published'],
  ])('counts as newer up to a difference of clocks: %s', async (_, ahead, expected) => {
    const lake = new WeatherLake();
    const now = lake.clock.now();
    await lake.run(pipeline, { runId: 'r1', fetchedAt: new Date(now + ahead).toISOString() });

    const { outcome } = await lake.run(pipeline, {
      runId: 'r2',
      fetchedAt: new Date(now).toISOString(),
      values: () => 11,
    });

    expect(outcome).toBe(expected);
  });
});
