import { gzipSync } from 'node:zlib';
import { sha256 } from '../../../core/hash';
import { manifestKey } from '../../../core/keys/processed-keys';
import { SILENT_LOGGER } from '../../../core/ports/logger';
import { RawArchive } from '../../../core/raw/raw-archive';
import { redrive } from '../../../core/redrive/redrive';
import { type Day, daysBetween } from '../../../core/time/day';
import type { RunInput } from '../../../handlers/plan-run/contract';
import { MemoryExecutions } from '../../executions/memory-executions';
import { MemoryLetterBox } from '../../executions/memory-letter-box';
import { smallPipeline } from '../../lake/small-pipeline';
import { OrchestrationBench } from '../../orchestration/orchestration-bench';

const SCHEDULED = { scheduled_time: '2026-11-19T12:00:00Z' };
const DAYS = daysBetween('2026-11-17' as Day, '2026-11-18' as Day);
const PIPELINE = { locations: [0, 5], chunk: 1 } as const;
const REFUSAL = { kind: 'status', status: 400, body: '{"error":true,"reason":"No such place"}' } as const;

let bench: OrchestrationBench;
beforeEach(async () => {
  bench = await OrchestrationBench.start({ pipeline: PIPELINE });
});
afterEach(() => bench.close());

/** What a redrive starts, executed. */
async function redriven(live = false) {
  const executions = new MemoryExecutions();
  const report = await redrive(
    {
      pipeline: smallPipeline(PIPELINE),
      processed: bench.processed,
      archive: new RawArchive(bench.raw, 'small', {
        clock: bench.clock,
        logger: SILENT_LOGGER,
        ignoresSimulated: live,
      }),
      executions,
      letters: new MemoryLetterBox(bench.deadLetters),
      clock: bench.clock,
      now: bench.clock.now(),
      dropUnreadable: false,
    },
    DAYS,
  );
  const asked = bench.simulator.log.length;
  for (const { input } of executions.started) await bench.execute(input as RunInput);
  return { report, sent: bench.simulator.log.length - asked };
}

/** The schedule's run, in which so many requests are refused for good: its days are missing then. */
async function missedRun(...refused: readonly number[]): Promise<void> {
  bench.simulator.setFaults(refused.map((nth) => ({ when: { nth }, fault: REFUSAL })));
  await bench.execute(SCHEDULED).catch(() => undefined);
  bench.simulator.setFaults([]);
}

test('of missing days is for the requests that were never answered, and their letters go', async () => {
  await missedRun(5, 8);
  expect(bench.deadLetters).toHaveLength(2);
  expect(await bench.manifest('2026-11-18')).toBeUndefined();

  const { report, sent } = await redriven();

  expect(sent).toBe(2);
  expect(report).toMatchObject({
    executions: [{ requests: 2 }],
    missing: [{ from: '2026-11-17', to: '2026-11-18' }],
    letters: { deleted: 2, kept: 0 },
  });
  for (const day of DAYS) expect((await bench.manifest(day))!.partial).toBe(false);
});

test('of missing days asks again where the answer that was kept does not decode, or is gone', async () => {
  await missedRun(5);
  const [first, second] = await bodies();
  const { info } = (await bench.raw.get(first!))!;
  const text = Buffer.from('{"reason":"cut short');
  const metadata = { ...info.metadata, sha256: sha256(text) };
  await bench.raw.put(first!, gzipSync(text), { metadata });
  await bench.raw.delete(second!);

  const { report, sent } = await redriven();

  expect(report.executions).toMatchObject([{ requests: 3 }]);
  expect(sent).toBe(3);
});

async function bodies(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of bench.raw.list('small/')) if (key.endsWith('.gz')) keys.push(key);
  return keys;
}

test('of a day that is missing though everything was answered asks for all of it again', async () => {
  await bench.execute(SCHEDULED);
  await bench.processed.delete(manifestKey('small', '2026-11-18' as Day));

  const { report, sent } = await redriven();

  expect(report.executions).toMatchObject([{ requests: 10 }]);
  expect(sent).toBe(10);
  expect(await bench.manifest('2026-11-18')).toBeDefined();
});

test('of a live environment does not count what a simulator made up', async () => {
  await missedRun(5);

  const { report } = await redriven(true);

  expect(report.executions).toMatchObject([{ requests: 10 }]);
});

test('of days that nobody has asked for is for everything', async () => {
  const { report, sent } = await redriven();

  expect(report.executions).toMatchObject([{ requests: 10 }]);
  expect(sent).toBe(10);
  for (const day of DAYS) expect(await bench.manifest(day)).toBeDefined();
});
