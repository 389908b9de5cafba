import type { Fault, FaultCondition } from '../../simulators/open-meteo/faults';
import { type Simulator, startSimulator } from '../../simulators/open-meteo/simulator';

const ASKED = {
  latitude: '10,20,30',
  longitude: '1,2,3',
  location_id: '1,2,3',
  hourly: 'temperature_2m,precipitation',
  start_date: '2026-07-10',
  end_date: '2026-07-11',
};

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ clock: () => Date.parse('2026-07-20T05:00:10Z') });
});

afterEach(() => simulator.close());

function get(
  parameters: Record<string, string> = ASKED,
  api = 'forecast',
  init: RequestInit = {},
): Promise<Response> {
  return fetch(`${simulator.url}/v1/${api}?${new URLSearchParams(parameters)}`, {
    redirect: 'manual',
    ...init,
  });
}

function strike(fault: Fault, when: FaultCondition = {}): void {
  simulator.setFaults([{ when, fault }]);
}

async function text(): Promise<string> {
  return (await get()).text();
}

// biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
async function json(parameters: Record<string, string> = ASKED): Promise<any> {
  return (await get(parameters)).json();
}

describe('faults instead of an answer', () => {
  it.each([
    ['minute', 'Minutely API request limit exceeded. Please try again in one minute.'],
    ['hour', 'Hourly API request limit exceeded. Please try again in the next hour.'],
    ['day', 'Daily API request limit exceeded. Please try again tomorrow.'],
    ['concurrent', 'Too many concurrent requests'],
  ] as const)('rate_limit answers as if others had used up the %s', async (window, reason) => {
    strike({ kind: 'rate_limit', window });

    const response = await get();

    expect([response.status, await response.json()]).toEqual([429, { error: true, reason }]);
    expect(simulator.used().minute).toBe(0);
  });

  it('status answers 503 with the reason of the real server, at no cost', async () => {
    strike({ kind: 'status', status: 503 });

    const response = await get();

    expect([response.status, await response.json()]).toEqual([
      503,
      { error: true, reason: 'The service is overloaded' },
    ]);
    expect(simulator.used().minute).toBe(0);
  });

  it('rate_limit, status and body carry the Retry-After that a proxy would add, and none of their own', async () => {
    const retryAfter = '120';
    const faults: Fault[] = [
      { kind: 'rate_limit', window: 'minute', retryAfter },
      { kind: 'status', status: 503, retryAfter },
      { kind: 'status', status: 429, body: 'Slow down', retryAfter },
      { kind: 'body', status: 429, body: 'Slow down', retryAfter },
      { kind: 'rate_limit', window: 'minute' },
    ];
    const headers: (string | null)[] = [];

    for (const fault of faults) {
      strike(fault);
      headers.push((await get()).headers.get('retry-after'));
    }

    expect(headers).toEqual(['120', '120', '120', '120', null]);
  });

  it('body answers anything', async () => {
    strike({ kind: 'body', body: '<html>Bad gateway</html>', status: 502, contentType: 'text/html' });

    const response = await get();

    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      502,
      'text/html',
      '<html>Bad gateway</html>',
    ]);
  });

  it('redirect answers 303 with a location', async () => {
    strike({ kind: 'redirect', location: 'http://127.0.0.1:9/apikey=secret' });

    const response = await get();

    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      'http://127.0.0.1:9/apikey=secret',
    ]);
  });

  it('reset cuts the connection before it answers', async () => {
    strike({ kind: 'reset' });

    await expect(get()).rejects.toThrow('fetch failed');
    expect(simulator.log).toMatchObject([{ status: 0, weight: 0 }]);
  });

  it('hang never answers', async () => {
    strike({ kind: 'hang' });
    const leaving = new AbortController();

    const pending = get(ASKED, 'forecast', { signal: leaving.signal });
    const first = await Promise.race([
      pending,
      new Promise((resolve) => setTimeout(resolve, 100, 'nothing')),
    ]);
    leaving.abort();

    expect(first).toBe('nothing');
    await expect(pending).rejects.toThrow('aborted');
  });

  it('slow answers later', async () => {
    strike({ kind: 'slow', ms: 60 });
    const pending = get();

    const first = await Promise.race([pending, new Promise((resolve) => setTimeout(resolve, 20, 'nothing'))]);

    expect(first).toBe('nothing');
    expect((await pending).status).toBe(200);
  });

  it('huge never ends', async () => {
    strike({ kind: 'huge' });
    const response = await get();

    let bytes = 0;
    for await (const chunk of response.body!) {
      bytes += chunk.length;
      if (bytes > 5_000_000) break;
    }

    expect(bytes).toBeGreaterThan(5_000_000);
  });
});

describe('faults on the wire', () => {
  it.each([[undefined], [0], [1], [1000]])('truncate at %p promises more than it sends', async (at) => {
    strike({ kind: 'truncate', ...(at !== undefined && { at }) });

    const response = await get();

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(simulator.used().minute).toBe(3);
  });

  it('stream_error loses up to 3 KiB, ends in good order with its sentence, and costs the whole weight', async () => {
    const whole = await text();
    strike({ kind: 'stream_error' });

    const torn = await text();

    const [data, ...rest] = torn.split('Unexpected error while streaming data: ');
    expect(rest).toHaveLength(1);
    expect(data!.slice(60, 1000)).not.toBe('');
    expect(whole.length - data!.length).toBeGreaterThan(100);
    expect(whole.length - data!.length).toBeLessThan(3200);
    expect(simulator.used().minute).toBe(6);
  });

  it('an early stream_error is a 200 of its sentence alone', async () => {
    strike({ kind: 'stream_error', early: true });

    const response = await get();

    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringMatching(/^Unexpected error while streaming data: [\w ]+$/),
    ]);
  });
});

describe('faults in the answer', () => {
  it('pretty and shuffle_keys change the looks only', async () => {
    const plain = await json();
    simulator.setFaults([{ fault: { kind: 'pretty' } }, { fault: { kind: 'shuffle_keys' } }]);

    const odd = await text();

    expect(odd).toMatch(/^\[\n {2}\{\n {4}"hourly": \{/);
    const parsed = JSON.parse(odd);
    expect(parsed[1].hourly).toEqual(plain[1].hourly);
    expect(Object.keys(parsed[0].hourly)).toEqual(['precipitation', 'temperature_2m', 'time']);
  });

  it('trailing_text follows the JSON', async () => {
    strike({ kind: 'trailing_text', text: 'tail' });

    expect(await text()).toMatch(/\]tail$/);
  });

  it('nan_envelope and duplicate_key are no longer JSON, or no longer safe', async () => {
    strike({ kind: 'nan_envelope' }, { locationId: 2 });
    expect((await text()).match(/"latitude":nan,"longitude":nan.*?"elevation":nan/g)).toHaveLength(1);
    strike({ kind: 'nan_envelope', text: '-nan' }, { locationId: 2 });
    expect((await text()).match(/"latitude":-nan,"longitude":-nan/g)).toHaveLength(1);

    strike({ kind: 'duplicate_key', column: 'precipitation' });
    expect((await text()).match(/"precipitation":\[/g)).toHaveLength(4);
  });

  it('columns lose entries, values, names, units and types, at the place that the rule names', async () => {
    const second = { locationId: 2 };
    const struck = async (fault: Fault) => {
      strike(fault, second);
      const body = await json();
      expect(body[0].hourly.temperature_2m).toHaveLength(48);
      return body[1];
    };

    expect((await struck({ kind: 'ragged' })).hourly.temperature_2m).toHaveLength(47);
    expect((await struck({ kind: 'ragged', column: 'time' })).hourly.time).toHaveLength(47);
    expect((await struck({ kind: 'drop_column' })).hourly).not.toHaveProperty('temperature_2m');
    expect((await struck({ kind: 'wrong_unit', unit: 'K' })).hourly_units.temperature_2m).toBe('K');
    expect((await struck({ kind: 'text_value' })).hourly.temperature_2m[0]).toBe('n/a');
    expect((await struck({ kind: 'out_of_range', value: 999 })).hourly.temperature_2m[0]).toBe(999);
    expect(await struck({ kind: 'envelope', members: { latitude: 999, elevation: null } })).toMatchObject({
      latitude: 999,
      elevation: null,
    });
    expect((await struck({ kind: 'wrong_offset', seconds: 7200 })).utc_offset_seconds).toBe(7200);
    const nulls = (await struck({ kind: 'null_column', column: 'precipitation' })).hourly.precipitation;
    expect(new Set(nulls)).toEqual(new Set([null]));
  });

  it('locations get lost or swapped', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: see above
    const ids = async () => (await json()).map((element: any) => element.location_id);

    strike({ kind: 'drop_location' }, { locationId: 2 });
    expect(await ids()).toEqual([1, 3]);
    strike({ kind: 'swap_location_ids' });
    expect(await ids()).toEqual([2, 1, 3]);
  });
});

describe('faults in the weather', () => {
  const DAILY = {
    ...ASKED,
    daily:
      'temperature_2m_max,temperature_2m_min,temperature_2m_mean,precipitation_sum,precipitation_hours,daylight_duration',
  };

  it('null_hour makes an hour missing; means and sums go, maximum and minimum begin anew after it', async () => {
    const whole = await json(DAILY);
    strike({ kind: 'null_hour', hour: '2026-07-10T20:00' }, { locationId: 2 });

    const holed = await json(DAILY);

    const after = whole[1].hourly.temperature_2m.slice(21, 24);
    expect(holed[1].hourly.temperature_2m[20]).toBeNull();
    expect(holed[1].daily).toMatchObject({
      temperature_2m_max: [Math.max(...after), whole[1].daily.temperature_2m_max[1]],
      temperature_2m_min: [Math.min(...after), whole[1].daily.temperature_2m_min[1]],
      temperature_2m_mean: [null, whole[1].daily.temperature_2m_mean[1]],
      precipitation_sum: [null, whole[1].daily.precipitation_sum[1]],
      daylight_duration: whole[1].daily.daylight_duration,
    });
    expect(holed[1].daily.precipitation_hours).not.toContain(null);
    expect(holed[0].hourly).toEqual(whole[0].hourly);
  });

  it('null_hour may take one column, and many hours', async () => {
    strike({ kind: 'null_hour', hour: '2026-07-10T22:00', hours: 4, column: 'precipitation' });

    const { hourly } = (await json())[0];

    const rain: (number | null)[] = hourly.precipitation;
    expect(rain.flatMap((value, index) => (value === null ? [index] : []))).toEqual([22, 23, 24, 25]);
    expect(hourly.temperature_2m).not.toContain(null);
  });

  it('revision answers old days as another version of themselves, always the same', async () => {
    const first = await json();
    strike({ kind: 'revision', revision: 7 });

    const [second, third] = [await json(), await json()];

    expect(second[0].hourly.temperature_2m).not.toEqual(first[0].hourly.temperature_2m);
    expect(second[0].hourly).toEqual(third[0].hourly);
  });

  it('a rule that makes no sense is told to who asks', async () => {
    strike({ kind: 'null_hour', hour: 'noon' });

    const response = await get();

    expect([response.status, await response.json()]).toMatchObject([
      500,
      { reason: expect.stringContaining('"noon"') },
    ]);
  });
});

describe('a rule', () => {
  const DOWN: Fault = { kind: 'status', status: 502 };

  async function statuses(count: number): Promise<number[]> {
    const seen: number[] = [];
    for (let index = 0; index < count; index++) seen.push((await get()).status);
    return seen;
  }

  it.each<[FaultCondition, number[]]>([
    [{}, [502, 502, 502, 502]],
    [{ nth: 2 }, [200, 502, 200, 200]],
    [{ times: 2 }, [502, 502, 200, 200]],
    [{ nth: 2, times: 2 }, [200, 502, 502, 200]],
  ])('with %j strikes the requests %j', async (when, expected) => {
    strike(DOWN, when);

    expect(await statuses(4)).toEqual(expected);
  });

  it.each<[FaultCondition, boolean]>([
    [{ path: '/v1/forecast' }, true],
    [{ path: '/v1/archive' }, false],
    [{ section: 'hourly' }, true],
    [{ section: 'daily' }, false],
    [{ locationId: 3 }, true],
    [{ locationId: 4 }, false],
    [{ date: '2026-07-11' }, true],
    [{ date: '2026-07-12' }, false],
    [{ section: 'hourly', date: '2026-07-09' }, false],
  ])('with %j strikes: %p', async (when, struck) => {
    strike(DOWN, when);

    expect(await statuses(1)).toEqual([struck ? 502 : 200]);
  });
});
