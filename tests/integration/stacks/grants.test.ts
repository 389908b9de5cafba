import { ingest } from '../../../core/runs/ingest';
import { dueDay, overdueDays } from '../../../core/status/freshness';
import type { Day } from '../../../core/time/day';
import { startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { smallPipeline } from '../../lake/small-pipeline';
import { NOW } from '../../lake/test-lake';
import { BucketPermissions } from '../../stacks/policy';
import { resourceAt, synthesizeDeployment } from '../../stacks/synthesize';
import type { HookedStore, StoreCall } from '../runs/hooked-store';
import { nextRun, RunLake } from '../runs/run-lake';

const TOLERANT = { tolerated_failed_share: 0.6 };
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

describe('the policies of the functions', () => {
  it('let whole runs pass: first ones, revised ones, ones with moved locations, values in quarantine or failed requests', async () => {
    const clock = new VirtualClock(NOW);
    const simulator = await startSimulator({ clock: () => clock.now(), limits: false });
    const lake = new RunLake({ sourceUrl: simulator.url, clock });
    const { raw, processed } = permissionsOf('Ingest/Role');
    const [rawCalls, processedCalls] = [watch(lake.raw, raw), watch(lake.processed, processed)];
    const days = ['2026-11-17', '2026-11-18'] as Day[];
    const tables = pipeline.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => ({ ...column, range: [-95, 1] as const, maxRejectedShare: 1 })),
    }));

    await ingest(lake.parts(pipeline), nextRun(), days);
    simulator.setFaults([{ fault: { kind: 'revision', revision: 1 } }]);
    clock.advance(1000);
    const { dates } = await ingest(lake.parts({ ...pipeline, tables }), nextRun(), days);
    clock.advance(1000);
    await ingest(lake.parts(smallPipeline({ chunk: 3 })), nextRun(), days);
    simulator.setFaults([{ fault: { kind: 'status', status: 503 }, when: { nth: 1 } }]);
    const tolerant = lake.parts(smallPipeline({ chunk: 3, source: TOLERANT }));
    await ingest(tolerant, nextRun(), days);
    simulator.setFaults([{ fault: { kind: 'status', status: 503 }, when: { nth: 1 } }]);
    await ingest(tolerant, nextRun(), ['2026-11-16' as Day]);
    await simulator.close();

    expect([...rawCalls.refused, ...processedCalls.refused]).toEqual([]);
    expect([...processedCalls.seen].sort()).toEqual(['copy', 'delete', 'get', 'head', 'list', 'put']);
    expect([...rawCalls.seen].sort()).toEqual(['get', 'head', 'list', 'put']);
    expect(await lake.keys('weather_daily/')).toHaveLength(3);
    expect(dates).toMatchObject(days.map(() => ({ manifest: { quarantine: { length: 4 } } })));
  });

  it('let the watch over freshness pass', async () => {
    const lake = new RunLake({ sourceUrl: 'http://nobody.test', clock: new VirtualClock(NOW) });
    const { processed } = permissionsOf('Freshness/Role');
    const { seen, refused } = watch(lake.processed, processed);

    await overdueDays(lake.processed, pipeline.name, dueDay(pipeline, NOW, 12));

    expect([...seen]).toEqual(['head']);
    expect(refused).toEqual([]);
  });

  const part = 'date=2026-11-17/small.00000.parquet';
  it.each([
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
