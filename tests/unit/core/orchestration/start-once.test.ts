import { DESCRIBE_PAUSE_MS, DESCRIBE_TRIES } from '../../../../core/orchestration/describe-execution';
import { startOnce } from '../../../../core/orchestration/start-once';
import { VirtualClock } from '../../../clock/virtual-clock';
import { MemoryExecutions } from '../../../executions/memory-executions';

const BACKFILL = { name: 'backfill', input: { from: 'a' }, again: false };

describe('starting an execution once', () => {
  let clock: VirtualClock;
  beforeEach(() => {
    clock = new VirtualClock();
  });

  it('starts it, and finds it when it is asked for again', async () => {
    const executions = new MemoryExecutions();

    const first = await startOnce({ executions, clock }, BACKFILL);
    const second = await startOnce({ executions, clock }, BACKFILL);

    expect([first, second]).toEqual([
      { name: 'backfill', how: 'started' },
      { name: 'backfill', how: 'running' },
    ]);
    expect(executions.started).toEqual([{ name: 'backfill', input: { from: 'a' } }]);
  });

  it('does not do again what has succeeded, unless it is told to', async () => {
    const executions = new MemoryExecutions();
    await startOnce({ executions, clock }, BACKFILL);
    executions.end('backfill', 'succeeded');

    expect(await startOnce({ executions, clock }, BACKFILL)).toEqual({ name: 'backfill', how: 'done' });
    expect(await startOnce({ executions, clock }, { ...BACKFILL, again: true })).toEqual({
      name: 'backfill-2',
      how: 'started',
    });
  });

  it('gives what failed another try under another name, once', async () => {
    const executions = new MemoryExecutions();
    await startOnce({ executions, clock }, BACKFILL);
    executions.end('backfill', 'failed');

    expect(await startOnce({ executions, clock }, BACKFILL)).toEqual({ name: 'backfill-2', how: 'started' });
    expect(await startOnce({ executions, clock }, BACKFILL)).toEqual({ name: 'backfill-2', how: 'running' });
  });

  it('joins one that somebody else has started meanwhile', async () => {
    const executions = new MemoryExecutions();
    let asked = 0;
    const racing = {
      find: async (name: string) => {
        asked += 1;
        if (asked === 1) {
          await executions.start(name, '{"other":1}');
          return undefined;
        }
        return executions.find(name);
      },
      start: (name: string, input: string) => executions.start(name, input),
    };

    expect(await startOnce({ executions: racing, clock }, BACKFILL)).toEqual({
      name: 'backfill',
      how: 'running',
    });
  });

  describe('that has its name and cannot be described yet', () => {
    const unseen = (misses: number) => {
      const executions = new MemoryExecutions();
      let asked = 0;
      const find = async (name: string) => {
        asked += 1;
        if (asked === 1) await executions.start(name, '{"other":1}');
        return asked <= misses ? undefined : executions.find(name);
      };
      const start = (name: string, input: string) => executions.start(name, input);
      return { started: executions.started, find, start };
    };

    it('waits until it is, and joins it', async () => {
      const executions = unseen(4);

      const started = await startOnce({ executions, clock }, BACKFILL);

      expect(started).toEqual({ name: 'backfill', how: 'running' });
      expect(executions.started).toHaveLength(1);
      expect(clock.sleeps).toEqual([DESCRIBE_PAUSE_MS, DESCRIBE_PAUSE_MS, DESCRIBE_PAUSE_MS]);
    });

    it('ends with an error, and starts none under another name', async () => {
      const executions = unseen(Number.POSITIVE_INFINITY);

      await expect(startOnce({ executions, clock }, BACKFILL)).rejects.toMatchObject({
        name: 'MessagingError',
        message: expect.stringContaining('The execution backfill is there'),
      });

      expect(executions.started).toHaveLength(1);
      expect(clock.sleeps).toHaveLength(DESCRIBE_TRIES - 1);
    });
  });
});
