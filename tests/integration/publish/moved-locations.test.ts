import fc from 'fast-check';
import type { Pipeline } from '../../../core/pipeline/pipeline';
import { HOURLY, locationsOf, pipelineOf } from '../../weather/pipeline-of';
import { Death } from './recording-store';
import { type Version, WeatherLake } from './weather-lake';

const PLACES = locationsOf(7);
const LENIENT = {
  ...HOURLY,
  columns: [{ ...HOURLY.columns[0], max_rejected_share: 1, max_null_share: 1 }],
};

/** A list of locations in some order, cut into chunks of some size. */
interface Shape {
  readonly places: readonly (typeof PLACES)[number][];
  readonly size: number;
  /** Value of every hour; 99 is out of range. */
  readonly value: number;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  places: fc.shuffledSubarray([...PLACES], { minLength: 1 }),
  size: fc.integer({ min: 1, max: 4 }),
  value: fc.constantFrom(10, 11, 99),
});

const pipelineWith = ({ places, size }: Shape): Pipeline =>
  pipelineOf({ tables: [LENIENT], locations: places, source: { locations_per_request: size } });
const versionOf = ({ value }: Shape, runId: string): Version => ({
  runId,
  values: (id) => (id.endsWith('3') ? 99 : value),
});

/** What the lake looks like when nothing but this shape was ever published. */
async function publishedAlone(shape: Shape): Promise<Record<string, string>> {
  const lake = new WeatherLake();
  await lake.run(pipelineWith(shape), versionOf(shape, 'alone'));
  return lake.visible();
}

describe('a date published again with other locations, chunks and values', () => {
  test('never shows a row twice, after no write, and ends with the very objects of a fresh lake', async () => {
    await fc.assert(
      fc.asyncProperty(shape, shape, async (former, next) => {
        const lake = new WeatherLake();
        await lake.run(pipelineWith(former), versionOf(former, 'r1'));
        await lake.stage(pipelineWith(next), versionOf(next, 'r2'));
        const store = lake.recording();
        store.afterWrite = async (write) => expect([write, await lake.rowsTwice()]).toEqual([write, []]);
        await lake.publish(pipelineWith(next), 'r2', { store });
        expect(await lake.visible()).toEqual(await publishedAlone(next));
        expect(await lake.lease(pipelineWith(next))).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test('deletes every object that differs before it copies one when chunks have another size', async () => {
    const lake = new WeatherLake();
    const [pairs, triples] = [2, 3].map((size) => ({ places: PLACES, size, value: 10 }));
    await lake.run(pipelineWith(pairs!), versionOf(pairs!, 'r1'));
    const { writes } = await lake.run(pipelineWith(triples!), versionOf(triples!, 'r2'));
    const kinds = writes.filter((write) => write.includes('.parquet')).map((write) => write.split(' ')[0]);
    expect(kinds).toEqual([...kinds].sort().reverse());
    expect(kinds.filter((kind) => kind === 'delete')).toHaveLength(8);
    expect(kinds.filter((kind) => kind === 'copy')).toHaveLength(6);
  });

  test('killed at any write shows no row twice, and the next run completes it to the same objects', async () => {
    await fc.assert(
      fc.asyncProperty(
        shape,
        shape,
        shape,
        fc.integer({ min: 1, max: 30 }),
        async (first, killed, last, at) => {
          const lake = new WeatherLake();
          await lake.run(pipelineWith(first), versionOf(first, 'r1'));
          await lake.stage(pipelineWith(killed), versionOf(killed, 'r2'));
          const dying = lake.recording();
          dying.diesAt = at;
          const died = await lake.publish(pipelineWith(killed), 'r2', { store: dying }).then(
            () => false,
            (error) => error instanceof Death,
          );
          expect(await lake.rowsTwice()).toEqual([]);
          if (died) lake.gone.add('r2');
          await lake.stage(pipelineWith(last), versionOf(last, 'r3'));
          const store = lake.recording();
          store.afterWrite = async (write) => expect([write, await lake.rowsTwice()]).toEqual([write, []]);
          await lake.publish(pipelineWith(last), 'r3', { store });
          expect(await lake.visible()).toEqual(await publishedAlone(last));
          const manifest = (await lake.manifest(pipelineWith(last)))!;
          const listed = [...manifest.objects, ...manifest.quarantine];
          expect(Object.fromEntries(listed.map(({ key, sha256 }) => [key, sha256]))).toEqual(
            await lake.visible(),
          );
          expect(await lake.lease(pipelineWith(last))).toBeUndefined();
        },
      ),
      { numRuns: 80 },
    );
  });

  test('killed in the first publishing, then without one of its tables, leaves nothing of that table', async () => {
    const both = pipelineOf({ tables: [HOURLY, { ...HOURLY, name: 'weather_extra' }] });
    const one = pipelineOf({ tables: [HOURLY] });
    for (let at = 1; at <= 7; at++) {
      const lake = new WeatherLake();
      await lake.stage(both, { runId: 'r1' });
      const dying = lake.recording();
      dying.diesAt = at;
      await expect(lake.publish(both, 'r1', { store: dying })).rejects.toThrow(Death);
      lake.gone.add('r1');
      await lake.run(one, { runId: 'r2' });
      expect(Object.keys(await lake.visible()).filter((key) => key.includes('weather_extra'))).toEqual([]);
    }
  });
});
