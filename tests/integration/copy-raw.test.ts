import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilesystemObjectStore } from '../../adapters/filesystem/filesystem-object-store';
import { MemoryObjectStore } from '../../adapters/memory/memory-object-store';
import { SILENT_LOGGER } from '../../core/ports/logger';
import { copyRaw } from '../../core/raw/copy-raw';
import { RawArchive } from '../../core/raw/raw-archive';
import { ingest } from '../../core/runs/ingest';
import { replayDays } from '../../core/runs/replay';
import type { Day } from '../../core/time/day';
import { type Simulator, startSimulator } from '../../simulators/open-meteo/simulator';
import { VirtualClock } from '../clock/virtual-clock';
import { bucketOnDisk, SPOILINGS, sidecarOf } from '../lake/spoil-raw';
import { NOW, objectsUnder, visibleObjects } from '../lake/test-lake';
import { nextRun, outcomes, RunLake } from './runs/run-lake';

const DAYS = ['2026-11-16', '2026-11-17'] as Day[];

let clock: VirtualClock;
let simulator: Simulator;
let folder: string;
let copies = 0;

beforeAll(async () => {
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now(), limits: false });
  folder = await mkdtemp(join(tmpdir(), 'copy-raw-'));
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

/** A lake, a copy of its raw objects on disk, and the key of one body. */
async function copied() {
  const lake = new RunLake({ sourceUrl: simulator.url, clock });
  await ingest(lake.parts(), nextRun(), [DAYS[0]!]);
  const root = join(folder, `copy-${++copies}`);
  const bucket = bucketOnDisk(root);
  await copyRaw({ from: lake.raw, to: bucket.store, pipeline: 'small' });
  const [body] = await lake.bodies();
  return { from: lake.raw, bucket, root, body: body! };
}

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
    expect(second).toEqual({ copied: 0, present: first.copied, damaged: [] });
    expect(Object.values(outcomes(report))).toEqual(['published', 'published']);
    expect(await visibleObjects(processed)).toEqual(await visibleObjects(lake.processed));
  });

  test.each(SPOILINGS)('copies again over a body that is %s', async (_, spoiling) => {
    const { from, bucket, body } = await copied();
    const whole = (await from.get(body))!;
    await bucket.spoil(body, spoiling);

    const again = await copyRaw({ from, to: bucket.store, pipeline: 'small' });

    expect(again.copied).toBe(1);
    const mended = (await bucket.store.get(body))!;
    expect([Buffer.from(mended.body), mended.info.metadata]).toEqual([
      Buffer.from(whole.body),
      whole.info.metadata,
    ]);
  });

  test('copies again over an answer that had ended early and has arrived whole since, not the other way', async () => {
    const { from, bucket, body } = await copied();
    const { body: packed, info } = (await from.get(body))!;
    await bucket.store.put(body, packed, { metadata: { ...info.metadata, complete: 'false' } });

    const again = await copyRaw({ from, to: bucket.store, pipeline: 'small' });
    await from.put(body, packed, { metadata: { ...info.metadata, complete: 'false' } });
    const back = await copyRaw({ from, to: bucket.store, pipeline: 'small' });

    expect([again.copied, back.copied]).toEqual([1, 0]);
    expect((await bucket.store.head(body))!.metadata.complete).toBe('true');
  });

  test.each(['request object', 'sidecar'])('copies again over a %s that is cut', async (what) => {
    const { from, bucket, root, body } = await copied();
    const question = `${body.slice(0, body.lastIndexOf('-'))}.request.json`;
    const path = what === 'sidecar' ? sidecarOf(root, body) : join(root, question);
    await writeFile(path, '{"key":');

    const again = await copyRaw({ from, to: bucket.store, pipeline: 'small' });

    expect(again.copied).toBe(1);
    const archive = new RawArchive(bucket.store, 'small', { clock, logger: SILENT_LOGGER });
    await expect(archive.verify(body)).resolves.toMatchObject({ simulated: true });
    await expect(archive.document(question)).resolves.toMatchObject({ from: DAYS[0] });
  });

  test.each(SPOILINGS)(
    'leaves out a body that is %s where it comes from, and copies the others',
    async (_, spoiling, says) => {
      const { bucket, body } = await copied();
      const objects = [...(await objectsUnder(bucket.store, 'small/')).keys()];
      await bucket.spoil(body, spoiling);
      const to = new MemoryObjectStore();

      const copy = await copyRaw({ from: bucket.store, to, pipeline: 'small' });

      expect(copy).toMatchObject({ copied: objects.length - 1, present: 0 });
      expect(copy.damaged.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
      expect(copy.damaged[0]!.context.key).toBe(body);
      expect(await to.head(body)).toBeUndefined();
    },
  );

  test('leaves the notes of damage behind: they are about the objects of the other lake', async () => {
    const { from } = await copied();
    await from.put('small/_damage/2026-11-16_2026-11-16/a.json.gz.json', Buffer.from('{}'));
    const to = new MemoryObjectStore();

    await copyRaw({ from, to, pipeline: 'small' });

    expect([...(await objectsUnder(to, 'small/_damage/')).keys()]).toEqual([]);
  });
});
