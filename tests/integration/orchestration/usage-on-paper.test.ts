import { DEPLOYED } from '../../../core/costs/measures';
import { runUsage } from '../../../core/costs/run-usage';
import { OrchestrationBench } from '../../orchestration/orchestration-bench';

const WRITES = new Set(['put', 'copy', 'list']);
const READS = new Set(['get', 'head']);
const TABLES = 3;

let bench: OrchestrationBench;
afterEach(() => bench.close());

test.each([
  ['one chunk', 5, { requests: 2, objects: 6 }],
  ['a chunk for each of three locations', 1, { requests: 6, objects: 18 }],
])('a run of two dates and %s calls the buckets as often as on paper', async (_, chunk, size) => {
  bench = await OrchestrationBench.start({ pipeline: { chunk } });
  const calls: string[] = [];
  for (const store of [bench.raw, bench.processed]) store.before = (call) => void calls.push(call);

  const ended = await bench.execute({ scheduled_time: '2026-11-19T12:00:00Z' });

  const { usage } = runUsage({ ...size, dates: 2, tables: TABLES, values: 0, memoryMib: 1024 });
  expect(ended).toMatchObject({ dates: { published: 2 }, requests: { planned: size.requests } });
  expect(calls.filter((call) => WRITES.has(call))).toHaveLength(usage.bucket_writes);
  // Functions in one process read the plan and the account of the quota less often.
  expect(calls.filter((call) => READS.has(call)).length).toBeLessThanOrEqual(usage.bucket_reads);
});

test('functions emit as many metrics as on paper, whatever the requests are', async () => {
  bench = await OrchestrationBench.start({ pipeline: { chunk: 1 } });

  await bench.execute({ scheduled_time: '2026-11-19T12:00:00Z' });

  const emitted = bench.output.metrics.map(({ _aws }) => (_aws as EmbeddedMetrics).CloudWatchMetrics[0]!);
  const lists = new Set(emitted.map(({ Metrics }) => Metrics.map(({ Name }) => Name).join(' ')));
  expect(emitted.length).toBeGreaterThan(lists.size);
  for (const { Dimensions } of emitted) expect(Dimensions).toEqual([['service', 'environment', 'pipeline']]);
  // The function that watches freshness, which no execution calls, emits one more.
  expect([...lists].flatMap((list) => list.split(' '))).toHaveLength(DEPLOYED.metrics - 1);
});

interface EmbeddedMetrics {
  readonly CloudWatchMetrics: readonly {
    readonly Dimensions: readonly (readonly string[])[];
    readonly Metrics: readonly { readonly Name: string }[];
  }[];
}
