import { backfill, ingest } from '../../../core/runs/ingest';
import { replayDays } from '../../../core/runs/replay';
import { cutShort, type Spoiling } from '../../lake/spoil-raw';
import { BEFORE, BUCKETS, DAY, RawBench, REPAIRED } from './raw-bench';
import { nextRun, outcomes } from './run-lake';

let bench: RawBench;
beforeAll(async () => {
  bench = await RawBench.start();
});
afterEach(() => bench.simulator.setFaults([]));
afterAll(() => bench.close());

const requestOf = (body: string) => `${body.slice(0, body.lastIndexOf('-'))}.request.json`;

const SPOILT_QUESTIONS: readonly (readonly [name: string, spoil: Spoiling])[] = [
  ['truncated', cutShort],
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
      const bucket = open(bench);
      const { lake, body, before } = await bench.ingestedLake(bucket);
      const key = requestOf(body);
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
    const bucket = open(bench);
    const { lake, body } = await bench.ingestedLake(bucket);
    const key = requestOf(body);
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
    const bucket = open(bench);
    const { lake, body } = await bench.ingestedLake(bucket);
    const key = requestOf(body);
    const whole = (await bucket.store.get(key))!.body;
    await bucket.spoil(key, spoiling);

    const report = await ingest(lake.parts(), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'unchanged' });
    expect(Buffer.from((await bucket.store.get(key))!.body)).toEqual(Buffer.from(whole));
    expect(lake.warnings.map(({ message }) => message)).toContain(REPAIRED);
  });

  test('that is truncated is written again by a backfill which takes the answer that was kept', async () => {
    const bucket = open(bench);
    const { lake, body } = await bench.ingestedLake(bucket);
    const key = requestOf(body);
    const whole = (await bucket.store.get(key))!.body;
    await bucket.spoil(key, cutShort);
    await lake.loseProcessed();

    const report = await backfill(lake.parts(), nextRun(), { from: DAY, to: DAY });

    expect(report).toMatchObject({ sent: 0, reused: 4, failures: [] });
    expect(outcomes(report)).toEqual({ [DAY]: 'published' });
    expect(Buffer.from((await bucket.store.get(key))!.body)).toEqual(Buffer.from(whole));
  });

  test('that is truncated stops the replay of its own day, naming it', async () => {
    const bucket = open(bench);
    const { lake, body } = await bench.ingestedLake(bucket);
    const key = requestOf(body);
    await bucket.spoil(key, cutShort);

    const report = await replayDays(lake.offline(), nextRun(), [BEFORE, DAY]);

    expect(outcomes(report)).toEqual({ [BEFORE]: 'unchanged', [DAY]: 'StorageError' });
    expect(report.dates[1]).toMatchObject({ error: { message: expect.stringContaining(key) } });
    expect(report.dates[1]).toMatchObject({
      error: { message: expect.stringContaining(`backfill --force --from ${DAY} --to ${DAY}`) },
    });
  });
});
