import { writeFileSync } from 'node:fs';
import { manifestKey } from '../../../core/keys/processed-keys';
import { backfill, ingest } from '../../../core/runs/ingest';
import { replayDays } from '../../../core/runs/replay';
import {
  bucketInMemory,
  bucketOnDisk,
  SPOILINGS,
  type SpoilableBucket,
  type Spoiling,
  sidecarOf,
} from '../../lake/spoil-raw';
import { BEFORE, BUCKETS, DAY, expectWhole, PASSED_OVER, RawBench, REPAIRED } from './raw-bench';
import { nextRun, outcomes, RunLake } from './run-lake';

let bench: RawBench;
beforeAll(async () => {
  bench = await RawBench.start();
});
afterEach(() => bench.simulator.setFaults([]));
afterAll(() => bench.close());

async function spoiltLake(bucket: SpoilableBucket, spoiling: Spoiling) {
  const made = await bench.ingestedLake(bucket);
  await bucket.spoil(made.body, spoiling);
  bench.clock.advance(1000);
  return made;
}

/** What a replay makes of a day when one body of it was never kept. */
async function replayedWithout(bucket: SpoilableBucket, lake: RunLake, body: string) {
  const taken = (await bucket.store.get(body))!;
  const manifest = (await lake.processed.get(manifestKey('small', DAY)))!.body;
  await bucket.store.delete(body);
  const report = await replayDays(lake.offline(), nextRun(), [DAY]);
  expect(outcomes(report)).toEqual({ [DAY]: 'published' });
  return { taken, manifest, visible: await lake.visible() };
}

describe.each(BUCKETS)('a body %s', (_, open) => {
  describe.each(SPOILINGS)('that is %s', (_name, spoiling, says) => {
    test('is repaired by an ingest that is given the same answer', async () => {
      const bucket = open(bench);
      const { lake, body, before } = await spoiltLake(bucket, spoiling);

      const report = await ingest(lake.parts(), nextRun(), [DAY]);

      expect(outcomes(report)).toEqual({ [DAY]: 'unchanged' });
      await expectWhole(bucket, body);
      expect(lake.warnings).toContainEqual({
        message: REPAIRED,
        fields: { key: body, reason: expect.stringMatching(says) },
      });
      const replayed = await replayDays(lake.offline(), nextRun(), [BEFORE, DAY]);
      expect(outcomes(replayed)).toEqual({ [BEFORE]: 'unchanged', [DAY]: 'unchanged' });
      expect(await lake.visible()).toEqual(before);
    });

    test('is asked for again by a backfill, which repairs it', async () => {
      const bucket = open(bench);
      const { lake, body, before } = await spoiltLake(bucket, spoiling);
      await lake.loseProcessed();

      const report = await backfill(lake.parts(), nextRun(), { from: DAY, to: DAY });

      expect(report).toMatchObject({ sent: 1, reused: 3, failures: [] });
      expect(outcomes(report)).toEqual({ [DAY]: 'published' });
      await expectWhole(bucket, body);
      const ofDay = Object.entries(before).filter(([key]) => key.includes(DAY));
      expect(Object.entries(await lake.visible())).toEqual(ofDay);
    });

    test('is repaired by a backfill that is forced', async () => {
      const bucket = open(bench);
      const { lake, body, before } = await spoiltLake(bucket, spoiling);

      const report = await backfill(lake.parts(), nextRun({ force: true }), { from: DAY, to: DAY });

      expect(report).toMatchObject({ sent: 4, failures: [] });
      expect(outcomes(report)).toEqual({ [DAY]: 'unchanged' });
      await expectWhole(bucket, body);
      expect(await lake.visible()).toEqual(before);
    });

    test('stops the replay of its own day, which says what is wrong and what to do', async () => {
      const { lake, body, before } = await spoiltLake(open(bench), spoiling);

      const report = await replayDays(lake.offline(), nextRun(), [BEFORE, DAY]);

      expect(outcomes(report)).toEqual({ [BEFORE]: 'unchanged', [DAY]: 'StorageError' });
      const [, failed] = report.dates;
      expect(failed).toMatchObject({ error: { message: expect.stringMatching(says) } });
      expect(failed).toMatchObject({ error: { message: expect.stringContaining(body) } });
      expect(failed).toMatchObject({
        error: { message: expect.stringContaining(`backfill --force --from ${DAY} --to ${DAY}`) },
      });
      expect(await lake.visible()).toEqual(before);
    });

    test('is passed over by a replay for another whole answer of the request', async () => {
      const bucket = open(bench);
      const { lake, body } = await bench.revisedLake(bucket);
      const expected = await replayedWithout(bucket, lake, body);
      await bucket.store.put(body, expected.taken.body, { metadata: expected.taken.info.metadata });
      await bucket.spoil(body, spoiling);
      await lake.processed.put(manifestKey('small', DAY), expected.manifest);

      const report = await replayDays(lake.offline(), nextRun(), [DAY]);

      expect(Object.values(outcomes(report))).not.toContain('StorageError');
      expect(await lake.visible()).toEqual(expected.visible);
      expect(lake.warnings).toContainEqual({
        message: PASSED_OVER,
        fields: { key: body, reason: expect.stringMatching(says) },
      });
    });
  });
});

describe('a sidecar of a body', () => {
  test.each([
    ['truncated', '{"key":'],
    ['empty', ''],
    ['NUL bytes', '\0'.repeat(100)],
    ['{}', '{}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['with metadata that are none', '{"key":"k","metadata":[1]}'],
  ])('that is %s is written again by an ingest, and told by a replay', async (_, text) => {
    const root = bench.newFolder();
    const bucket = bucketOnDisk(root);
    const { lake, body } = await bench.ingestedLake(bucket);
    writeFileSync(sidecarOf(root, body), text);

    const replayed = await replayDays(lake.offline(), nextRun(), [BEFORE, DAY]);
    const report = await ingest(lake.parts(), nextRun(), [DAY]);

    expect(outcomes(replayed)).toEqual({ [BEFORE]: 'unchanged', [DAY]: 'StorageError' });
    expect(replayed.dates[1]).toMatchObject({
      error: { message: expect.stringMatching(/lost its metadata.*backfill --force --from 2026-11-17/) },
    });
    expect(outcomes(report)).toEqual({ [DAY]: 'unchanged' });
    await expectWhole(bucket, body);
  });
});

test('a first ingest reads nothing of what it keeps', async () => {
  const bucket = bucketInMemory();
  const lake = new RunLake({ sourceUrl: bench.simulator.url, clock: bench.clock, raw: bucket.store });
  const read: string[] = [];
  lake.raw.before = (call, key) => {
    if (call !== 'put') read.push(`${call} ${key}`);
  };

  await ingest(lake.parts(), nextRun(), [DAY]);

  expect(read).toEqual([]);
});
