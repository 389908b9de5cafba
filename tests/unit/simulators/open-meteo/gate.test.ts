import { Gate } from '../../../../simulators/open-meteo/gate';

const STAYING = new AbortController().signal;

/** Notes the order in which requests begin to run. */
function visitors(gate: Gate) {
  const begun: string[] = [];
  const enter = async (name: string, gone = STAYING) => {
    if (await gate.enter(gone)) begun.push(name);
  };
  return { begun, enter };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('gate', () => {
  it('lets one run and the next follow in the order of arrival, one at a time', async () => {
    const gate = new Gate({ running: 1, waiting: 4 });
    const { begun, enter } = visitors(gate);
    for (const name of ['a', 'b', 'c']) void enter(name);
    await settle();

    expect(begun).toEqual(['a']);
    gate.leave();
    await settle();
    expect(begun).toEqual(['a', 'b']);
    gate.leave();
    gate.leave();
    await settle();
    for (const name of ['d', 'e']) void enter(name);
    await settle();
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('refuses when nobody more may wait', async () => {
    const gate = new Gate({ running: 1, waiting: 1 });
    const { enter } = visitors(gate);
    void enter('a');
    void enter('b');

    await expect(enter('c')).rejects.toThrow('Too many concurrent requests');
  });

  it('gives the place of one who left the queue to another', async () => {
    const gate = new Gate({ running: 1, waiting: 1 });
    const { begun, enter } = visitors(gate);
    const leaving = new AbortController();
    void enter('a');
    const left = enter('b', leaving.signal);

    leaving.abort();
    await left;
    void enter('c');
    gate.leave();
    await settle();

    expect(begun).toEqual(['a', 'c']);
  });

  it('turns away one who had left before', async () => {
    const gate = new Gate({ running: 1, waiting: 1 });

    expect(await gate.enter(AbortSignal.abort())).toBe(false);
    expect(await gate.enter(STAYING)).toBe(true);
  });
});
