import type { SimulatorOptions } from '../../simulators/open-meteo/options';
import { type Simulator, startSimulator } from '../../simulators/open-meteo/simulator';

const NOW = Date.parse('2026-07-20T05:00:10Z');
const ASKED = { latitude: '1', longitude: '2', hourly: 'temperature_2m' };
/** 10 variables. */
const TEN = new Array<string>(10).fill('temperature_2m').join(',');

let simulator: Simulator;
let now = NOW;

async function start(options: SimulatorOptions = {}): Promise<void> {
  now = NOW;
  simulator = await startSimulator({ clock: () => now, ...options });
}

afterEach(() => simulator.close());

function get(
  parameters: Record<string, string>,
  init: RequestInit = {},
  path = '/v1/forecast',
): Promise<Response> {
  return fetch(`${simulator.url}${path}?${new URLSearchParams(parameters)}`, { redirect: 'manual', ...init });
}

function post(parameters: Record<string, string>, path = '/v1/forecast'): Promise<Response> {
  return fetch(simulator.url + path, {
    method: 'POST',
    body: new URLSearchParams(parameters),
    redirect: 'manual',
  });
}

async function reasonOf(response: Response): Promise<string> {
  const { reason } = (await response.json()) as { reason: string };
  return `${response.status} ${reason}`;
}

function repeated(value: string, count: number): string {
  return new Array<string>(count).fill(value).join(',');
}

/** Uses up weight on the day's quota, one request a minute. */
async function spend(weight: number): Promise<void> {
  const locations = repeated('1', weight / 10);
  const response = await post({
    latitude: locations,
    longitude: locations,
    hourly: repeated(TEN, 10),
    forecast_days: '1',
  });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
}

describe('a request that is wrong', () => {
  const DATES = { start_date: '2026-07-01', end_date: '2026-07-02' };

  it.each<[string, Record<string, string>]>([
    [
      "Parameter 'start_date' is out of allowed range from 2026-04-18 to 2026-08-04",
      { ...DATES, start_date: '2026-04-17' },
    ],
    [
      "Parameter 'end_date' is out of allowed range from 2026-04-18 to 2026-08-04",
      { ...DATES, end_date: '2026-08-05' },
    ],
    ['End-date must be larger or equals than start-date', { ...DATES, end_date: '2026-06-30' }],
    ["Both 'start_date' and 'end_date' must be set in the url", { start_date: '2026-07-01' }],
    [
      "Parameter 'past_days' is mutually exclusive with 'start_date' and 'end_date'",
      { ...DATES, past_days: '3' },
    ],
    ['Latitude must be in range of -90 to 90°. Given: 91.0.', { latitude: '91' }],
    ['Longitude must be in range of -180 to 180°. Given: -180.5.', { longitude: '-180.5' }],
    ["Parameter 'latitude' and 'longitude' must have the same number of elements", { latitude: '1,2' }],
    ['Invalid timezone', { timezone: 'Europe/Atlantis' }],
    ["Parameter 'timezone' and coordinates must have the same number of elements", { timezone: 'GMT,GMT' }],
    ["Parameter 'location_id' and coordinates must have the same number of elements", { location_id: '1,2' }],
    [
      'Only up to 1000 locations can be requested at once',
      { latitude: repeated('1', 1001), longitude: repeated('1', 1001) },
    ],
    ['Forecast days is invalid. Allowed range 0 to 16. Given 17.', { forecast_days: '17' }],
  ])('is told %p, and costs one call', async (reason, wrong) => {
    await start();

    expect(await reasonOf(await post({ ...ASKED, ...wrong }))).toBe(`400 ${reason}`);
    expect(simulator.used()).toEqual({ minute: 1, hour: 1, day: 1 });
    expect(simulator.log).toMatchObject([{ status: 400, weight: 1, at: NOW }]);
  });

  it.each(['hourly', 'daily', 'models', 'temperature_unit'])(
    'is told of an unknown value in %s',
    async (parameter) => {
      await start();

      expect(await reasonOf(await get({ ...ASKED, [parameter]: 'foo' }))).toMatch(
        /^400 Data corrupted at path ''\. Cannot initialize .+ from invalid String value foo\.$/,
      );
    },
  );

  it.each([
    ['archive', '1940-01-01', '2026-07-20'],
    ['historical-forecast', '2016-01-01', '2026-08-04'],
  ])('has on /v1/%s the range from %s to %s', async (api, from, to) => {
    await start();
    const at = (day: string) => get({ ...ASKED, start_date: day, end_date: day }, {}, `/v1/${api}`);

    expect([(await at(from)).status, (await at(to)).status]).toEqual([200, 200]);
    expect(await reasonOf(await at('1939-12-31'))).toContain(`out of allowed range from ${from} to ${to}`);
  });

  it('is told when it weighs more than one request may', async () => {
    await start();
    const years = { start_date: '1940-01-01', end_date: '2025-12-31' };

    const heavy = await get({ ...ASKED, hourly: repeated(TEN, 3), ...years }, {}, '/v1/archive');

    expect(await reasonOf(heavy)).toBe(
      '400 Your API call requests too much data. Please reduce the number of variables, locations and/or weather models.',
    );
    expect(simulator.used().minute).toBe(1);
  });

  it('gets its error with the two keys in changing order', async () => {
    await start();

    const texts = [
      await (await get({ ...ASKED, latitude: '91' })).text(),
      await (await get({ ...ASKED, latitude: '91' })).text(),
    ];

    expect(texts.map((text) => Object.keys(JSON.parse(text)))).toEqual([
      ['error', 'reason'],
      ['reason', 'error'],
    ]);
  });

  it('is refused by its size: 414 for an address, 413 for a form, at no cost', async () => {
    await start();
    const filler = (length: number) => ({ ...ASKED, filler: 'x'.repeat(length) });

    expect((await get(filler(63_000))).status).toBe(200);
    expect((await get(filler(64_000))).status).toBe(414);
    expect((await post(filler(130_000))).status).toBe(200);
    expect((await post(filler(131_072))).status).toBe(413);
    expect(simulator.used().minute).toBe(2);
  });

  it('finds nothing elsewhere, and the mark is there too', async () => {
    await start();

    const response = await get(ASKED, {}, '/v1/elsewhere');

    expect([response.status, response.headers.get('x-simulated')]).toEqual([404, 'open-meteo']);
  });
});

describe('the quota', () => {
  it('adds the weight of what it served', async () => {
    await start();

    await get({
      latitude: '1,2,3',
      longitude: '1,2,3',
      hourly: TEN,
      daily: repeated('rain_sum', 14),
      forecast_days: '14',
    });
    await get({ ...ASKED, hourly: TEN, start_date: '2025-01-01', end_date: '2025-12-31' }, {}, '/v1/archive');

    expect(simulator.log.map(({ weight }) => weight)).toEqual(
      [3 * 2.4, 365 / 14].map((weight) => expect.closeTo(weight, 6)),
    );
    expect(simulator.used().day).toBeCloseTo(7.2 + 365 / 14, 6);
  });

  it('serves 5,000 at 599 used, then refuses by the minute, the hour and the day without Retry-After', async () => {
    await start();
    await spend(590);
    for (let count = 0; count < 9; count++) await get(ASKED);
    await spend(5000);

    const minute = await get(ASKED);
    now = Date.parse('2026-07-20T05:01:00Z');
    const hour = await get(ASKED);
    now = Date.parse('2026-07-20T06:00:00Z');
    await spend(5000);
    now = Date.parse('2026-07-20T23:59:59Z');
    const day = await get(ASKED);
    now = Date.parse('2026-07-21T00:00:00Z');

    expect(await reasonOf(minute)).toBe(
      '429 Minutely API request limit exceeded. Please try again in one minute.',
    );
    expect(await reasonOf(hour)).toBe(
      '429 Hourly API request limit exceeded. Please try again in the next hour.',
    );
    expect(await reasonOf(day)).toBe('429 Daily API request limit exceeded. Please try again tomorrow.');
    expect(minute.headers.has('retry-after')).toBe(false);
    expect((await get(ASKED)).status).toBe(200);
    expect(simulator.used()).toEqual({ minute: 1, hour: 1, day: 1 });
  });

  it('has limits and windows that are settings', async () => {
    await start({ limits: { minute: 2 }, windows: { minuteMs: 1000 } });

    const statuses = [];
    for (const step of [0, 0, 0, 1000]) {
      now += step;
      statuses.push((await get(ASKED)).status);
    }

    expect(statuses).toEqual([200, 200, 429, 200]);
  });

  it('is off when told so', async () => {
    await start({ limits: false });

    await spend(9000);

    expect((await get(ASKED)).status).toBe(200);
  });
});

describe('concurrency', () => {
  it('runs one request, lets four wait and refuses the sixth at no cost', async () => {
    await start();
    simulator.setFaults([{ when: { nth: 1 }, fault: { kind: 'hang' } }]);
    const leaving = new AbortController();
    const running = get(ASKED, { signal: leaving.signal });
    await arrived(1);
    const others = Array.from({ length: 5 }, () => get(ASKED));

    const refused = await Promise.race(others);
    const servedMeanwhile = simulator.used().minute;
    leaving.abort();

    expect(await reasonOf(refused)).toBe('429 Too many concurrent requests');
    expect(servedMeanwhile).toBe(0);
    await expect(running).rejects.toThrow('aborted');
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 429]);
    expect(simulator.used().minute).toBe(4);
  });

  it('forgets a client that left, waiting or running', async () => {
    await start({ concurrency: { waiting: 1 } });
    simulator.setFaults([{ when: { nth: 1 }, fault: { kind: 'hang' } }]);
    const leaving = new AbortController();
    const first = get(ASKED, { signal: leaving.signal });
    await arrived(1);
    const second = get(ASKED, { signal: leaving.signal });
    await arrived(2);

    leaving.abort();
    await Promise.allSettled([first, second]);

    expect(await retriedStatus()).toBe(200);
  });
});

describe('a key', () => {
  const KEYED = { keyed: { apiKey: 'secret' } };

  it('is asked for on the keyed plan: missing 401, invalid 400, in the header or the address', async () => {
    await start(KEYED);

    expect((await get(ASKED)).status).toBe(401);
    expect(await reasonOf(await get({ ...ASKED, apikey: 'wrong' }))).toBe(
      '400 The supplied API key is invalid.',
    );
    expect((await get({ ...ASKED, apikey: 'secret' })).status).toBe(200);
    expect((await get(ASKED, { headers: { 'X-Api-Key': 'secret' } })).status).toBe(200);
  });

  it('lifts the limits: 10,000 locations, no windows, no queue', async () => {
    await start({ ...KEYED, latencyMs: 20 });
    const many = { latitude: repeated('1', 10_000), longitude: repeated('1', 10_000), apikey: 'secret' };

    const statuses = await Promise.all(
      [many, ...new Array(6).fill({ ...ASKED, apikey: 'secret' })].map((asked) => post(asked)),
    );

    expect(statuses.map(({ status }) => status)).toEqual(new Array(7).fill(200));
    const more = { ...many, latitude: `${many.latitude},1`, longitude: `${many.longitude},1` };
    expect(await reasonOf(await post(more))).toBe('400 Only up to 10000 locations can be requested at once');
  });

  it.each<[string, () => Promise<Response>]>([
    ['in the address', () => get({ ...ASKED, apikey: 'secret' })],
    ['in the header', () => get(ASKED, { headers: { 'X-Api-Key': 'secret' } })],
    ['in the form', () => post({ ...ASKED, apikey: 'secret' })],
  ])('shown to the free host %s gets a redirect that repeats it', async (_where, ask) => {
    await start();

    const response = await ask();

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toContain('apikey=secret');
    expect(simulator.used().minute).toBe(0);
  });
});

async function arrived(count: number): Promise<void> {
  while (simulator.log.length < count) await new Promise((resolve) => setImmediate(resolve));
}

/** The server learns of a client that left a moment later: until then, it may still find the queue full. */
async function retriedStatus(): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const { status } = await get(ASKED);
    if (status !== 429) return status;
  }
  return 429;
}
