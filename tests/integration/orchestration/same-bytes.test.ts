import { sha256 } from '../../../core/hash';
import { windowDays } from '../../../core/planning/window';
import type { ObjectStore } from '../../../core/ports/object-store';
import { ingest } from '../../../core/runs/ingest';
import { type SmallPipeline, smallPipeline } from '../../lake/small-pipeline';
import { NOW, visibleObjects } from '../../lake/test-lake';
import { OrchestrationBench } from '../../orchestration/orchestration-bench';
import { IngestBench } from '../handlers/ingest-bench';
import { nextRun, RunLake } from '../runs/run-lake';

const SCHEDULED = { scheduled_time: '2026-11-19T12:00:00Z' };

async function hashesOf(store: ObjectStore): Promise<Record<string, string>> {
  const objects = await visibleObjects(store);
  return Object.fromEntries([...objects].map(([key, bytes]) => [key, sha256(bytes)]));
}

let bench: OrchestrationBench;
let direct: IngestBench | undefined;
afterEach(async () => {
  await bench.close();
  await direct?.close();
  direct = undefined;
});

test.each<[string, SmallPipeline]>([
  ['one chunk', { chunk: 5 }],
  ['several chunks', { locations: [0, 5], chunk: 2 }],
])('local, direct and orchestrated runs of the same days give the same objects: %s', async (_, pipeline) => {
  bench = await OrchestrationBench.start({ pipeline });
  const small = smallPipeline(pipeline);
  const local = new RunLake({ sourceUrl: bench.simulator.url, clock: bench.clock });
  await ingest(local.parts(small), nextRun(), windowDays(small, NOW));
  await bench.execute(SCHEDULED);
  const orchestrated = await bench.visible();
  bench.output.stop();
  direct = await IngestBench.start({ pipeline });
  await direct.invoke(SCHEDULED);

  const inLocal = await local.visible();
  const inDirect = await hashesOf(direct.processed);

  expect(Object.keys(inLocal).length).toBeGreaterThan(5);
  expect(orchestrated).toEqual(inLocal);
  expect(inDirect).toEqual(inLocal);
});
