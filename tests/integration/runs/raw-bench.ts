import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sha256 } from '../../../core/hash';
import { ingest } from '../../../core/runs/ingest';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { bucketInMemory, bucketOnDisk, type SpoilableBucket } from '../../lake/spoil-raw';
import { NOW } from '../../lake/test-lake';
import { nextRun, RunLake } from './run-lake';

export const DAY = '2026-11-17' as Day;
export const BEFORE = '2026-11-16' as Day;
export const REPAIRED = 'A damaged raw object was repaired';
export const PASSED_OVER = 'A damaged raw object is passed over';

export const BUCKETS: readonly (readonly [name: string, open: (bench: RawBench) => SpoilableBucket])[] = [
  ['on disk', (bench) => bucketOnDisk(bench.newFolder())],
  ['in a bucket that keeps the metadata', bucketInMemory],
];

/** Makes lakes whose raw objects are then damaged. */
export class RawBench {
  private folders = 0;

  private constructor(
    readonly simulator: Simulator,
    readonly clock: VirtualClock,
    private readonly folder: string,
  ) {}

  static async start(): Promise<RawBench> {
    const clock = new VirtualClock(NOW);
    const simulator = await startSimulator({ clock: () => clock.now(), limits: false });
    return new RawBench(simulator, clock, mkdtempSync(join(tmpdir(), 'damaged-raw-')));
  }

  async close(): Promise<void> {
    await this.simulator.close();
    rmSync(this.folder, { recursive: true });
  }

  newFolder(): string {
    return join(this.folder, `raw-${++this.folders}`);
  }

  /** A lake with both days ingested, each by itself, and the key of one body of the later day. */
  async ingestedLake(bucket: SpoilableBucket, steady = true) {
    const { simulator, clock } = this;
    const lake = new RunLake({ sourceUrl: simulator.url, clock, raw: bucket.store, steady });
    for (const day of [BEFORE, DAY]) await ingest(lake.parts(), nextRun(), [day]);
    const [body] = (await lake.bodies()).filter((key) => key.includes(`/${DAY}_`));
    return { lake, body: body!, before: await lake.visible() };
  }

  /** A lake whose later day was ingested twice, of different answers; the body of the second that the manifest names. */
  async revisedLake(bucket: SpoilableBucket) {
    const { lake } = await this.ingestedLake(bucket, false);
    const first = new Set(await lake.bodies());
    this.clock.advance(1000);
    this.simulator.setFaults([{ fault: { kind: 'revision', revision: 1 } }]);
    await ingest(lake.parts(), nextRun(), [DAY]);
    this.simulator.setFaults([]);
    const [body] = (await lake.bodies()).filter((key) => !first.has(key));
    return { lake, body: body! };
  }
}

/** Whether the object is again what its name says, with its metadata. */
export async function expectWhole(bucket: SpoilableBucket, key: string): Promise<void> {
  const { body, info } = (await bucket.store.get(key))!;
  const hash = sha256(gunzipSync(body));
  expect(key).toContain(`-${hash.slice(0, 16)}.json.gz`);
  expect(info.metadata).toEqual({
    sha256: hash,
    'fetched-at': expect.stringMatching(/^2026-11-19T/),
    simulated: 'true',
    complete: 'true',
  });
}
