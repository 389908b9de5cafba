import { quotaKey } from '../../../core/keys/processed-keys';
import { IngestBench } from './ingest-bench';

let bench: IngestBench;
afterEach(() => bench.close());

const key = () => quotaKey({ host: new URL(bench.simulator.url).host, plan: 'free' });

test('what the function sends is counted in the processed bucket, as the source counts it', async () => {
  bench = await IngestBench.start();

  await bench.invoke({ date: '2026-11-10' });
  bench.forget();
  await bench.invoke({ date: '2026-11-11' });

  const { body } = (await bench.processed.get(key()))!;
  const { windows } = JSON.parse(Buffer.from(body).toString());
  expect(await bench.keys('_quota/')).toEqual([key()]);
  expect(Object.values(windows.day.used)).toEqual([bench.simulator.used().day]);
  expect(windows.day.under_way).toEqual([]);
});

test('a process that remembers nothing keeps to the quota that the one before it used up', async () => {
  // Two chunks of three locations, each asked for in two sections, weigh 6.
  const limits = { minute: 6, hour: 6, day: 6 };
  bench = await IngestBench.start({ pipeline: { source: { limits, max_weight_per_request: 6 } } });
  await bench.invoke({ date: '2026-11-10' });
  bench.forget();

  const error = await bench.failure({ date: '2026-11-11' });

  expect(error).toMatchObject({ name: 'SourceUnavailableError', retryable: true });
  expect(error.message).toMatch(/quota of this day is used up\. Try again from 2026-11-20T00:00:05/);
  expect(bench.simulator.log).toHaveLength(4);
});

test('the account costs two calls per request, and one read per process', async () => {
  bench = await IngestBench.start();
  const calls: string[] = [];
  bench.processed.before = (call, called) => void (called === key() && calls.push(call));

  await bench.invoke({ date: '2026-11-10' });

  expect(bench.simulator.log).toHaveLength(4);
  expect(calls).toEqual(['get', ...Array(2 * 4).fill('put')]);
});
