import { deleteStaging } from '../../../core/publish/publish-date';
import { HOURLY, pipelineOf } from '../../weather/pipeline-of';
import { hourly, tolerant } from './hourly-pipeline';
import { DAY, WeatherLake } from './weather-lake';

const LEASE = `_leases/test/date=${DAY}.json`;
const MANIFEST = `_manifests/test/date=${DAY}.json`;
const file = (table: string, chunk = 0, pipeline = 'test') =>
  `${table}/date=${DAY}/${pipeline}.0000${chunk}.parquet`;

const dataWrites = (writes: readonly string[]) => writes.filter((write) => !write.includes(' _leases/'));

describe('publishing a date', () => {
  test('takes the lease, marks it, copies, writes the manifest and ends the lease, in this order', async () => {
    const lake = new WeatherLake();
    const { outcome, writes } = await lake.run(pipelineOf(), { runId: 'r1' });
    expect(outcome).toBe('published');
    expect(writes).toEqual([
      `put ${LEASE}`,
      `put ${LEASE}`,
      `copy ${file('weather_hourly')}`,
      `copy ${file('weather_daily')}`,
      `copy ${file('locations')}`,
      `put ${MANIFEST}`,
      `put ${LEASE}`,
    ]);
  });

  test('the lease says promoting from the first write to the manifest on', async () => {
    const lake = new WeatherLake();
    const pipeline = pipelineOf();
    await lake.stage(pipeline, { runId: 'r1' });
    const store = lake.recording();
    const states: (string | undefined)[] = [];
    store.afterWrite = async () => {
      states.push((await lake.lease(pipeline))?.state);
    };
    await lake.publish(pipeline, 'r1', { store });
    // The last write ends the lease.
    expect(states).toEqual(['held', ...Array(5).fill('promoting'), undefined]);
  });

  test('the same again copies nothing, writes no manifest and marks nothing', async () => {
    const lake = new WeatherLake();
    await lake.run(pipelineOf(), { runId: 'r1' });
    const { outcome, writes } = await lake.run(pipelineOf(), { runId: 'r2' });
    expect(outcome).toBe('unchanged');
    expect(writes).toEqual([`put ${LEASE}`, `put ${LEASE}`]);
  });

  test('the same values from another body change the lineage alone', async () => {
    const lake = new WeatherLake();
    await lake.run(pipelineOf(), { runId: 'r1', body: 'one' });
    const { outcome, writes } = await lake.run(pipelineOf(), { runId: 'r2', body: 'two' });
    expect(outcome).toBe('published');
    expect(writes).toEqual([`put ${LEASE}`, `put ${MANIFEST}`, `put ${LEASE}`]);
    expect((await lake.manifest(pipelineOf()))!.run_id).toBe('r2');
  });

  test('revised values replace the files that differ, whole and in place', async () => {
    const lake = new WeatherLake();
    await lake.run(hourly(4), { runId: 'r1' });
    const values = (id: string) => (id === 'place-0003' ? 11 : 10);
    const { writes } = await lake.run(hourly(4), { runId: 'r2', values });
    expect(dataWrites(writes)).toEqual([`copy ${file('weather_hourly', 1)}`, `put ${MANIFEST}`]);
  });

  test('a shorter list of locations deletes what it no longer has before it copies', async () => {
    const lake = new WeatherLake();
    await lake.run(hourly(5), { runId: 'r1' });
    const { writes } = await lake.run(hourly(3), { runId: 'r2' });
    const [chunk1, chunk2] = [1, 2].map((chunk) => [file('weather_hourly', chunk), file('locations', chunk)]);
    expect(dataWrites(writes)).toEqual([
      ...[chunk1![0], chunk2![0], chunk1![1], chunk2![1]].map((key) => `delete ${key}`),
      ...chunk1!.map((key) => `copy ${key}`),
      `put ${MANIFEST}`,
    ]);
    expect(await lake.rowsTwice()).toEqual([]);
  });

  test('a rerun that finds no bad value removes the quarantine object', async () => {
    const lake = new WeatherLake();
    const lenient = hourly(2, { tables: [tolerant()] });
    await lake.run(lenient, { runId: 'r1', values: () => 99 });
    expect(Object.keys(await lake.visible())).toContain(`_quarantine/${file('weather_hourly')}`);
    const { writes } = await lake.run(lenient, { runId: 'r2' });
    expect(dataWrites(writes)).toEqual([
      `delete _quarantine/${file('weather_hourly')}`,
      `copy ${file('weather_hourly')}`,
      `put ${MANIFEST}`,
    ]);
    expect((await lake.manifest(lenient))!.quarantine).toEqual([]);
  });

  test('a table that the pipeline has no longer goes', async () => {
    const lake = new WeatherLake();
    await lake.run(pipelineOf(), { runId: 'r1' });
    const { writes } = await lake.run(pipelineOf({ tables: [HOURLY] }), { runId: 'r2' });
    expect(dataWrites(writes)).toEqual([`delete ${file('weather_daily')}`, `put ${MANIFEST}`]);
  });

  test.each([
    ['test', 'test-2'],
    ['test-2', 'test'],
    ['test', 'a-test'],
  ])('%s leaves the objects of %s as they are, in the same folders', async (name, other) => {
    const lake = new WeatherLake();
    await lake.run(hourly(3, { name: other }), { runId: 'r1' });
    const before = await lake.visible();
    await lake.run(hourly(5, { name }), { runId: 'r2', values: () => 11 });
    await lake.run(hourly(1, { name }), { runId: 'r3', values: () => 12 });
    expect(await lake.visible()).toEqual({
      ...before,
      [file('weather_hourly', 0, name)]: expect.any(String),
      [file('locations', 0, name)]: expect.any(String),
    });
  });

  test('the manifest tells what was staged: objects with their hashes, rows and counts, lineage and source', async () => {
    const lake = new WeatherLake();
    const pipeline = pipelineOf();
    await lake.run(pipeline, { runId: 'r1', body: 'one' });
    const manifest = (await lake.manifest(pipeline))!;
    const visible = await lake.visible();
    expect(Object.fromEntries(manifest.objects.map(({ key, sha256 }) => [key, sha256]))).toEqual(visible);
    expect(manifest.objects.map(({ rows }) => rows)).toEqual([48, 2, 2]);
    expect(manifest).toMatchObject({
      pipeline: 'test',
      date: DAY,
      run_id: 'r1',
      partial: false,
      simulated: false,
    });
    expect(manifest.raw.map(({ request }) => request)).toHaveLength(2);
    expect(manifest.tables.weather_hourly).toMatchObject({
      rows: { expected: 48, found: 48 },
      locations: { expected: 2, found: 2, missing: [] },
      columns: { temperature_2m: { rows: 48, nulls: 0, min: 10, max: 10 } },
    });
  });

  test('removing a staging leaves that of other runs and pipelines', async () => {
    const lake = new WeatherLake();
    const [one, two] = [hourly(1), hourly(1, { name: 'test-2' })];
    await lake.stage(one, { runId: 'r1' });
    await lake.stage(one, { runId: 'r10' });
    await lake.stage(two, { runId: 'r1' });
    await deleteStaging(lake.bucket, 'test', 'r1');
    const left: string[] = [];
    for await (const { key } of lake.bucket.list('_staging/'))
      left.push(key.split('/').slice(1, 3).join('/'));
    expect([...new Set(left)]).toEqual(['test-2/r1', 'test/r10']);
  });
});
