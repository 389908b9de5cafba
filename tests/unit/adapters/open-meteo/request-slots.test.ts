import { RequestSlots } from '../../../../adapters/open-meteo/request-slots';

/** A task that runs until it is told to end. */
function task(name: string, log: string[]) {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(name);
    await over;
    return name;
  };
  return { run, end };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('RequestSlots', () => {
  it('runs no more tasks than there are slots, first come first served', async () => {
    const slots = new RequestSlots(2);
    const log: string[] = [];
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => task(name, log)) as [
      ReturnType<typeof task>,
      ReturnType<typeof task>,
      ReturnType<typeof task>,
      ReturnType<typeof task>,
    ];
    const runs = [a, b, c, d].map(({ run }) => slots.run(run));

    await turn();
    const atFirst = [...log];
    b.end();
    await turn();
    const afterOne = [...log];
    for (const { end } of [a, c, d]) end();

    expect(atFirst).toEqual(['a', 'b']);
    expect(afterOne).toEqual(['a', 'b', 'c']);
    expect(await Promise.all(runs)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives the slot of a failed task to the next', async () => {
    const slots = new RequestSlots(1);

    const failed = slots.run(() => Promise.reject(new Error('lost')));
    const next = slots.run(() => Promise.resolve('won'));

    await expect(failed).rejects.toThrow('lost');
    expect(await next).toBe('won');
  });

  it('lets a task that is aborted while it waits go, and serves those behind it', async () => {
    const slots = new RequestSlots(1);
    const log: string[] = [];
    const first = task('first', log);
    const abort = new AbortController();
    const running = slots.run(first.run);
    const aborted = slots.run(() => Promise.resolve(log.push('aborted')), abort.signal);
    const last = slots.run(() => Promise.resolve(log.push('last')));

    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    first.end();
    await Promise.all([running, last]);

    expect(log).toEqual(['first', 'last']);
  });

  it('does not start a task whose signal is aborted already', async () => {
    const slots = new RequestSlots(1);

    const run = slots.run(() => Promise.resolve('ran'), AbortSignal.abort(new Error('enough')));

    await expect(run).rejects.toThrow('enough');
    expect(await slots.run(() => Promise.resolve('free'))).toBe('free');
  });
});
