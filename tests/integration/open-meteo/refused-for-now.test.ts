import type { SourceUnavailableError } from '../../../core/errors';
import { OpenMeteoBench, START } from '../../open-meteo/client-bench';
import { type Reply, refusal, reply } from '../../open-meteo/scripted-server';

const OK = reply(200, '{}');
const MINUTELY = 'Minutely API request limit exceeded. Please try again in one minute.';
const CONCURRENT = 'Too many concurrent requests';
const PROXY_PAGE = '<html><body><h1>Slow down</h1>\u001b[31m You are sending too much</body></html>';
const PROXY = reply(429, PROXY_PAGE, { 'Content-Type': 'text/html' });
const saying = (status: number, reason: string, retryAfter: string, more = {}): Reply =>
  reply(status, JSON.stringify({ error: true, reason }), { 'Retry-After': retryAfter, ...more });
const seconds = (from: number, to: number) => (to - from) / 1000;

describe('the Open-Meteo client when a 429 names no window', () => {
  let bench: OpenMeteoBench;
  afterEach(() => bench.end());

  it.each([
    ['a page of a proxy', PROXY, '429, Slow down [31m You are sending too much'],
    ['another text', refusal(429, 'Enhance your calm'), '429, Enhance your calm'],
    [
      'a text that names a day of something else',
      refusal(429, 'Daily Mail says no'),
      '429, Daily Mail says no',
    ],
    ['nothing', reply(429, ''), 'last: 429'],
  ])('waits as for an outage and gives up when that time is over, for %s', async (_what, answer, words) => {
    bench = await OpenMeteoBench.start([answer]);

    const error = (await bench.failure({}, { patience: 'day', retryForSeconds: 300 })) as Error;

    expect(seconds(START, bench.clock.now())).toBe(300);
    expect(bench.waits.every(({ reason }) => reason === 'outage')).toBe(true);
    expect(error).toMatchObject({ name: 'SourceUnavailableError', context: { status: 429, outage: true } });
    expect((error as SourceUnavailableError).context).not.toHaveProperty('window');
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/quota|\p{Cc}/u);
  });

  it('bounds the words that it quotes', async () => {
    bench = await OpenMeteoBench.start([reply(429, 'x'.repeat(100_000))]);

    const error = (await bench.failure()) as Error;

    expect(error.message.length).toBeLessThan(500);
  });

  it('leaves the windows of the quota open', async () => {
    bench = await OpenMeteoBench.start([PROXY, OK]);
    await bench.failure();

    await bench.fetch();

    expect(bench.waits).toEqual([]);
  });

  it.each([
    ['seconds', saying(429, 'slow', '120')],
    ['a date', saying(429, 'slow', 'Sun, 01 Mar 2026 12:02:10 GMT', { Date: new Date(START).toUTCString() })],
    [
      'a date of a clock that is a year ahead',
      saying(429, 'slow', 'Mon, 01 Mar 2027 12:02:10 GMT', { Date: 'Mon, 01 Mar 2027 12:00:10 GMT' }),
    ],
    ['seconds, with a 503', saying(503, 'maintenance', '120')],
  ])('waits for as long as Retry-After says in %s', async (_how, answer) => {
    bench = await OpenMeteoBench.start([answer, OK]);

    await bench.fetch({}, { retryForSeconds: 300 });

    expect(bench.waits).toEqual([{ reason: 'outage', until: START + 120_000 }]);
  });

  it.each(['soon', '-5', '1.5', '', '2026-03-01', 'Sun, 99 Foo 2026 GMT'])(
    'passes over the Retry-After "%s", which says no time',
    async (text) => {
      bench = await OpenMeteoBench.start([saying(429, 'slow', text), OK]);

      await bench.fetch({}, { retryForSeconds: 300 });

      expect(bench.waits).toEqual([{ reason: 'outage', until: START + 3000 }]);
    },
  );

  it.each([
    ['an hour', '3600', '2026-03-01T13:00:10.000Z'],
    ['for ever', '9'.repeat(30), '2026-04-01T12:00:10.000Z'],
  ])('gives up at once when Retry-After is %s and it may try for minutes', async (_what, text, retryAt) => {
    bench = await OpenMeteoBench.start([saying(429, 'slow', text)]);

    const error = (await bench.failure({}, { patience: 'day', retryForSeconds: 300 })) as Error;

    expect(bench.clock.now()).toBe(START);
    expect(error).toMatchObject({ context: { attempts: 1, retry_at: retryAt } });
    expect(error.message).toContain(`Try again from ${retryAt}`);
  });

  it('never asks sooner than Retry-After 0 and its own backoff', async () => {
    bench = await OpenMeteoBench.start([saying(429, 'slow', '0'), OK]);

    await bench.fetch({}, { retryForSeconds: 300 });

    expect(bench.clock.now()).toBe(START + 3000);
  });
});

describe('the Open-Meteo client when a refusal goes on', () => {
  let bench: OpenMeteoBench;
  afterEach(() => bench.end());

  it.each([
    ['a minute that is used up', MINUTELY, 300],
    ['too many requests at once', CONCURRENT, 300],
    ['a minute that is used up', MINUTELY, 3600],
    ['too many requests at once', CONCURRENT, 20],
  ])('waits for %s no longer than it may retry (%s, %d s)', async (_what, reason, retryForSeconds) => {
    bench = await OpenMeteoBench.start([refusal(429, reason)]);

    const error = (await bench.failure({}, { patience: 'day', retryForSeconds })) as Error;

    const waited = seconds(START, bench.clock.now());
    expect(waited).toBeLessThanOrEqual(retryForSeconds);
    expect(waited).toBeGreaterThan(retryForSeconds - 60);
    expect(error).toMatchObject({
      name: 'SourceUnavailableError',
      context: { status: 429, last_reason: reason, retry_at: expect.any(String) },
    });
    expect(error.message).toContain(`429: "${reason}"`);
  });

  it('is bounded when refusals of several kinds and outages take turns', async () => {
    const turns = [refusal(429, MINUTELY), refusal(503, 'busy'), refusal(429, CONCURRENT)];
    bench = await OpenMeteoBench.start(Array.from({ length: 300 }, (_, index) => turns[index % 3]!));

    await bench.failure({}, { patience: 'day', retryForSeconds: 300 });

    expect(seconds(START, bench.clock.now())).toBeLessThanOrEqual(600);
  });

  it('waits for one minute although it may not retry, since the whole minute may be used up', async () => {
    bench = await OpenMeteoBench.start([refusal(429, MINUTELY), OK]);

    await bench.fetch({}, { retryForSeconds: 0 });

    expect(bench.waits).toHaveLength(1);
  });

  it('counts minutes anew after it has waited for an hour', async () => {
    const minutely = refusal(429, MINUTELY);
    bench = await OpenMeteoBench.start([
      minutely,
      refusal(429, 'Hourly API request limit exceeded.'),
      minutely,
      OK,
    ]);

    await bench.fetch({}, { patience: 'hour', retryForSeconds: 60 });

    expect(bench.waits.map(({ window }) => window)).toEqual(['minute', 'hour', 'minute']);
  });

  it.each([
    ['a window', MINUTELY, 'minute', 'shared_quota'],
    ['too many at once', CONCURRENT, undefined, 'concurrency'],
  ])(
    'waits until the later moment that Retry-After names beside %s',
    async (_what, words, window, reason) => {
      bench = await OpenMeteoBench.start([saying(429, words, '200'), OK]);

      await bench.fetch({}, { retryForSeconds: 300 });

      const wait = { reason, until: START + 200_000 };
      expect(bench.waits).toEqual([window === undefined ? wait : { ...wait, window }]);
    },
  );

  it.each([MINUTELY, CONCURRENT, 'Enhance your calm'])(
    'is not waited for where a request before gave up (%s)',
    async (reason) => {
      bench = await OpenMeteoBench.start([refusal(429, reason)]);

      for (let request = 0; request < 3; request += 1)
        await bench.failure({}, { patience: 'day', retryForSeconds: 0, once: true });

      expect(bench.clock.sleeps).toEqual([]);
    },
  );

  it('still keeps its own pace where a request before gave up', async () => {
    bench = await OpenMeteoBench.start([OK]);
    await bench.fetch({ weight: 600 });

    await bench.fetch({ weight: 600 }, { retryForSeconds: 0, once: true });

    expect(bench.waits.map(({ reason }) => reason)).toEqual(['pace']);
  });
});
