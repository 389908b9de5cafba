import type { ObjectStore } from '../../../core/ports/object-store';
import { ingest } from '../../../core/runs/ingest';
import type { Day } from '../../../core/time/day';
import { smallPipeline } from '../../lake/small-pipeline';
import { lakeParts, runOptions } from '../../lake/test-lake';

/** What the worker is told on its command line. */
export interface KillOrder {
  readonly folder: string;
  readonly sourceUrl: string;
  readonly runId: string;
  readonly days: readonly string[];
  readonly locations: readonly [number, number];
  /** The process kills itself before this write, counted from 1 over both stores; 0: never. */
  readonly killBefore: number;
}

const order: KillOrder = JSON.parse(process.argv[2]!);
let writes = 0;

/** A store whose process dies, as by a power cut, before a certain write. */
function mortal(store: ObjectStore): ObjectStore {
  const counted = <T>(write: () => Promise<T>): Promise<T> => {
    if (++writes === order.killBefore) process.kill(process.pid, 'SIGKILL');
    return write();
  };
  return {
    head: (key) => store.head(key),
    get: (key) => store.get(key),
    list: (prefix) => store.list(prefix),
    put: (...call) => counted(() => store.put(...call)),
    copy: (...call) => counted(() => store.copy(...call)),
    delete: (...call) => counted(() => store.delete(...call)),
    deleteIfUnchanged: (...call) => counted(async () => store.deleteIfUnchanged?.(...call)),
  };
}

async function run(): Promise<void> {
  const parts = await lakeParts({ ...order, pipeline: smallPipeline({ locations: order.locations }) });
  const mortalParts = { ...parts, raw: mortal(parts.raw), processed: mortal(parts.processed) };
  const report = await ingest(mortalParts, runOptions(order.runId), order.days as Day[]);
  const failed = report.dates.filter(({ outcome }) => outcome === 'failed');
  process.stdout.write(JSON.stringify({ writes, outcomes: report.dates.map(({ outcome }) => outcome) }));
  process.exitCode = failed.length + report.failures.length === 0 ? 0 : 1;
}

void run();
