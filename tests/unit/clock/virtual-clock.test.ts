import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VirtualClock } from '../../clock/virtual-clock';

describe('VirtualClock', () => {
  it('wakes sleepers in the order of their moments and stands at each moment meanwhile', async () => {
    const clock = new VirtualClock(0);
    const woken: [string, number][] = [];
    const sleeper = async (name: string, milliseconds: number) => {
      await clock.sleep(milliseconds);
      woken.push([name, clock.now()]);
    };

    await Promise.all([sleeper('late', 3000), sleeper('early', 1000), sleeper('twin', 1000)]);

    expect(woken).toEqual([
      ['early', 1000],
      ['twin', 1000],
      ['late', 3000],
    ]);
  });

  it('lets one who wakes and sleeps again wake before a later one', async () => {
    const clock = new VirtualClock(0);
    const woken: string[] = [];
    const twice = async () => {
      await clock.sleep(10);
      await clock.sleep(10);
      woken.push('twice');
    };
    const once = clock.sleep(25).then(() => woken.push('once'));

    await Promise.all([once, twice()]);

    expect(woken).toEqual(['twice', 'once']);
  });

  it('rejects an aborted sleep with the reason and does not move for it', async () => {
    const clock = new VirtualClock(0);
    const abort = new AbortController();
    const asleep = clock.sleep(1000, abort.signal);

    abort.abort(new Error('enough'));

    await expect(asleep).rejects.toThrow('enough');
    await expect(clock.sleep(5, abort.signal)).rejects.toThrow('enough');
    await clock.sleep(1);
    expect(clock.now()).toBe(1);
  });

  it('lets no time elapse, and wakes nobody sooner or later, when it is set back or forth', async () => {
    const clock = new VirtualClock(5000);
    const asleep = clock.sleep(1000);

    clock.setForth(-3000);
    await asleep;
    clock.setForth(10_000);

    expect([clock.now(), clock.elapsed()]).toEqual([13_000, 1000]);
  });

  it('stands still during real work, and can be turned by hand', async () => {
    const clock = new VirtualClock('2026-01-01T00:00:00Z');
    const server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));

    await clock.sleep(500);
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).then((response) =>
      response.text(),
    );
    const afterWork = clock.now();
    clock.advance(250);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));

    expect(afterWork).toBe(Date.parse('2026-01-01T00:00:00.500Z'));
    expect(clock.now()).toBe(afterWork + 250);
    expect(clock.sleeps).toEqual([500]);
  });
});
