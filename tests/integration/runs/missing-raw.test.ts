import { ingest } from '../../../core/runs/ingest';
import { replayDays } from '../../../core/runs/replay';
import { bucketInMemory } from '../../lake/spoil-raw';
import { DAY, PASSED_OVER, RawBench } from './raw-bench';
import { nextRun, outcomes } from './run-lake';

let bench: RawBench;
beforeAll(async () => {
  bench = await RawBench.start();
});
afterEach(() => bench.simulator.setFaults([]));
afterAll(() => bench.close());

describe('a raw object that a manifest names and that is gone', () => {
  test('is made up for in a replay by another answer of the same request', async () => {
    const { lake, body } = await bench.revisedLake(bucketInMemory());
    await lake.raw.delete(body);

    const report = await replayDays(lake.offline(), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'published' });
    const { raw } = (await lake.manifest(DAY))!;
    expect(raw.map(({ key }) => key)).not.toContain(body);
    expect(raw).toHaveLength(4);
  });

  test('is made up for in an ingest while the source is down', async () => {
    const { lake, body } = await bench.revisedLake(bucketInMemory());
    await lake.raw.delete(body);
    bench.simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);
    bench.clock.advance(1000);

    const report = await ingest(lake.parts(), nextRun(), [DAY]);

    expect(report.failures.map(({ error }) => error.name)).toEqual(
      new Array(4).fill('SourceUnavailableError'),
    );
    expect(Object.values(outcomes(report))).not.toContain('StorageError');
    expect(report.dates).toMatchObject([{ published: { partial: false } }]);
  });

  test('leaves the outage as the reason where nothing else answers', async () => {
    const { lake, body, before } = await bench.ingestedLake(bucketInMemory(), false);
    await lake.raw.delete(body);
    bench.simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);

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
