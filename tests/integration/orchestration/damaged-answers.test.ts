import { manifestKey } from '../../../core/keys/processed-keys';
import type { Day } from '../../../core/time/day';
import type { FinishResult } from '../../../handlers/publish-run/contract';
import { OrchestrationBench } from '../../orchestration/orchestration-bench';

const SCHEDULED = { scheduled_time: '2026-11-19T12:00:00Z' };

let bench: OrchestrationBench;
beforeEach(async () => {
  bench = await OrchestrationBench.start({ pipeline: { chunk: 5 } });
});
afterEach(() => bench.close());

async function bodies(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of bench.raw.list('small/')) if (key.endsWith('.gz')) keys.push(key);
  return keys;
}

async function cut(key: string): Promise<void> {
  const { body, info } = (await bench.raw.get(key))!;
  await bench.raw.put(key, body.subarray(0, body.length >> 1), { metadata: info.metadata });
}

test('an answer that is cut between its fetch and its slot is made up for by one that was kept before', async () => {
  await bench.execute(SCHEDULED);
  const before = await bodies();
  bench.clock.advance(60_000);
  const plan = await bench.plan(SCHEDULED);
  await bench.fetchAll([plan]);
  const [fresh] = (await bodies()).filter((key) => !before.includes(key));
  await cut(fresh!);

  const result = (await bench.complete(plan)) as FinishResult;

  expect(result).toBeDefined();
  for (const day of ['2026-11-17', '2026-11-18']) {
    const { partial, raw } = (await bench.manifest(day))!;
    expect([partial, raw.map(({ key }) => key).includes(fresh!)]).toEqual([false, false]);
  }
});

test('one that nothing makes up for fails its dates, naming it and what to do', async () => {
  const plan = await bench.plan(SCHEDULED);
  await bench.fetchAll([plan]);
  const [first] = await bodies();
  await cut(first!);

  const result = await bench.complete(plan).catch((error: Error) => error);

  expect(result).toMatchObject({
    name: 'RunFailedError',
    message: expect.stringContaining(`${first} is cut short`),
  });
  expect(result).toMatchObject({ message: expect.stringContaining('backfill --force --from') });
});

test('a damaged manifest fails its own date of a run, and no other', async () => {
  await bench.execute(SCHEDULED);
  await bench.processed.put(manifestKey('small', '2026-11-17' as Day), Buffer.from('{"pipeline":'));
  bench.clock.advance(60_000);

  const result = await bench.execute(SCHEDULED).catch((error: Error) => error);

  expect(result).toMatchObject({
    name: 'RunFailedError',
    message: expect.stringMatching(
      /1 of 2 days failed; the others: 2026-11-18[\s\S]*replay --date 2026-11-17/,
    ),
  });
});
