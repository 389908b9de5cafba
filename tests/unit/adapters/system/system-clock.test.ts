import { SYSTEM_CLOCK } from '../../../../adapters/system/system-clock';

/** Whether the sleep is still going on after some turns of the event loop. */
async function isAsleep(sleep: Promise<void>): Promise<boolean> {
  const longerThanAnOverflownTimer = new Promise<'asleep'>((resolve) =>
    setTimeout(() => resolve('asleep'), 30),
  );
  return (await Promise.race([sleep, longerThanAnOverflownTimer])) === 'asleep';
}

describe('SYSTEM_CLOCK', () => {
  it('sleeps at least as long as it was told, by its own time', async () => {
    const start = SYSTEM_CLOCK.now();

    await SYSTEM_CLOCK.sleep(15);

    expect(SYSTEM_CLOCK.now() - start).toBeGreaterThanOrEqual(15);
  });

  it.each([0, -5, Number.NaN])('does not wait for %d ms', async (milliseconds) => {
    await expect(SYSTEM_CLOCK.sleep(milliseconds)).resolves.toBeUndefined();
  });

  it('ends a sleep with the reason of the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped by hand');
    const sleep = SYSTEM_CLOCK.sleep(60_000, controller.signal);

    controller.abort(reason);

    await expect(sleep).rejects.toBe(reason);
  });

  it.each([0, 60_000])(
    'does not begin a sleep of %d ms when the signal has been given',
    async (milliseconds) => {
      const reason = new Error('too late');

      await expect(SYSTEM_CLOCK.sleep(milliseconds, AbortSignal.abort(reason))).rejects.toBe(reason);
    },
  );

  it.each([2 ** 31, 2 ** 32 + 5, Number.POSITIVE_INFINITY])(
    'sleeps longer than a timer of Node can run: %d ms',
    async (milliseconds) => {
      const controller = new AbortController();
      const sleep = SYSTEM_CLOCK.sleep(milliseconds, controller.signal);

      expect(await isAsleep(sleep)).toBe(true);
      controller.abort(new Error('enough'));
      await expect(sleep).rejects.toThrow('enough');
    },
  );

  it.each([-3_600_000, 3_600_000])(
    'sleeps neither longer nor shorter when the time of day is set by %d ms meanwhile',
    async (step) => {
      const real = Date.now;
      const [start, set] = [SYSTEM_CLOCK.elapsed(), jest.spyOn(Date, 'now')];
      try {
        const sleep = SYSTEM_CLOCK.sleep(80);
        set.mockImplementation(() => real() + step);

        expect(await isAsleep(sleep)).toBe(true);
        await sleep;

        expect(SYSTEM_CLOCK.elapsed() - start).toBeGreaterThanOrEqual(80);
        expect(SYSTEM_CLOCK.elapsed() - start).toBeLessThan(60_000);
      } finally {
        set.mockRestore();
      }
    },
  );
});
