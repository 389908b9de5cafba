import { followExecution } from '../../../../cli/aws/follow-execution';
import { DESCRIBE_PAUSE_MS } from '../../../../core/orchestration/describe-execution';
import { VirtualClock } from '../../../clock/virtual-clock';
import { MemoryExecutions } from '../../../executions/memory-executions';

describe('following an execution', () => {
  const follow = async (misses: number) => {
    const known = new MemoryExecutions(() => 'succeeded');
    await known.start('e', '{}');
    await known.find('e');
    let asked = 0;
    const find = async (name: string) => (++asked <= misses ? undefined : known.find(name));
    const executions = { find, maps: (name: string) => known.maps(name) };
    const clock = new VirtualClock();
    const { signal } = new AbortController();
    const followed = followExecution('e', { executions, clock, signal, onProgress: () => undefined });
    return followed.then((execution) => ({ execution, sleeps: clock.sleeps }));
  };

  it('waits for one that was started just now to be described', async () => {
    const { execution, sleeps } = await follow(3);

    expect(execution.state).toBe('succeeded');
    expect(sleeps).toEqual(Array(3).fill(DESCRIBE_PAUSE_MS));
  });

  it('ends when it is not described after a while', async () => {
    await expect(follow(Number.POSITIVE_INFINITY)).rejects.toThrow('The execution e is there');
  });
});
