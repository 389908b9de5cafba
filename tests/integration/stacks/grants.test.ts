import { dueDay, overdueDays } from '../../../core/status/freshness';
import { VirtualClock } from '../../clock/virtual-clock';
import { type SmallPipeline, smallPipeline, smallPipelineFile } from '../../lake/small-pipeline';
import { NOW } from '../../lake/test-lake';
import { BucketPermissions } from '../../stacks/policy';
import { resourceAt, synthesizeDeployment } from '../../stacks/synthesize';
import { IngestBench } from '../handlers/ingest-bench';
import type { HookedStore, StoreCall } from '../runs/hooked-store';
import { RunLake } from '../runs/run-lake';

const DAYS = { from: '2026-11-17', to: '2026-11-18' };
/** So narrow that many values go to quarantine, and so patient that they may. */
const NARROW = smallPipeline().tables.map(({ name, section, columns }) => ({
  name,
  section,
  columns: columns.map(({ source, unit, type, witness = null }) => ({
    source,
    unit,
    type,
    range: [-95, 1],
    max_null_share: 1,
    max_rejected_share: 1,
    ...(section === 'daily' && source.endsWith('_max') ? { witness } : {}),
  })),
}));
const pipeline = smallPipeline();
const { ingest: stack } = synthesizeDeployment({ pipeline });

function permissionsOf(role: string) {
  const policy = resourceAt(stack, `${role}/Policy`).policy as string;
  return {
    raw: new BucketPermissions(policy, 'Raw_Bucket'),
    processed: new BucketPermissions(policy, 'Processed_Bucket'),
  };
}

/** Whether the store on S3 could do it, and could tell a key that is missing from one that is forbidden. */
function isAllowed(permissions: BucketPermissions, call: StoreCall, key: string): boolean {
  switch (call) {
    case 'list':
      return permissions.mayList(key);
    case 'delete':
      return permissions.mayTouch('s3:DeleteObject', key);
    case 'put':
    case 'copy':
      return permissions.mayTouch('s3:PutObject', key) && permissions.mayTouch('s3:GetObject', key);
    default:
      return permissions.mayTouch('s3:GetObject', key) && permissions.mayList(key);
  }
}

/** Calls that the role's policy would not let pass. */
function watch(store: HookedStore, permissions: BucketPermissions) {
  const seen = new Set<StoreCall>();
  const refused: string[] = [];
  store.before = (call, key) => {
    seen.add(call);
    if (!isAllowed(permissions, call, key)) refused.push(`${call} ${key}`);
  };
  return { seen, refused };
}

/** What the test does, and not the function. */
async function unwatched<T>(store: HookedStore, work: () => Promise<T>): Promise<T> {
  const { before } = store;
  store.before = () => {};
  const result = await work();
  store.before = before;
  return result;
}

describe('the policies of the functions', () => {
  it('let whole runs pass: first ones, revised ones, ones with moved locations, values in quarantine or failed requests', async () => {
    const bench = await IngestBench.start();
    const { raw, processed } = permissionsOf('Ingest/Role');
    const [rawCalls, processedCalls] = [watch(bench.raw, raw), watch(bench.processed, processed)];
    const revisions = async (revision: number) => {
      bench.simulator.setFaults([{ fault: { kind: 'revision', revision } }]);
      bench.clock.advance(120_000);
    };
    const deploy = (options: SmallPipeline) =>
      unwatched(bench.raw, () => bench.deploy(smallPipelineFile(options)));

    await bench.invoke(DAYS);
    await revisions(1);
    await deploy({ extra: { tables: NARROW } });
    await bench.invoke(DAYS);
    const quarantined = await unwatched(bench.processed, () => bench.keys('_quarantine/'));
    await revisions(2);
    await deploy({ chunk: 3, source: { tolerated_failed_share: 0.6 } });
    await bench.invoke(DAYS);
    for (const event of [DAYS, { date: '2026-11-16' }]) {
      bench.clock.advance(120_000);
      bench.simulator.setFaults([{ fault: { kind: 'status', status: 503 }, when: { nth: 1 } }]);
      await bench.invoke(event);
    }
    await bench.close();

    expect([...rawCalls.refused, ...processedCalls.refused]).toEqual([]);
    expect([...rawCalls.seen].sort()).toEqual(['get', 'head', 'list', 'put']);
    expect([...processedCalls.seen].sort()).toEqual(['copy', 'delete', 'get', 'head', 'list', 'put']);
    expect(quarantined).toHaveLength(8);
  });

  it('let the watch over freshness pass', async () => {
    const lake = new RunLake({ sourceUrl: 'http://nobody.test', clock: new VirtualClock(NOW) });
    const { processed } = permissionsOf('Freshness/Role');
    const { seen, refused } = watch(lake.processed, processed);

    await overdueDays(lake.processed, pipeline.name, dueDay(pipeline, NOW, 12));

    expect([...seen]).toEqual(['get']);
    expect(refused).toEqual([]);
  });

  const part = 'date=2026-11-17/small.00000.parquet';
  it.each([
    ['Freshness/Role', 'processed', 'get', '_quota/api.open-meteo.com.free.json'],
    ['Ingest/Role', 'processed', 'delete', '_quota/api.open-meteo.com.free.json'],
    ['Ingest/Role', 'raw', 'put', 'config/small.json'],
    ['Ingest/Role', 'raw', 'delete', 'small/2026-11-17_2026-11-18/0a.request.json'],
    ['Ingest/Role', 'raw', 'get', 'small-2/2026-11-17_2026-11-18/0a.request.json'],
    ['Ingest/Role', 'raw', 'list', ''],
    ['Ingest/Role', 'processed', 'put', `other_table/${part}`],
    ['Ingest/Role', 'processed', 'delete', 'weather_daily/date=2026-11-17/small-2.00000.parquet'],
    ['Ingest/Role', 'processed', 'delete', '_manifests/small/date=2026-11-17.json'],
    ['Ingest/Role', 'processed', 'list', '_manifests/small-2/'],
    ['Ingest/Role', 'processed', 'list', ''],
    ['Freshness/Role', 'processed', 'get', `weather_daily/${part}`],
    ['Freshness/Role', 'processed', 'put', '_manifests/small/date=2026-11-17.json'],
    ['Freshness/Role', 'raw', 'get', 'small/2026-11-17_2026-11-18/0a.request.json'],
  ] as const)('of %s, in the %s bucket, refuse to %s %s', (role, bucket, call, key) => {
    expect(isAllowed(permissionsOf(role)[bucket], call, key)).toBe(false);
  });
});
