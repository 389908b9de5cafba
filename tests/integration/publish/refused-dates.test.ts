import { DataQualityError, StorageError } from '../../../core/errors';
import { countsKey, stagedKey, tableKey } from '../../../core/keys/processed-keys';
import { DAILY, HOURLY, locationsOf, pipelineOf } from '../../weather/pipeline-of';
import { hourly, tolerant } from './hourly-pipeline';
import { DAY, WeatherLake } from './weather-lake';

describe('a date that cannot be published', () => {
  test('past its limits leaves what is published, and no lease', async () => {
    const lake = new WeatherLake();
    await lake.run(hourly(2), { runId: 'r1' });
    const before = await lake.published(hourly(2));
    await expect(lake.run(hourly(2), { runId: 'r2', values: () => null })).rejects.toThrow(DataQualityError);
    await expect(lake.run(hourly(2), { runId: 'r3', values: () => 99 })).rejects.toThrow(/rejected/);
    expect(await lake.published(hourly(2))).toEqual(before);
    expect(await lake.lease(hourly(2))).toBeUndefined();
  });

  test('is judged over all its chunks together', async () => {
    const lake = new WeatherLake();
    const pipeline = hourly(4, { tables: [tolerant(0.5)] });
    const oneOfTwo = (id: string) => (id < 'place-0002' ? null : 10);
    expect((await lake.run(pipeline, { runId: 'r1', values: oneOfTwo })).outcome).toBe('published');
    const threeOfFour = (id: string) => (id < 'place-0003' ? null : 10);
    await expect(lake.run(pipeline, { runId: 'r2', values: threeOfFour })).rejects.toThrow(
      /72 of 96 values are null/,
    );
  });

  test.each([
    ['counts', countsKey('r2', { pipeline: 'test', table: 'weather_hourly', day: DAY, chunk: 1 })],
    [
      'object',
      stagedKey('test', 'r2', tableKey({ pipeline: 'test', table: 'locations', day: DAY, chunk: 2 })),
    ],
  ])('since its staged %s is missing ends with a StorageError and changes nothing', async (_, key) => {
    const lake = new WeatherLake();
    await lake.run(hourly(3), { runId: 'r1' });
    const before = await lake.published(hourly(3));
    await lake.stage(hourly(5), { runId: 'r2' });
    await lake.bucket.delete(key);
    await expect(lake.publish(hourly(5), 'r2')).rejects.toThrow(StorageError);
    expect(await lake.published(hourly(3))).toEqual(before);
    expect(await lake.lease(hourly(3))).toBeUndefined();
  });

  test('since a staged object is not the one that was counted changes nothing', async () => {
    const lake = new WeatherLake();
    await lake.stage(hourly(1), { runId: 'r1' });
    await lake.bucket.put(
      stagedKey('test', 'r1', tableKey({ pipeline: 'test', table: 'weather_hourly', day: DAY, chunk: 0 })),
      Buffer.from('other'),
    );
    await expect(lake.publish(hourly(1), 'r1')).rejects.toThrow(/not the one that was counted/);
    expect(await lake.visible()).toEqual({});
  });
});

describe('requests without an answer', () => {
  const failure = new StorageError('the request failed', { context: { request_id: 'a1' } });
  const tolerating = (share: number) =>
    pipelineOf({
      tables: [HOURLY, DAILY, { ...DAILY, name: 'again' }],
      locations: locationsOf(2),
      source: { locations_per_request: 1, tolerated_failed_share: share },
    });
  /** One of the day's four requests. */
  const failed = (section: string, chunk: number) => section === 'daily' && chunk === 1;

  test('end the date with the error of the request when they are more than is tolerated', async () => {
    const lake = new WeatherLake();
    await lake.stage(tolerating(0.2), { runId: 'r1', failed, failure });
    await expect(lake.publish(tolerating(0.2), 'r1')).rejects.toEqual(failure);
    expect(await lake.visible()).toEqual({});
  });

  test('end it with a DataQualityError when this run asked for none', async () => {
    const lake = new WeatherLake();
    await lake.stage(tolerating(0.2), { runId: 'r1', failed });
    await expect(lake.publish(tolerating(0.2), 'r1')).rejects.toThrow(/1 of 4 requests have no answer/);
  });

  test('are counted as requests, however many tables they fill: one of four is a share of 0.25', async () => {
    const lake = new WeatherLake();
    const { outcome } = await lake.run(tolerating(0.25), { runId: 'r1', failed, failure });
    expect(outcome).toBe('published');
    const manifest = (await lake.manifest(tolerating(0.25)))!;
    expect(manifest.partial).toBe(true);
    expect(manifest.tables.weather_daily!.locations).toEqual({
      expected: 2,
      found: 1,
      missing: ['place-0001'],
    });
    expect(manifest.tables.weather_hourly!.locations.missing).toEqual([]);
  });

  test('that are all there was publish nothing, whatever is tolerated', async () => {
    const lake = new WeatherLake();
    await lake.stage(tolerating(1), { runId: 'r1', failed: () => true, failure });
    await expect(lake.publish(tolerating(1), 'r1')).rejects.toEqual(failure);
  });
});

describe('a store that fails', () => {
  async function staged() {
    const lake = new WeatherLake();
    await lake.stage(hourly(3), { runId: 'r1' });
    return { lake, store: lake.recording() };
  }

  test.each([
    { write: 2, what: 'the mark', state: undefined },
    { write: 3, what: 'the first copy', state: 'promoting' },
    { write: 7, what: 'the manifest', state: 'promoting' },
  ])('at $what leaves the lease $state, and the date free', async ({ write, state }) => {
    const { lake, store } = await staged();
    let writes = 0;
    store.beforeWrite = () => {
      writes++;
      if (writes === write) throw new StorageError('the disk is full');
    };
    await expect(lake.publish(hourly(3), 'r1', { store })).rejects.toThrow('the disk is full');
    expect((await lake.lease(hourly(3)))?.state).toBe(state);
    expect((await lake.publish(hourly(3), 'r1')).outcome).toBe('published');
  });

  test('in releasing the lease does not hide the error that came first', async () => {
    const { lake, store } = await staged();
    let copied = false;
    store.beforeWrite = (write) => {
      if (write.startsWith('copy')) copied = true;
      if (copied) throw new StorageError(`cannot ${write.split(' ')[0]}`);
    };
    await expect(lake.publish(hourly(3), 'r1', { store })).rejects.toThrow('cannot copy');
  });
});
