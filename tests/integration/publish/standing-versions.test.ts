import { DataQualityError } from '../../../core/errors';
import { HOURLY, locationsOf, pipelineOf } from '../../weather/pipeline-of';
import { Death } from './recording-store';
import { DAY, type Version, WeatherLake } from './weather-lake';

const OLD = '2026-03-11T05:00:00.000Z';
const NEW = '2026-03-12T05:00:00.000Z';
const pipeline = pipelineOf({
  tables: [HOURLY],
  locations: locationsOf(4),
  source: { locations_per_request: 2, tolerated_failed_share: 1 },
});
const eleven = { values: () => 11 };

/** A lake with this version published. */
async function lakeWith(version: Omit<Version, 'runId'> = {}): Promise<WeatherLake> {
  const lake = new WeatherLake();
  await lake.run(pipeline, { runId: 'r1', ...version });
  return lake;
}

/** A lake whose second version died at the given write of its publishing. */
async function lakeLeftPromoting(at: number): Promise<WeatherLake> {
  const lake = await lakeWith();
  await lake.stage(pipeline, { runId: 'r2', ...eleven });
  const store = lake.recording();
  store.diesAt = at;
  await expect(lake.publish(pipeline, 'r2', { store })).rejects.toThrow(Death);
  lake.gone.add('r2');
  expect(await lake.lease(pipeline)).toMatchObject({ run_id: 'r2', state: 'promoting' });
  return lake;
}

describe('a run whose newest fetch is older than what is published', () => {
  test('is superseded without error and changes nothing', async () => {
    const lake = await lakeWith({ fetchedAt: NEW });
    const before = await lake.published(pipeline);
    const { outcome, writes } = await lake.run(pipeline, { runId: 'r2', fetchedAt: OLD, ...eleven });
    expect(outcome).toBe('superseded');
    expect(writes).toHaveLength(2);
    expect(await lake.published(pipeline)).toEqual(before);
    expect(await lake.lease(pipeline)).toBeUndefined();
  });

  test('is superseded before it is judged', async () => {
    const lake = await lakeWith({ fetchedAt: NEW });
    const { outcome } = await lake.run(pipeline, { runId: 'r2', fetchedAt: OLD, values: () => null });
    expect(outcome).toBe('superseded');
  });

  test.each([{ replay: true }, { force: true }])('is published all the same with %j', async (more) => {
    const lake = await lakeWith({ fetchedAt: NEW });
    const { outcome } = await lake.run(pipeline, { runId: 'r2', fetchedAt: OLD, ...eleven }, more);
    expect(outcome).toBe('published');
    expect((await lake.manifest(pipeline))!.fetched_at).toBe(OLD);
  });

  test('is not one that was fetched at the same moment', async () => {
    const lake = await lakeWith({ fetchedAt: NEW });
    expect((await lake.run(pipeline, { runId: 'r2', fetchedAt: NEW, ...eleven })).outcome).toBe('published');
  });

  test('is not one that has no answer at all: that one lacks what is published', async () => {
    const lake = await lakeWith();
    const { outcome } = await lake.run(pipeline, { runId: 'r2', failed: () => true });
    expect(outcome).toBe('kept');
  });

  test('is told by the manifest as it is under the lease, not by what was read before', async () => {
    const lake = await lakeWith({ fetchedAt: OLD });
    await lake.stage(pipeline, { runId: 'r2', fetchedAt: '2026-03-11T12:00:00.000Z', ...eleven });
    await lake.run(pipeline, { runId: 'r3', fetchedAt: NEW, body: 'another' });
    expect((await lake.publish(pipeline, 'r2')).outcome).toBe('superseded');
  });
});

describe('a partial version', () => {
  const lacking = (...missing: string[]) => ({ missing, ...eleven });

  test('is published when nothing is, and says what is missing', async () => {
    const lake = await lakeWith(lacking('place-0003'));
    const manifest = (await lake.manifest(pipeline))!;
    expect(manifest.partial).toBe(true);
    expect(manifest.tables.weather_hourly).toMatchObject({
      rows: { expected: 96, found: 72 },
      locations: { expected: 4, found: 3, missing: ['place-0003'] },
    });
  });

  test('that lacks what is published is kept back, and reported so', async () => {
    const lake = await lakeWith();
    const before = await lake.published(pipeline);
    const { outcome } = await lake.run(pipeline, { runId: 'r2', ...lacking('place-0003') });
    expect(outcome).toBe('kept');
    expect(await lake.published(pipeline)).toEqual(before);
    expect(await lake.lease(pipeline)).toBeUndefined();
  });

  test('that lacks another location than the published one is kept back too', async () => {
    const lake = await lakeWith(lacking('place-0003'));
    const { outcome } = await lake.run(pipeline, { runId: 'r2', ...lacking('place-0000') });
    expect(outcome).toBe('kept');
  });

  test('that lacks only what the published one lacks is published', async () => {
    const lake = await lakeWith(lacking('place-0002', 'place-0003'));
    const { outcome } = await lake.run(pipeline, { runId: 'r2', missing: ['place-0003'] });
    expect(outcome).toBe('published');
    expect((await lake.manifest(pipeline))!.tables.weather_hourly!.locations.missing).toEqual(['place-0003']);
  });

  test('is published when forced, a replay is not force', async () => {
    const lake = await lakeWith();
    const version = (runId: string) => ({ runId, ...lacking('place-0003') });
    expect((await lake.run(pipeline, version('r2'), { replay: true })).outcome).toBe('kept');
    expect((await lake.run(pipeline, version('r3'), { force: true })).outcome).toBe('published');
  });

  test('is completed by a whole one', async () => {
    const lake = await lakeWith(lacking('place-0003'));
    await lake.run(pipeline, { runId: 'r2' });
    expect((await lake.manifest(pipeline))!.partial).toBe(false);
  });
});

describe('a date that was left half promoted', () => {
  /** Of lease, mark, copy, copy, manifest, remove: the second copy. */
  const SECOND_COPY = 4;

  test('shows what was published before and what was to be, and its lease says so', async () => {
    const lake = await lakeLeftPromoting(SECOND_COPY);
    const [one, other] = Object.entries(await lake.visible()).filter(([key]) =>
      key.startsWith('weather_hourly'),
    );
    expect(one![1]).not.toBe(other![1]);
  });

  test('keeps its mark when the run that takes over fails its checks', async () => {
    const lake = await lakeLeftPromoting(SECOND_COPY);
    const before = await lake.published(pipeline);
    await expect(lake.run(pipeline, { runId: 'r3', values: () => null })).rejects.toThrow(DataQualityError);
    expect(await lake.published(pipeline)).toEqual(before);
    expect(await lake.lease(pipeline)).toMatchObject({ run_id: 'r3', state: 'promoting' });
  });

  test('is free for the next run at once when the one that took over failed', async () => {
    const lake = await lakeLeftPromoting(SECOND_COPY);
    await expect(lake.run(pipeline, { runId: 'r3', values: () => null })).rejects.toThrow(DataQualityError);
    expect((await lake.run(pipeline, { runId: 'r4', ...eleven })).outcome).toBe('published');
  });

  test('keeps its mark when the run that takes over dies too, wherever it does', async () => {
    for (const at of [2, 3, 4, 5]) {
      const lake = await lakeLeftPromoting(SECOND_COPY);
      await lake.stage(pipeline, { runId: 'r3', values: () => 12 });
      const store = lake.recording();
      store.diesAt = at;
      await expect(lake.publish(pipeline, 'r3', { store })).rejects.toThrow(Death);
      expect(await lake.lease(pipeline)).toMatchObject({ state: 'promoting' });
    }
  });

  test('loses its mark with the manifest that completes it', async () => {
    const lake = await lakeLeftPromoting(SECOND_COPY);
    const { outcome, writes } = await lake.run(pipeline, { runId: 'r3', ...eleven });
    expect(outcome).toBe('published');
    expect(writes.slice(-2)).toEqual([
      `put _manifests/test/date=${DAY}.json`,
      `put _leases/test/date=${DAY}.json`,
    ]);
    expect(await lake.lease(pipeline)).toBeUndefined();
  });

  test('may have moved locations: what differs is deleted before anything is copied', async () => {
    const lake = await lakeLeftPromoting(SECOND_COPY);
    const { writes } = await lake.run(pipeline, { runId: 'r3' });
    const kinds = writes.filter((write) => write.includes('.parquet')).map((write) => write.split(' ')[0]);
    expect(kinds).toEqual(['delete', 'copy']);
  });

  test('killed behind its manifest is found unchanged, and the mark goes', async () => {
    const lake = await lakeLeftPromoting(6);
    const { outcome } = await lake.run(pipeline, { runId: 'r3', ...eleven });
    expect(outcome).toBe('unchanged');
    expect(await lake.lease(pipeline)).toBeUndefined();
  });

  test('is completed by the next run even if that one is older or lacks locations', async () => {
    const older = await lakeLeftPromoting(SECOND_COPY);
    const version = { runId: 'r3', fetchedAt: '2026-03-10T23:00:00.000Z' };
    expect((await older.run(pipeline, version)).outcome).toBe('published');
    const lacking = await lakeLeftPromoting(SECOND_COPY);
    expect((await lacking.run(pipeline, { runId: 'r3', missing: ['place-0003'] })).outcome).toBe('published');
    expect(await lacking.rowsTwice()).toEqual([]);
  });
});
