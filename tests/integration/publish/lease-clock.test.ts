import { LeaseHeldError } from '../../../core/errors';
import { SILENT_LOGGER } from '../../../core/ports/logger';
import { LEASE_MARGIN_SECONDS, LEASE_SECONDS } from '../../../core/publish/lease';
import { publishOne } from '../../../core/runs/publish-run';
import { HOURLY, locationsOf, pipelineOf } from '../../weather/pipeline-of';
import type { RecordingStore } from './recording-store';
import { DAY, WeatherLake } from './weather-lake';

const HOUR_MS = 3_600_000;
const LEASE_KEY = `_leases/test/date=${DAY}.json`;
const WAIT_SECONDS = 300;
const pipeline = pipelineOf({
  tables: [HOURLY],
  locations: locationsOf(3),
  source: { locations_per_request: 1 },
});
const STEPS = [
  ['back', -HOUR_MS],
  ['forth', HOUR_MS],
] as const;

async function staged(): Promise<{ lake: WeatherLake; store: RecordingStore }> {
  const lake = new WeatherLake();
  for (const runId of ['r1', 'r2']) await lake.stage(pipeline, { runId });
  return { lake, store: lake.recording() };
}

/** The first run dies after its mark, so that its lease is never renewed again. */
async function leftBehind(): Promise<WeatherLake> {
  const { lake, store } = await staged();
  store.diesAt = 3;
  await lake.publish(pipeline, 'r1', { store }).catch(() => undefined);
  return lake;
}

/** The second run, which waits as the command does, and the seconds that elapsed. */
async function waitingRun(lake: WeatherLake, leaseWaitSeconds = WAIT_SECONDS) {
  const started = lake.clock.elapsed();
  const parts = {
    pipeline,
    processed: lake.bucket,
    clock: lake.clock,
    holders: { self: 'r2', isGone: () => false },
    logger: SILENT_LOGGER,
    codeVersion: '1.0.0',
  };
  const options = { runId: 'r2', force: false, leaseWaitSeconds };
  const result = await publishOne(parts, options, { day: DAY, replay: false });
  return { result, seconds: (lake.clock.elapsed() - started) / 1000 };
}

describe('a clock that is set', () => {
  test.each(STEPS)(
    '%s while a run holds a lease: it is renewed as before, and no write starts late',
    async (_, step) => {
      const { lake, store } = await staged();
      let copies = 0;
      let written = 0;
      store.beforeWrite = (write) => {
        if (write === `put ${LEASE_KEY}`) written = lake.clock.elapsed();
        else
          expect(lake.clock.elapsed() - written).toBeLessThanOrEqual(
            (LEASE_SECONDS - LEASE_MARGIN_SECONDS) * 1000,
          );
      };
      store.afterWrite = (write) => {
        if (!write.startsWith('copy')) return;
        if (++copies === 1) lake.clock.setForth(step);
        lake.clock.advance(20_000);
      };

      expect((await lake.publish(pipeline, 'r1', { store })).outcome).toBe('published');
      const renewals = store.writes.filter((write) => write === `put ${LEASE_KEY}`).length - 3;
      expect(renewals).toBe(6);
    },
  );

  test('back while a run holds a lease: to a machine whose clock was not, the lease has not run out', async () => {
    const { lake, store } = await staged();
    const right = () => Date.parse('2026-03-11T06:00:00Z') + lake.clock.elapsed();
    let copies = 0;
    store.afterWrite = (write) => {
      if (!write.startsWith('copy')) return;
      if (++copies === 1) lake.clock.setForth(-HOUR_MS);
      lake.clock.advance(20_000);
    };
    store.beforeWrite = async (write) => {
      if (!write.startsWith('copy')) return;
      const { expires_at } = (await lake.lease(pipeline))!;
      expect(Date.parse(expires_at) - right()).toBeGreaterThanOrEqual(LEASE_MARGIN_SECONDS * 1000);
    };

    await lake.publish(pipeline, 'r1', { store });
    expect(copies).toBe(6);
  });

  test.each(STEPS)(
    '%s before a run finds a lease that nobody renews: the run waits no longer than a lease lasts',
    async (_, step) => {
      const lake = await leftBehind();
      lake.clock.setForth(step);

      const { result, seconds } = await waitingRun(lake);

      expect(result.outcome).toBe('published');
      expect(seconds).toBeLessThanOrEqual(LEASE_SECONDS);
    },
  );

  describe('back before a function, which waits for no lease,', () => {
    const YEAR_MS = 365 * 24 * HOUR_MS;

    test('finds one that nobody renews: it is watched for as long as a lease lasts, and taken', async () => {
      const lake = await leftBehind();
      lake.clock.setForth(-YEAR_MS);

      const { result, seconds } = await waitingRun(lake, 0);

      expect(result.outcome).toBe('published');
      expect(seconds).toBe(LEASE_SECONDS);
    });

    test('finds one that is renewed: it gives up after as long as a lease lasts', async () => {
      const lake = await leftBehind();
      const sleep = lake.clock.sleep.bind(lake.clock);
      let sleeps = 0;
      lake.clock.sleep = async (...asked) => {
        await sleep(...asked);
        if (++sleeps % 5 === 0) await renewByHand(lake);
        if (sleeps > 1000) throw new Error('The run waits for ever.');
      };
      lake.clock.setForth(-YEAR_MS);

      const { result, seconds } = await waitingRun(lake, 0);

      expect(result).toMatchObject({ outcome: 'failed', error: expect.any(LeaseHeldError) });
      expect(seconds).toBe(LEASE_SECONDS);
    });
  });

  test('by less than clocks differ: a function waits for no lease', async () => {
    const lake = await leftBehind();
    lake.clock.setForth(-4 * 60_000);

    const { result, seconds } = await waitingRun(lake, 0);

    expect(result).toMatchObject({ outcome: 'failed', error: expect.any(LeaseHeldError) });
    expect(seconds).toBe(0);
  });

  test.each(STEPS)(
    '%s again and again while a run waits: it waits as long as a lease lasts',
    async (_, step) => {
      const lake = await leftBehind();
      const sleep = lake.clock.sleep.bind(lake.clock);
      let sleeps = 0;
      lake.clock.sleep = async (...asked) => {
        await sleep(...asked);
        if (++sleeps > 1000) throw new Error('The run waits for ever.');
        lake.clock.setForth(step);
      };

      const { result, seconds } = await waitingRun(lake);

      expect(result.outcome).toBe('published');
      expect(seconds).toBe(LEASE_SECONDS);
    },
  );

  test.each(STEPS)(
    '%s while a run waits for one that renews its lease: it waits as long as it was told',
    async (_, step) => {
      const { lake, store } = await staged();
      const sleep = lake.clock.sleep.bind(lake.clock);
      let sleeps = 0;
      let goOn = () => {};
      const renewals = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      // The first run stands before its first copy, and renews its lease every ten seconds.
      let waiting: ReturnType<typeof waitingRun> | undefined;
      store.beforeWrite = async (write) => {
        if (waiting !== undefined || !write.startsWith('copy')) return;
        waiting = waitingRun(lake);
        await renewals;
      };
      lake.clock.sleep = async (...asked) => {
        await sleep(...asked);
        sleeps += 1;
        if (sleeps === 10) lake.clock.setForth(step);
        if (sleeps % 5 === 0) await renewByHand(lake);
        if (sleeps > 1000) throw new Error('The run waits for ever.');
      };

      const first = lake.publish(pipeline, 'r1', { store }).catch((error: unknown) => error);
      while (waiting === undefined) await new Promise((resolve) => setImmediate(resolve));
      const { result, seconds } = await waiting;
      goOn();
      await first;

      expect(result).toMatchObject({ outcome: 'failed', error: expect.any(LeaseHeldError) });
      expect(seconds).toBe(WAIT_SECONDS);
    },
  );
});

/** As the first run would, by a clock that nobody set. */
async function renewByHand(lake: WeatherLake): Promise<void> {
  const found = (await lake.bucket.get(LEASE_KEY))!;
  const lease = JSON.parse(Buffer.from(found.body).toString());
  const right = Date.parse('2026-03-11T06:00:00Z') + lake.clock.elapsed();
  const renewed = { ...lease, expires_at: new Date(right + LEASE_SECONDS * 1000).toISOString() };
  await lake.bucket.put(LEASE_KEY, Buffer.from(JSON.stringify(renewed)), {
    condition: { etag: found.info.etag },
  });
}
