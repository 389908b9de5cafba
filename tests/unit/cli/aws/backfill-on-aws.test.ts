import { backfillOnAws } from '../../../../cli/aws/backfill-on-aws';
import type { DeployedEnvironment } from '../../../../cli/aws/deployed-environment';
import { POLL_SECONDS } from '../../../../cli/aws/follow-execution';
import type { Invocation } from '../../../../cli/command-runner';
import type { Day } from '../../../../core/time/day';
import { MemoryExecutions } from '../../../executions/memory-executions';
import { smallPipeline } from '../../../lake/small-pipeline';
import { capturedSurroundings } from '../captured-surroundings';
import { deployedPipeline } from './deployed-pipeline';

/** Each of its quarters takes a day of the quota. */
const OPTIONS = {
  source: { limits: { minute: 10, hour: 10, day: 10 }, max_weight_per_request: 5 },
};
const SPAN = { from: '2023-01-01' as Day, to: '2023-12-31' as Day };
const NOW = Date.parse('2026-01-01T12:00:00Z');

async function backfill(executions: MemoryExecutions, { force = false, isTTY = false, chunk = 2 } = {}) {
  const surroundings = capturedSurroundings({ isTTY });
  const { signal } = new AbortController();
  const invocation: Invocation = {
    command: 'backfill',
    options: { lake: './lake' },
    surroundings,
    now: NOW,
    signal,
    onStop: () => {},
  };
  const raw = await deployedPipeline(OPTIONS);
  const pipeline = smallPipeline({ ...OPTIONS, chunk });
  const deployed = { name: 'dev', pipeline, raw, executions } as unknown as DeployedEnvironment;
  const run = backfillOnAws(invocation, { deployed, span: SPAN, force });
  return run.then((result) => ({ result, surroundings }));
}

describe('a backfill by executions', () => {
  it('starts one after the other, each for its part of the span, and follows it to its end', async () => {
    const open: number[] = [];
    let asked = 0;
    const executions = new MemoryExecutions(() => {
      open.push(executions.started.length);
      asked += 1;
      return asked % 2 === 0 ? 'succeeded' : 'running';
    });

    const { result, surroundings } = await backfill(executions);

    const parts = result.document.executions as { from: string; to: string; state: string; how: string }[];
    expect(parts.length).toBeGreaterThan(1);
    expect(executions.started.map(({ input }) => input)).toEqual(parts.map(({ from, to }) => ({ from, to })));
    expect([parts[0]!.from, parts.at(-1)!.to]).toEqual([SPAN.from, SPAN.to]);
    expect(new Set(parts.map(({ state, how }) => `${how} ${state}`))).toEqual(new Set(['started succeeded']));
    expect(open).toEqual(parts.flatMap((_, index) => [index + 1, index + 1]));
    expect(new Set(surroundings.clock.sleeps)).toEqual(new Set([POLL_SECONDS * 1000]));
    expect(result.failures).toEqual([]);
  });

  it('goes on where it was stopped: nothing is started twice', async () => {
    const executions = new MemoryExecutions(() => 'succeeded');
    await backfill(executions);
    const started = executions.started.length;

    const { result } = await backfill(executions);

    expect(executions.started).toHaveLength(started);
    expect(result.text()).toContain('succeeded before');
  });

  it('does everything anew when forced, under names of the day', async () => {
    const executions = new MemoryExecutions(() => 'succeeded');
    await backfill(executions);

    await backfill(executions, { force: true });

    const last = executions.started.at(-1)!;
    expect(last.input).toMatchObject({ force: true });
    expect(last.name).toMatch(/-force-2026-01-01$/);
  });

  it('tries the rest when one fails, tells what failed, and gives it one more try when run again', async () => {
    let ended = 0;
    const executions = new MemoryExecutions(() => (ended++ < 1 ? 'failed' : 'succeeded'));

    const { result } = await backfill(executions);

    expect(result.failures).toEqual([
      {
        what: expect.stringMatching(/^2023-01-01 to /),
        error: expect.objectContaining({ name: 'SourceRejectedError' }),
      },
    ]);
    const started = executions.started.length;
    await backfill(executions);
    expect(executions.started.slice(started).map(({ name }) => name)).toEqual([
      `${executions.started[0]!.name}-2`,
    ]);
  });

  it('starts nothing for a pipeline that is not the one that is deployed', async () => {
    const executions = new MemoryExecutions();

    await expect(backfill(executions, { chunk: 1 })).rejects.toThrow('is not the one that is deployed');

    expect(executions.started).toEqual([]);
  });
});
