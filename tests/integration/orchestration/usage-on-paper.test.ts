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
