import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sha256 } from '../../../core/hash';
import { manifestKey } from '../../../core/keys/processed-keys';
import { backfill, ingest } from '../../../core/runs/ingest';
import { replayDays } from '../../../core/runs/replay';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import {
  bucketInMemory,
  bucketOnDisk,
  SPOILINGS,
  type SpoilableBucket,
  type Spoiling,
  sidecarOf,
} from '../../lake/spoil-raw';
import { NOW } from '../../lake/test-lake';
import { nextRun, outcomes, RunLake } from './run-lake';

const DAY = '2026-11-17' as Day;
const BEFORE = '2026-11-16' as Day;
const REPAIRED = 'A damaged raw object was repaired';
const PASSED_OVER = 'A damaged raw object is passed over';

let simulator: Simulator;
let clock: VirtualClock;
let folder: string;
let buckets = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'damaged-raw-'));
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now(), limits: false });
});
afterEach(() => simulator.setFaults([]));
afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const newFolder = () => join(folder, `raw-${++buckets}`);

const BUCKETS: readonly (readonly [name: string, open: () => SpoilableBucket])[] = [
  ['on disk', () => bucketOnDisk(newFolder())],
  ['in a bucket that keeps the metadata', bucketInMemory],
];

/** A lake with both days ingested, each by itself, and the key of one body of the later day. */
async function ingestedLake(bucket: SpoilableBucket, steady = true) {
  const lake = new RunLake({ sourceUrl: simulator.url, clock, raw: bucket.store, steady });
  for (const day of [BEFORE, DAY]) await ingest(lake.parts(), nextRun(), [day]);
  const [body] = (await lake.bodies()).filter((key) => key.includes(`/${DAY}_`));
  return { lake, body: body!, before: await lake.visible() };
}

async function spoiltLake(bucket: SpoilableBucket, spoiling: Spoiling) {
  const made = await ingestedLake(bucket);
  await bucket.spoil(made.body, spoiling);
  clock.advance(1000);
  return made;
}

/** Whether the object is again what its name says, with its metadata. */
async function expectWhole(bucket: SpoilableBucket, key: string): Promise<void> {
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

describe.each(BUCKETS)('a body %s', (_, open) => {
  describe.each(SPOILINGS)('that is %s', (_name, spoiling, says) => {
    test('is repaired by an ingest that is given the same answer', async () => {
      const bucket = open();
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
      const bucket = open();
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
      const bucket = open();
      const { lake, body, before } = await spoiltLake(bucket, spoiling);

      const report = await backfill(lake.parts(), nextRun({ force: true }), { from: DAY, to: DAY });

      expect(report).toMatchObject({ sent: 4, failures: [] });
      expect(outcomes(report)).toEqual({ [DAY]: 'unchanged' });
      await expectWhole(bucket, body);
      expect(await lake.visible()).toEqual(before);
    });

    test('stops the replay of its own day, which says what is wrong and what to do', async () => {
      const { lake, body, before } = await spoiltLake(open(), spoiling);

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
      const bucket = open();
      const { lake, body } = await revisedLake(bucket);
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

/** A lake whose later day was ingested twice, of different answers; the body of the second that the manifest names. */
async function revisedLake(bucket: SpoilableBucket) {
  const { lake } = await ingestedLake(bucket, false);
  const first = new Set(await lake.bodies());
  clock.advance(1000);
  simulator.setFaults([{ fault: { kind: 'revision', revision: 1 } }]);
  await ingest(lake.parts(), nextRun(), [DAY]);
  simulator.setFaults([]);
  const [body] = (await lake.bodies()).filter((key) => !first.has(key));
  return { lake, body: body! };
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

describe('a raw object that a manifest names and that is gone', () => {
  test('is made up for in a replay by another answer of the same request', async () => {
    const { lake, body } = await revisedLake(bucketInMemory());
    await lake.raw.delete(body);

    const report = await replayDays(lake.offline(), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'published' });
    const { raw } = (await lake.manifest(DAY))!;
    expect(raw.map(({ key }) => key)).not.toContain(body);
    expect(raw).toHaveLength(4);
  });

  test('is made up for in an ingest while the source is down', async () => {
    const { lake, body } = await revisedLake(bucketInMemory());
    await lake.raw.delete(body);
    simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);
    clock.advance(1000);

    const report = await ingest(lake.parts(), nextRun(), [DAY]);

    expect(report.failures.map(({ error }) => error.name)).toEqual(
      new Array(4).fill('SourceUnavailableError'),
    );
    expect(Object.values(outcomes(report))).not.toContain('StorageError');
    expect(report.dates).toMatchObject([{ published: { partial: false } }]);
  });

  test('leaves the outage as the reason where nothing else answers', async () => {
    const { lake, body, before } = await ingestedLake(bucketInMemory(), false);
    await lake.raw.delete(body);
    simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);

    const report = await ingest(lake.parts(), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'kept' });
    expect(new Set(report.failures.map(({ error }) => error.name))).toEqual(
      new Set(['SourceUnavailableError']),
    );
    expect(lake.warnings).toContainEqual({
      message: PASSED_OVER,
      fields: { key: body, reason: 'is not there' },
    });
    expect(await lake.visible()).toEqual(before);
  });
});

const CUT: Spoiling = (whole) => whole.subarray(0, whole.length - 20);

const SPOILT_QUESTIONS: readonly (readonly [name: string, spoil: Spoiling])[] = [
  ['truncated', CUT],
  ['empty', () => new Uint8Array()],
  ['NUL bytes', (whole) => new Uint8Array(whole.length)],
  ['{}', () => Buffer.from('{}')],
  ['null', () => Buffer.from('null')],
  [
    "another request's",
    (whole) =>
      Buffer.from(
        Buffer.from(whole)
          .toString()
          .replace(/"request_id": "./, '"request_id": "x'),
      ),
  ],
  ['of other days', (whole) => Buffer.from(Buffer.from(whole).toString().replaceAll(DAY, BEFORE))],
  [
    'with another place',
    (whole) =>
      Buffer.from(
        Buffer.from(whole)
          .toString()
          .replaceAll(/"number": \d+/g, '"number": 77'),
      ),
  ],
];

/** One letter of a place's id, latitude or number, or of a variable: still a request, but not the one that was sent. */
const FLIPPED: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['the id of a place', /"locations": [\s\S]*?"id": "./],
  ['a latitude', /"locations": [\s\S]*?"latitude": \d/],
  ['a number', /"locations": [\s\S]*?"number": \d/],
  ['a variable', /"variables": \[\s*"./],
  ['the address', /"address": "[^"]{5}/],
];

function flippedAtEndOf(pattern: RegExp): Spoiling {
  return (whole) => {
    const bytes = Buffer.from(whole);
    const { index, 0: text } = pattern.exec(bytes.toString('latin1'))!;
    bytes[index + text.length - 1]! ^= 1;
    return bytes;
  };
}

describe.each(BUCKETS)('a request object %s', (_, open) => {
  test.each(FLIPPED)(
    'with one bit flipped in %s stops the replay of its own day and is healed by an ingest',
    async (_name, pattern) => {
      const bucket = open();
      const { lake, body, before } = await ingestedLake(bucket);
      const key = `${body.slice(0, body.lastIndexOf('-'))}.request.json`;
      const whole = (await bucket.store.get(key))!.body;
      await bucket.spoil(key, flippedAtEndOf(pattern));

      const replayed = await replayDays(lake.offline(), nextRun(), [BEFORE, DAY]);
      const report = await ingest(lake.parts(), nextRun(), [DAY]);

      expect(outcomes(replayed)).toEqual({ [BEFORE]: 'unchanged', [DAY]: 'StorageError' });
      expect(replayed.dates[1]).toMatchObject({
        error: { message: expect.stringContaining(`${key} does not say what was written`) },
      });
      expect(outcomes(report)).toEqual({ [DAY]: 'unchanged' });
      expect(Buffer.from((await bucket.store.get(key))!.body)).toEqual(Buffer.from(whole));
      expect(await lake.visible()).toEqual(before);
    },
  );

  test('of an earlier version, which has no hash, is read and stays as it is', async () => {
    const bucket = open();
    const { lake, body } = await ingestedLake(bucket);
    const key = `${body.slice(0, body.lastIndexOf('-'))}.request.json`;
    const { sha256: _hash, ...said } = JSON.parse(
      Buffer.from((await bucket.store.get(key))!.body).toString(),
    );
    const earlier = Buffer.from(JSON.stringify(said));
    await bucket.spoil(key, () => earlier);

    const report = await ingest(lake.parts(), nextRun(), [DAY]);
    const replayed = await replayDays(lake.offline(), nextRun(), [DAY]);

    expect([outcomes(report), outcomes(replayed)]).toEqual([{ [DAY]: 'unchanged' }, { [DAY]: 'unchanged' }]);
    expect(Buffer.from((await bucket.store.get(key))!.body)).toEqual(earlier);
  });

  test.each(SPOILT_QUESTIONS)('that is %s is written again by an ingest', async (_name, spoiling) => {
    const bucket = open();
    const { lake, body } = await ingestedLake(bucket);
    const key = `${body.slice(0, body.lastIndexOf('-'))}.request.json`;
    const whole = (await bucket.store.get(key))!.body;
    await bucket.spoil(key, spoiling);

    const report = await ingest(lake.parts(), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'unchanged' });
    expect(Buffer.from((await bucket.store.get(key))!.body)).toEqual(Buffer.from(whole));
    expect(lake.warnings.map(({ message }) => message)).toContain(REPAIRED);
  });

  test('that is truncated is written again by a backfill which takes the answer that was kept', async () => {
    const bucket = open();
    const { lake, body } = await ingestedLake(bucket);
    const key = `${body.slice(0, body.lastIndexOf('-'))}.request.json`;
    const whole = (await bucket.store.get(key))!.body;
    await bucket.spoil(key, CUT);
    await lake.loseProcessed();

    const report = await backfill(lake.parts(), nextRun(), { from: DAY, to: DAY });

    expect(report).toMatchObject({ sent: 0, reused: 4, failures: [] });
    expect(outcomes(report)).toEqual({ [DAY]: 'published' });
    expect(Buffer.from((await bucket.store.get(key))!.body)).toEqual(Buffer.from(whole));
  });

  test('that is truncated stops the replay of its own day, naming it', async () => {
    const bucket = open();
    const { lake, body } = await ingestedLake(bucket);
    const key = `${body.slice(0, body.lastIndexOf('-'))}.request.json`;
    await bucket.spoil(key, CUT);

    const report = await replayDays(lake.offline(), nextRun(), [BEFORE, DAY]);

    expect(outcomes(report)).toEqual({ [BEFORE]: 'unchanged', [DAY]: 'StorageError' });
    expect(report.dates[1]).toMatchObject({ error: { message: expect.stringContaining(key) } });
    expect(report.dates[1]).toMatchObject({
      error: { message: expect.stringContaining(`backfill --force --from ${DAY} --to ${DAY}`) },
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
    const root = newFolder();
    const bucket = bucketOnDisk(root);
    const { lake, body } = await ingestedLake(bucket);
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
  const lake = new RunLake({ sourceUrl: simulator.url, clock, raw: bucket.store });
  const read: string[] = [];
  lake.raw.before = (call, key) => {
    if (call !== 'put') read.push(`${call} ${key}`);
  };

  await ingest(lake.parts(), nextRun(), [DAY]);

  expect(read).toEqual([]);
});
