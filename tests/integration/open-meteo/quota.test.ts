import type { SourceUnavailableError } from '../../../core/errors';
import { OpenMeteoBench, START } from '../../open-meteo/client-bench';
import { refusal, reply } from '../../open-meteo/scripted-server';

const OK = reply(200, '{}');
const MINUTELY = refusal(429, 'Minutely API request limit exceeded. Please try again in one minute.');
const HOURLY = refusal(429, 'Hourly API request limit exceeded. Please try again in the next hour.');
const DAILY = refusal(429, 'Daily API request limit exceeded. Please try again tomorrow.');
const CONCURRENT = refusal(429, 'Too many concurrent requests');
const SHARED = 'Quota used up by others of this address';
const at = (time: string) => Date.parse(`2026-03-${time}Z`);

describe('the Open-Meteo client and the quota', () => {
  let bench: OpenMeteoBench;
  afterEach(() => bench.end());

  it.each([
    ['hour', 'minute', HOURLY, '2026-03-01T13:00:05.000Z'],
    ['day', 'minute', DAILY, '2026-03-02T00:00:05.000Z'],
    ['day', 'hour', DAILY, '2026-03-02T00:00:05.000Z'],
  ] as const)(
    'gives up on the %s when it may wait for a %s only, and says when',
    async (window, patience, answer, retryAt) => {
      bench = await OpenMeteoBench.start([answer]);

      const error = await bench.failure({}, { patience, retryForSeconds: 3600 });

      expect(error).toMatchObject({
        name: 'SourceUnavailableError',
        context: { window, retry_at: retryAt, attempts: 1 },
      });
      expect(bench.clock.now()).toBe(START);
      expect(bench.waits).toEqual([]);
    },
  );

  it.each([
    ['back', 'minute', MINUTELY, 55],
    ['back', 'hour', HOURLY, 3595],
    ['forth', 'hour', HOURLY, 3595],
    ['back', 'day', DAILY, 12 * 3600 - 5],
  ] as const)(
    'sits out what is left of a window, though the clock is set %s by an hour meanwhile: %s',
    async (direction, patience, answer, seconds) => {
      bench = await OpenMeteoBench.start([answer, OK]);
      const { clock } = bench;
      const sleep = clock.sleep.bind(clock);
      clock.sleep = async (...asked) => {
        await sleep(...asked);
        if (clock.sleeps.length === 1) clock.setForth(direction === 'back' ? -3_600_000 : 3_600_000);
      };

      await bench.fetch({}, { patience });

      expect(clock.elapsed() / 1000).toBe(seconds);
    },
  );

  it('asks nothing more in a window that it knows to be closed', async () => {
    bench = await OpenMeteoBench.start([HOURLY, OK]);

    const errors = [await bench.failure(), await bench.failure()];

    expect(errors[1]).toMatchObject({
      context: { window: 'hour', retry_at: '2026-03-01T13:00:05.000Z', attempts: 0 },
    });
    expect(bench.server.seen).toHaveLength(1);
  });

  it.each([
    ['minute', 'minute', MINUTELY, at('01T12:01:05')],
    ['hour', 'hour', HOURLY, at('01T13:00:05')],
    ['day', 'day', DAILY, at('02T00:00:05')],
  ] as const)(
    'sits out the rest of the %s when it may, and says that others used it up',
    async (window, patience, answer, until) => {
      bench = await OpenMeteoBench.start([answer, OK]);

      await bench.fetch({}, { patience });

      expect(bench.waits).toEqual([{ reason: 'shared_quota', window, until }]);
      expect(bench.clock.now()).toBe(until);
      expect(bench.logger.lines).toContainEqual({
        level: 'warn',
        message: SHARED,
        fields: expect.objectContaining({ window, own_use: 0, reason: expect.stringMatching(/limit/) }),
      });
    },
  );

  it('knows its own use from that of others', async () => {
    bench = await OpenMeteoBench.start([OK, MINUTELY, OK], {
      limits: { minute: 10, hour: 100, day: 1000 },
    });
    await bench.fetch({ weight: 4 });

    await bench.fetch({ weight: 4 });

    expect(bench.logger.messages('warn')).toEqual([SHARED]);
    expect(bench.logger.lines.find(({ message }) => message === SHARED)?.fields).toMatchObject({
      own_use: 4,
      limit: 10,
    });
  });

  it.each([
    ['minute', MINUTELY, 3],
    ['hour', HOURLY, 2],
    ['day', DAILY, 1],
  ] as const)('gives up when the %s is refused again and again', async (window, answer, waits) => {
    bench = await OpenMeteoBench.start([answer], { maxQuotaWaits: { hour: 2, day: 1 } });

    const error = await bench.failure({}, { patience: 'day', retryForSeconds: 180 });

    expect(bench.waits).toHaveLength(waits);
    expect(error).toMatchObject({
      name: 'SourceUnavailableError',
      context: { window, attempts: waits + 1, retry_at: expect.any(String) },
    });
  });

  it('waits shortly and with growing distance when too many run at once, and gives up at the bound', async () => {
    bench = await OpenMeteoBench.start([CONCURRENT]);

    const error = await bench.failure({}, { retryForSeconds: 32.5 });

    expect(bench.clock.sleeps).toEqual([1500, 2500, 4500, 8000, 8000, 8000]);
    expect(bench.waits.every(({ reason, window }) => reason === 'concurrency' && window === undefined)).toBe(
      true,
    );
    expect(error).toMatchObject({
      name: 'SourceUnavailableError',
      context: { attempts: 7, retry_at: expect.any(String) },
    });
  });

  it('paces its own requests so that no window takes more than its limit', async () => {
    bench = await OpenMeteoBench.start([OK]);
    const sent: number[] = [];
    const keep = async () => void sent.push(bench.clock.now());

    for (let index = 0; index < 10; index += 1) await bench.fetch({ weight: 250 }, { keep });

    const minutes = [0, 1, 2, 3, 4].map((minute) => (minute === 0 ? START : at(`01T12:0${minute}:05`)));
    expect(sent).toEqual(minutes.flatMap((minute) => [minute, minute]));
    expect(bench.waits.map(({ reason, window }) => `${reason} ${window}`)).toEqual(
      Array(4).fill('pace minute'),
    );
    expect(bench.logger.messages('warn')).toEqual([]);
  });

  it('gives up instead of waiting for its own pace longer than it may', async () => {
    bench = await OpenMeteoBench.start([OK], { limits: { minute: 600, hour: 600, day: 600 } });
    await bench.fetch({ weight: 600 });

    const error = await bench.failure({ weight: 1 }, { patience: 'hour' });

    expect(error).toMatchObject({
      context: { window: 'day', retry_at: '2026-03-02T00:00:05.000Z', attempts: 0 },
    });
    expect(bench.server.seen).toHaveLength(1);
  });

  it('of no patience waits for nothing, and says when to come back', async () => {
    bench = await OpenMeteoBench.start([OK, MINUTELY, CONCURRENT], {
      limits: { minute: 600, hour: 9000, day: 9000 },
    });
    const impatient = { patience: 'none' } as const;
    const full = { context: { window: 'minute', retry_at: '2026-03-01T12:01:05.000Z' } };

    await bench.fetch({ weight: 500 }, impatient);
    const paced = await bench.failure({ weight: 200 }, impatient);
    const refused = await bench.failure({ weight: 1 }, impatient);
    bench.clock.advance(120_000);
    const busy = await bench.failure({ weight: 1 }, impatient);

    expect([paced, refused]).toMatchObject([full, full]);
    expect(busy).toMatchObject({ name: 'SourceUnavailableError', context: { retry_at: expect.any(String) } });
    expect((busy as SourceUnavailableError).context).not.toHaveProperty('window');
    expect(bench.server.seen).toHaveLength(3);
    expect(bench.clock.sleeps).toEqual([]);
  });

  it('counts a request that was refused as wrong with 1', async () => {
    bench = await OpenMeteoBench.start([refusal(400, 'Invalid timezone'), OK]);
    await bench.failure({ weight: 600 });

    await bench.fetch({ weight: 599 });

    expect(bench.waits).toEqual([]);
  });

  it('lets a request wait for the slots and the pace of those before it, then takes its turn', async () => {
    bench = await OpenMeteoBench.start([OK]);

    await Promise.all([400, 400, 400].map((weight) => bench.fetch({ weight })));

    expect(bench.waits.map(({ until }) => until)).toEqual([at('01T12:01:05'), at('01T12:02:05')]);
  });
});
