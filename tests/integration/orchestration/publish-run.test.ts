import { StorageError } from '../../../core/errors';
import { manifestKey } from '../../../core/keys/processed-keys';
import { dateEndKey } from '../../../core/orchestration/run-keys';
import type { Day } from '../../../core/time/day';
import type { TransformEvent } from '../../../handlers/transform-weather/contract';
import { OrchestrationBench, type OrchestrationOptions } from '../../orchestration/orchestration-bench';

const SCHEDULED = { scheduled_time: '2026-11-19T12:00:00Z' };
const DAY = '2026-11-18' as Day;

let bench: OrchestrationBench;
afterEach(() => bench.close());

async function start(options: OrchestrationOptions = {}): Promise<void> {
  bench = await OrchestrationBench.start({ pipeline: { chunk: 5 }, ...options });
}

test('the end of a run that is looked at twice is the same', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  await bench.fetchAll([plan]);
  const first = await bench.complete(plan);

  const second = await bench.publish({ run_id: plan.run_id, finish: true });

  expect(second).toEqual(first);
});

test('a date that is published twice is published once', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  await bench.fetchAll([plan]);
  await bench.complete(plan);
  bench.processed.before = (call, key) => {
    if (call !== 'get') throw new Error(`${call} of ${key}`);
  };

  await expect(bench.publish({ run_id: plan.run_id, date: DAY })).resolves.toEqual({});
});

test('a date whose function died behind the manifest counts as published', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  await bench.fetchAll([plan]);
  await bench.complete(plan);
  await bench.processed.delete(dateEndKey({ pipeline: 'small', runId: plan.run_id }, DAY));

  const end = await bench.publish({ run_id: plan.run_id, finish: true });

  expect(end).toMatchObject({ dates: { published: 2 } });
});

test('a date that nobody told of fails the run, whatever a run before has published of it', async () => {
  await start();
  await bench.execute(SCHEDULED);
  const plan = await bench.plan(SCHEDULED);
  await bench.fetchAll([plan]);

  await expect(bench.publish({ run_id: plan.run_id, finish: true })).rejects.toMatchObject({
    name: 'RunFailedError',
    message: expect.stringContaining('Nobody told how the date ended'),
  });
});

test('a slot that was never staged fails its dates, and the other run of days stays whole', async () => {
  const source = { history: { api: 'archive', models: ['era5'], older_than_days: 4 } };
  await start({ pipeline: { chunk: 5, source, extra: { window: { look_back_days: 6 } } } });
  const plan = await bench.plan(SCHEDULED);
  await bench.fetchAll([plan]);
  jest.spyOn(bench, 'transform').mockRejectedValueOnce(new Error('The function died.'));

  await expect(bench.complete(plan)).rejects.toMatchObject({
    name: 'RunFailedError',
    message: expect.stringMatching(/^3 of 7 days failed; the others: .*\(published\).*staged counts/s),
  });
});

test('a slot that cannot be staged fails its function, with what may pass', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  await bench.fetchAll([plan]);
  const [slot] = await bench.items<TransformEvent>(plan.slots_key);
  bench.processed.before = (call, key) => {
    if (call === 'put' && key.includes('weather_hourly')) throw new StorageError('The bucket is gone.');
  };

  await expect(bench.transform(slot!)).rejects.toMatchObject({ name: 'StorageError', retryable: true });
});

test('a request that failed leaves its slot to the raw object that the manifest names, not to a later one', async () => {
  await start();
  await bench.execute(SCHEDULED);
  const before = await bench.visible();
  bench.clock.advance(1000);
  bench.simulator.setFaults([{ fault: { kind: 'revision', revision: 1 } }]);
  await bench.fetchAll([await bench.plan(SCHEDULED)]);
  bench.simulator.setFaults([{ fault: { kind: 'status', status: 400 } }]);

  const end = await bench.execute(SCHEDULED);

  expect(end).toMatchObject({ dates: { unchanged: 2 }, requests: { answered: 0, failed: 2 } });
  expect(await bench.visible()).toEqual(before);
});

test('a date past its limits fails alone, and its former version stays', async () => {
  await start();
  await bench.execute(SCHEDULED);
  const before = await bench.processed.get(manifestKey('small', DAY));
  bench.clock.advance(1000);
  bench.simulator.setFaults([
    { fault: { kind: 'null_hour', hour: `${DAY}T00:00`, hours: 24, column: 'temperature_2m' } },
  ]);

  await expect(bench.execute(SCHEDULED)).rejects.toThrow(/1 of 2 days failed.*\n.*DataQualityError/);

  expect((await bench.processed.get(manifestKey('small', DAY)))!.info.etag).toBe(before!.info.etag);
});

test.each([
  [{ run_id: 'none', date: DAY }, /The plan _staging\/small\/none\/_run\/plan\.json is not there/],
  [{ run_id: 'none' }, /must name a date, or say finish: true/],
  [{ run_id: 'none', date: DAY, finish: true }, /must name a date, or say finish: true/],
  [{ run_id: 'none', date: '2026-02-30' }, /date: must be a day of the calendar.*received "2026-02-30"/],
  [{ run_id: 'none', dates: DAY }, /dates: no such key here; did you mean date/],
])('refuses the event %j', async (event, says) => {
  await start();

  await expect(bench.publish(event as never)).rejects.toThrow(says);
});

test('refuses a date and a slot that are not of the run', async () => {
  await start();
  const { run_id } = await bench.plan(SCHEDULED);
  const slot = { run_id, n: 0, section: 'hourly', chunk: 0, from: '2026-11-01', to: '2026-11-02' };

  await expect(bench.publish({ run_id, date: '2026-11-01' })).rejects.toThrow(/publishes no such date/);
  await expect(bench.transform(slot)).rejects.toThrow(/plans no such slot/);
});
