import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';
import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import { PARQUET_WASM_READER } from '../../../adapters/parquet-wasm/parquet-wasm-reader';
import { writeDocument } from '../../../core/json-document';
import { manifestKey } from '../../../core/keys/processed-keys';
import type { Manifest } from '../../../core/manifest/manifest';
import { readManifest } from '../../../core/manifest/manifest-store';
import type { ObjectStore } from '../../../core/ports/object-store';
import { ingest } from '../../../core/runs/ingest';
import type { Day } from '../../../core/time/day';
import { type Finding, VERIFIED_KINDS, type VerifyReport } from '../../../core/verify/finding';
import { verifyLake } from '../../../core/verify/verify-lake';
import type { VerifyParts } from '../../../core/verify/verify-parts';
import { startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { bucketInMemory, bucketOnDisk, type SpoilableBucket, type Spoiling } from '../../lake/spoil-raw';
import { NOW } from '../../lake/test-lake';
import { nextRun, RunLake } from '../runs/run-lake';

export const STORES = ['memory', 'disk'] as const;

export const DAY = '2026-11-17' as Day;
export const NEXT = '2026-11-18' as Day;
/** The hourly table of the first day. */
export const HOURLY = `weather_hourly/date=${DAY}/small.00000.parquet`;
/** The command that makes the first day again. */
export const AGAIN = `ingest-weather replay --date ${DAY}`;

/** Two days of which one value stands in quarantine. */
export async function wholeLake(): Promise<RunLake> {
  const simulator = await startSimulator({ clock: () => NOW, limits: false });
  const outOfRange = { kind: 'out_of_range', value: 99, column: 'temperature_2m' } as const;
  simulator.setFaults([{ when: { section: 'hourly', locationId: 2 }, fault: outOfRange }]);
  const whole = new RunLake({ sourceUrl: simulator.url, clock: new VirtualClock(NOW) });
  await ingest(whole.parts(), nextRun(), [DAY, NEXT]);
  await simulator.close();
  return whole;
}

/** A copy of a whole lake, to be spoilt and verified. */
export class SpoiltLake {
  private constructor(
    private readonly rawBucket: SpoilableBucket,
    readonly processed: ObjectStore,
    /** Empty in memory. */
    readonly folder: string,
  ) {}

  static async copyOf(whole: Pick<VerifyParts, 'raw' | 'processed'>, where: (typeof STORES)[number]) {
    const folder = where === 'disk' ? await mkdtemp(join(tmpdir(), 'verify-')) : '';
    const lake =
      where === 'disk'
        ? new SpoiltLake(
            bucketOnDisk(join(folder, 'raw')),
            new FilesystemObjectStore(join(folder, 'processed')),
            folder,
          )
        : new SpoiltLake(bucketInMemory(), new MemoryObjectStore(), folder);
    await copyAll(whole.raw, lake.raw);
    await copyAll(whole.processed, lake.processed);
    return lake;
  }

  get raw(): ObjectStore {
    return this.rawBucket.store;
  }

  spoilRaw(key: string, spoiling: Spoiling): Promise<void> {
    return this.rawBucket.spoil(key, spoiling);
  }

  async remove(): Promise<void> {
    if (this.folder !== '') await rm(this.folder, { recursive: true });
  }

  verify(parts: Partial<VerifyParts> = {}): Promise<VerifyReport> {
    return verifyLake({
      raw: this.raw,
      processed: this.processed,
      reader: PARQUET_WASM_READER,
      holders: { self: 'verification', isGone: (holder) => holder === 'gone' },
      now: NOW,
      repair: false,
      ...parts,
    });
  }

  /** Replaces an object's bytes and keeps its metadata. */
  async spoil(bucket: 'raw' | 'processed', key: string, edit: (body: Buffer) => Uint8Array): Promise<void> {
    const found = (await this[bucket].get(key))!;
    await this[bucket].put(key, edit(Buffer.from(found.body)), { metadata: found.info.metadata });
  }

  async manifest(day: Day): Promise<Manifest> {
    return (await readManifest(this.processed, 'small', day))!;
  }

  async editManifest(day: Day, edit: (manifest: Manifest) => Partial<Manifest>): Promise<void> {
    const manifest = await this.manifest(day);
    await this.processed.put(manifestKey('small', day), writeDocument({ ...manifest, ...edit(manifest) }));
  }
}

async function copyAll(from: ObjectStore, to: ObjectStore): Promise<void> {
  for await (const { key } of from.list('')) {
    const { info, body } = (await from.get(key))!;
    await to.put(key, body, { metadata: info.metadata });
  }
}

export async function keysOf(store: ObjectStore, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

export function findingsOf(report: VerifyReport): Finding[] {
  return VERIFIED_KINDS.flatMap((kind) => report[kind].findings);
}
