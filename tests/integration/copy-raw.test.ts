import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilesystemObjectStore } from '../../adapters/filesystem/filesystem-object-store';
import { copyRaw } from '../../core/raw/copy-raw';
import { ingest } from '../../core/runs/ingest';
import { replayDays } from '../../core/runs/replay';
import type { Day } from '../../core/time/day';
import { type Simulator, startSimulator } from '../../simulators/open-meteo/simulator';
import { VirtualClock } from '../clock/virtual-clock';
import { NOW, visibleObjects } from '../lake/test-lake';
import { nextRun, outcomes, RunLake } from './runs/run-lake';

const DAYS = ['2026-11-16', '2026-11-17'] as Day[];

let clock: VirtualClock;
let simulator: Simulator;
let folder: string;

beforeAll(async () => {
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now(), limits: false });
  folder = await mkdtemp(join(tmpdir(), 'copy-raw-'));
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

describe('copyRaw', () => {
  test('makes a lake of which a replay makes the same bytes, and copies nothing twice', async () => {
    const lake = new RunLake({ sourceUrl: simulator.url, clock });
    await ingest(lake.parts(), nextRun(), DAYS);
    await lake.raw.put('small-not/2026-11-16_2026-11-16/a.request.json', Buffer.from('{}'));
    const to = new FilesystemObjectStore(join(folder, 'raw'));
    const processed = new FilesystemObjectStore(join(folder, 'processed'));

    const first = await copyRaw({ from: lake.raw, to, pipeline: 'small' });
    const second = await copyRaw({ from: lake.raw, to, pipeline: 'small' });
    const report = await replayDays({ ...lake.offline(), raw: to, processed }, nextRun(), DAYS);

    expect(first.copied).toBeGreaterThan(0);
    expect(second).toEqual({ copied: 0, present: first.copied });
    expect(Object.values(outcomes(report))).toEqual(['published', 'published']);
    expect(await visibleObjects(processed)).toEqual(await visibleObjects(lake.processed));
  });
});
