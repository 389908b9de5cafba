import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { buildSync } from 'esbuild';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';
import { readManifest } from '../../../core/manifest/manifest-store';
import { readLease } from '../../../core/publish/lease';
import { ingest } from '../../../core/runs/ingest';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { smallPipeline } from '../../lake/small-pipeline';
import { lakeParts, NOW, objectsUnder, runOptions, visibleObjects } from '../../lake/test-lake';
import type { KillOrder } from './kill-worker';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../../..');
const DAY = '2026-11-17' as Day;

let folder: string;
let worker: string;
let simulator: Simulator;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kills-'));
  worker = join(folder, 'worker.js');
  buildSync({
    entryPoints: [join(__dirname, 'kill-worker.ts')],
    outfile: worker,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
  });
  simulator = await startSimulator({ clock: () => NOW, limits: false });
});

afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true });
});

type Span = KillOrder['locations'];
const FIRST_THREE: Span = [0, 3];

type Order = Pick<KillOrder, 'folder' | 'runId' | 'locations' | 'killBefore'>;

/** Runs a worker to its end or its death. */
async function work(order: Order): Promise<{ killed: boolean; writes: number }> {
  const text = JSON.stringify({ ...order, sourceUrl: simulator.url, days: [DAY] });
  try {
    const { stdout } = await run(process.execPath, [worker, text], {
      env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') },
    });
    return { killed: false, writes: JSON.parse(stdout).writes };
  } catch (error) {
    if ((error as { signal?: string }).signal !== 'SIGKILL') throw error;
    return { killed: true, writes: order.killBefore };
  }
}

/** Brings a lake to its end in this process, as the next run of the command would. */
async function complete(lake: string, locations: Span): Promise<void> {
  const parts = await lakeParts({
    folder: lake,
    sourceUrl: simulator.url,
    pipeline: smallPipeline({ locations }),
  });
  const report = await ingest(parts, runOptions('the-next-run'), [DAY]);
  expect(report.dates.map((date) => (date.outcome === 'failed' ? date.error : date.outcome))).toEqual([
    expect.stringMatching(/^(published|unchanged)$/),
  ]);
}

function storeOf(lake: string) {
  return new FilesystemObjectStore(join(lake, 'processed'));
}

/** Hash by key of what a reader by prefix meets. */
async function visibleHashes(lake: string): Promise<Map<string, string>> {
  const objects = await visibleObjects(storeOf(lake));
  return new Map([...objects].map(([key, bytes]) => [key, createHash('sha256').update(bytes).digest('hex')]));
}

/** Locations in each visible file of a finished lake, by key and hash. */
async function locationsByFile(lake: string): Promise<Map<string, string[]>> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const files = new Map<string, string[]>();
  for (const [key, hash] of await visibleHashes(lake)) {
    const path = join(lake, 'processed', key);
    const result = await connection.runAndReadAll(`SELECT DISTINCT location_id FROM read_parquet('${path}')`);
    files.set(
      `${key}#${hash}`,
      result.getRows().map(([id]) => String(id)),
    );
  }
  connection.closeSync();
  instance.closeSync();
  return files;
}

interface Scenario {
  readonly before: string;
  readonly expected: string;
  readonly locations: Span;
}

/** What a reader may trust at any moment: whole files of one version or the other, no location twice in a table, and what the manifest says. */
async function expectTrustworthy(lake: string, { before, expected }: Scenario): Promise<void> {
  const known = new Map([...(await locationsByFile(before)), ...(await locationsByFile(expected))]);
  const visible = await visibleHashes(lake);
  const seen = new Set<string>();
  for (const [key, hash] of visible) {
    const locations = known.get(`${key}#${hash}`);
    expect({ key, isWhole: locations !== undefined }).toEqual({ key, isWhole: true });
    if (key.startsWith('_quarantine')) continue;
    for (const location of locations!) {
      const row = `${key.split('/')[0]}/${location}`;
      expect({ row, isTwice: seen.has(row) }).toEqual({ row, isTwice: false });
      seen.add(row);
    }
  }
  const store = storeOf(lake);
  const lease = await readLease(store, 'small', DAY);
  const manifest = await readManifest(store, 'small', DAY);
  if (lease?.state === 'promoting') return;
  const listed = new Map(
    [...(manifest?.objects ?? []), ...(manifest?.quarantine ?? [])].map(({ key, sha256 }) => [key, sha256]),
  );
  expect(visible).toEqual(new Map([...listed].sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Kills the run before each of its writes in turn; each time the lake must be trustworthy and the next run complete it. */
async function killEverywhere(scenario: Scenario): Promise<number> {
  const { before, expected, locations } = scenario;
  const wanted = await visibleHashes(expected);
  let kills = 0;
  for (let killBefore = 1; ; killBefore++) {
    const lake = join(folder, 'lake');
    rmSync(lake, { recursive: true, force: true });
    cpSync(before, lake, { recursive: true });
    const { killed } = await work({ folder: lake, runId: 'killed-run', locations, killBefore });
    if (!killed) return kills;
    kills++;
    await expectTrustworthy(lake, scenario);
    await complete(lake, locations);
    expect(await visibleHashes(lake)).toEqual(wanted);
    expect(await leasesOnDisk(lake)).toEqual([]);
  }
}

/** Those that have ended included: on disk nothing stays of them. */
async function leasesOnDisk(lake: string): Promise<string[]> {
  return [...(await objectsUnder(storeOf(lake), '_leases/')).keys()];
}

async function finishedLake(name: string, locations: Span): Promise<string> {
  const lake = join(folder, name);
  await complete(lake, locations);
  return lake;
}

describe('a run that is killed between any two writes', () => {
  afterEach(() => simulator.setFaults([]));

  test('leaves nothing published of a new day, or all of it, and the next run completes it to the same bytes', async () => {
    const expected = await finishedLake('fresh-expected', FIRST_THREE);
    const before = join(folder, 'fresh-before');
    mkdirSync(before);

    const kills = await killEverywhere({ before, expected, locations: FIRST_THREE });

    expect(kills).toBeGreaterThan(30);
  }, 600_000);

  test('leaves whole files of the former or the revised version while a day is published again', async () => {
    const before = await finishedLake('revised-before', FIRST_THREE);
    simulator.setFaults([
      { fault: { kind: 'revision', revision: 3 } },
      {
        when: { section: 'hourly', locationId: 2 },
        fault: { kind: 'out_of_range', value: 99, column: 'temperature_2m' },
      },
    ]);
    const expected = join(folder, 'revised-expected');
    cpSync(before, expected, { recursive: true });
    await complete(expected, FIRST_THREE);
    expect(await visibleHashes(expected)).not.toEqual(await visibleHashes(before));

    const kills = await killEverywhere({ before, expected, locations: FIRST_THREE });

    expect(kills).toBeGreaterThan(30);
  }, 600_000);

  test('never shows a location twice while a shorter list of locations moves them between chunks', async () => {
    const before = await finishedLake('shorter-before', [0, 5]);
    const expected = join(folder, 'shorter-expected');
    cpSync(before, expected, { recursive: true });
    await complete(expected, [1, 4]);

    const kills = await killEverywhere({ before, expected, locations: [1, 4] });

    expect(kills).toBeGreaterThan(20);
  }, 600_000);
});

describe('two runs of one day at once', () => {
  test('end with one whole version, also when one of them is killed', async () => {
    const expected = await finishedLake('two-expected', FIRST_THREE);
    const wanted = await visibleHashes(expected);
    for (const killBefore of [0, 21, 24, 27, 30]) {
      const lake = join(folder, `two-${killBefore}`);

      const [first] = await Promise.all([
        work({ folder: lake, runId: `first-${killBefore}`, locations: FIRST_THREE, killBefore }),
        work({ folder: lake, runId: `second-${killBefore}`, locations: FIRST_THREE, killBefore: 0 }),
      ]);

      expect(await visibleHashes(lake)).toEqual(wanted);
      // One killed after its manifest leaves its lease, when the other had ended before; nobody else leaves any.
      const left = await readLease(storeOf(lake), 'small', DAY);
      expect([undefined, ...(first.killed ? [`first-${killBefore}`] : [])]).toContain(left?.run_id);
      await complete(lake, FIRST_THREE);
      expect(await visibleHashes(lake)).toEqual(wanted);
      expect(await readLease(storeOf(lake), 'small', DAY)).toBeUndefined();
    }
  }, 300_000);
});
