import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';
import { leaseKey } from '../../../core/keys/processed-keys';
import { Lease } from '../../../core/publish/lease';
import { ENDED_LEASE_BYTES } from '../../../core/publish/lease-document';
import { SmallS3Server } from '../../s3/small-s3-server';
import { HOURLY, pipelineOf } from '../../weather/pipeline-of';
import { keysOf } from '../object-store/suite/reading';
import { Death } from './recording-store';
import { DAY, WeatherLake } from './weather-lake';

const KEY = leaseKey('test', DAY);
const LEASE_MS = 60_000;
const pipeline = pipelineOf({ tables: [HOURLY] });

const parsed = async (lake: WeatherLake) =>
  JSON.parse(Buffer.from((await lake.bucket.get(KEY))!.body).toString());

/** Publishes; when the manifest is there the run sleeps past its lease, and a second run takes it. */
async function oversleep(lake: WeatherLake): Promise<void> {
  await lake.stage(pipeline, { runId: 'r1' });
  const store = lake.recording();
  store.afterWrite = async (write) => {
    if (!write.startsWith('put _manifests')) return;
    lake.clock.advance(LEASE_MS);
    const holders = { self: 'r2', isGone: () => false };
    const parts = { store: lake.bucket, clock: lake.clock, holders };
    const second = await Lease.take(parts, { pipeline: 'test', day: DAY, runId: 'r2' });
    await second.markPromoting(['weather_hourly']);
  };
  await lake.publish(pipeline, 'r1', { store });
}

describe('a lease ends', () => {
  let folder: string;
  let server: SmallS3Server;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'leases-'));
    server = await SmallS3Server.start();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });
  const onDisk = (name: string) => new FilesystemObjectStore(join(folder, name));

  test('by a write that says so, which older versions read as run out, in the size that lifecycle rules look for', async () => {
    const lake = new WeatherLake();
    const { writes } = await lake.run(pipeline, { runId: 'r1' });

    expect(writes.at(-1)).toBe(`put ${KEY}`);
    const { expires_at, ...rest } = await parsed(lake);
    expect(rest).toEqual({ run_id: '', holder: '', state: 'held', tables: [] });
    expect(Date.parse(expires_at)).toBe(lake.clock.now());
    expect((await lake.bucket.head(KEY))!.size).toBe(ENDED_LEASE_BYTES);
    expect(await lake.lease(pipeline)).toBeUndefined();
  });

  test('without a trace on disk, where the store checks and deletes in one step', async () => {
    const lake = new WeatherLake(onDisk('ended'));
    await lake.stage(pipeline, { runId: 'r1' });

    expect((await lake.publish(pipeline, 'r1')).outcome).toBe('published');

    expect(await keysOf(lake.bucket, '_leases/')).toEqual([]);
  });

  test.each([
    ['a server that ignores the conditions of deletions', () => new WeatherLake(server.store('overslept'))],
    ['disk', () => new WeatherLake(onDisk('overslept'))],
    ['memory', () => new WeatherLake()],
  ])('never with the lease of the run that took over from one that overslept, on %s', async (_, newLake) => {
    const lake = newLake();

    await oversleep(lake);

    expect(await lake.lease(pipeline)).toMatchObject({ run_id: 'r2', state: 'promoting' });
  });

  test('and the date is free at once, also for a machine whose clock is an hour behind', async () => {
    const lake = new WeatherLake();
    await lake.run(pipeline, { runId: 'r1' });
    lake.clock.setForth(-3_600_000);

    expect((await lake.run(pipeline, { runId: 'r2', values: () => 11 })).outcome).toBe('published');
  });

  test('for a run that failed too, whose mark stays, in another size', async () => {
    const lake = new WeatherLake();
    await lake.stage(pipeline, { runId: '1' });
    const store = lake.recording();
    store.beforeWrite = (write) => {
      if (write.startsWith('put _manifests')) throw new Error('no more space');
    };
    await expect(lake.publish(pipeline, '1', { store })).rejects.toThrow('no more space');
    lake.clock.setForth(-3_600_000);

    expect(await lake.lease(pipeline)).toMatchObject({ run_id: '1', state: 'promoting' });
    expect((await lake.bucket.head(KEY))!.size).toBeGreaterThan(ENDED_LEASE_BYTES);
    expect((await lake.run(pipeline, { runId: 'r2' })).outcome).toBe('published');
    expect(await lake.lease(pipeline)).toBeUndefined();
  });
});

describe('a lease that cannot be read', () => {
  const whole = JSON.stringify({
    run_id: 'r0',
    holder: 'h',
    state: 'promoting',
    tables: ['weather_hourly', 'locations'],
    expires_at: '2026-03-11T06:00:30.000Z',
  });
  const spoilt = ['', '{', 'null', '{}', '\0\0\0', whole.slice(0, 60), whole.replace('promoting', 'prom')];

  test.each(spoilt)('is replaced like one that ran out: %j', async (text) => {
    const lake = new WeatherLake();
    await lake.bucket.put(KEY, Buffer.from(text));

    expect((await lake.run(pipeline, { runId: 'r1' })).outcome).toBe('published');
    expect(await lake.lease(pipeline)).toBeUndefined();
  });

  test('may have marked the date, so that a version half promoted by then is made whole', async () => {
    const lake = new WeatherLake();
    await lake.run(pipeline, { runId: 'r1' });
    await lake.stage(pipeline, { runId: 'r2', values: () => 11 });
    const dying = lake.recording();
    dying.diesAt = 4;
    await expect(lake.publish(pipeline, 'r2', { store: dying })).rejects.toBeInstanceOf(Death);
    await lake.bucket.put(KEY, Buffer.from('{"run_id'));

    expect(await lake.lease(pipeline)).toMatchObject({ state: 'promoting' });
    // An older fetch, which would be superseded by the manifest that is there.
    const version = { runId: 'r3', values: () => 10, fetchedAt: '2026-03-10T05:00:00.000Z' };
    const { outcome } = await lake.run(pipeline, version);

    expect(outcome).toBe('published');
    const alone = new WeatherLake();
    await alone.run(pipeline, version);
    expect(await lake.visible()).toEqual(await alone.visible());
  });

  test('is taken by one of two runs that find it', async () => {
    const lake = new WeatherLake();
    for (const runId of ['r1', 'r2']) await lake.stage(pipeline, { runId });
    await lake.bucket.put(KEY, Buffer.from('{'));

    const ends = await Promise.allSettled(['r1', 'r2'].map((runId) => lake.publish(pipeline, runId)));

    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
