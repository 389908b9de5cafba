import { startOnce } from '../../../../core/orchestration/start-once';
import { MemoryExecutions } from '../../../executions/memory-executions';

const BACKFILL = { name: 'backfill', input: { from: 'a' }, again: false };

describe('starting an execution once', () => {
  it('starts it, and finds it when it is asked for again', async () => {
    const executions = new MemoryExecutions();

    const first = await startOnce(executions, BACKFILL);
    const second = await startOnce(executions, BACKFILL);

    expect([first, second]).toEqual([
      { name: 'backfill', how: 'started' },
      { name: 'backfill', how: 'running' },
    ]);
    expect(executions.started).toEqual([{ name: 'backfill', input: { from: 'a' } }]);
  });

  it('does not do again what has succeeded, unless it is told to', async () => {
    const executions = new MemoryExecutions();
    await startOnce(executions, BACKFILL);
    executions.end('backfill', 'succeeded');

    expect(await startOnce(executions, BACKFILL)).toEqual({ name: 'backfill', how: 'done' });
    expect(await startOnce(executions, { ...BACKFILL, again: true })).toEqual({
      name: 'backfill-2',
      how: 'started',
    });
  });

  it('gives what failed another try under another name, once', async () => {
    const executions = new MemoryExecutions();
    await startOnce(executions, BACKFILL);
    executions.end('backfill', 'failed');

    expect(await startOnce(executions, BACKFILL)).toEqual({ name: 'backfill-2', how: 'started' });
    expect(await startOnce(executions, BACKFILL)).toEqual({ name: 'backfill-2', how: 'running' });
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

    expect(await startOnce(racing, BACKFILL)).toEqual({ name: 'backfill', how: 'running' });
  });
});
