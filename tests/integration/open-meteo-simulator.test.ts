import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type Simulator, startSimulator } from '../../simulators/open-meteo/simulator';

const NOW = Date.parse('2026-07-20T05:07:00Z');
const PLACE = { latitude: '52.52', longitude: '13.41' };

let simulator: Simulator;
let now = NOW;

beforeEach(async () => {
  now = NOW;
  simulator = await startSimulator({ clock: () => now });
});

afterEach(() => simulator.close());

function get(path: string, parameters: Record<string, string>, init: RequestInit = {}): Promise<Response> {
  return fetch(`${simulator.url}/v1/${path}?${new URLSearchParams(parameters)}`, {
    redirect: 'manual',
    ...init,
  });
}

// biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
async function json(path: string, parameters: Record<string, string>): Promise<any> {
  return (await get(path, parameters)).json();
}

describe('an answer', () => {
  it('is one object for one location, with the sections in order and units before data', async () => {
    const body = await json('forecast', {
      ...PLACE,
      daily: 'temperature_2m_max',
      hourly: 'temperature_2m',
      minutely_15: 'temperature_2m',
      current: 'temperature_2m',
      forecast_days: '1',
    });

    expect(Object.keys(body)).toEqual([
      'latitude',
      'longitude',
      'generationtime_ms',
      'utc_offset_seconds',
      'timezone',
      'timezone_abbreviation',
      'elevation',
      'current_units',
      'current',
      'minutely_15_units',
      'minutely_15',
      'hourly_units',
      'hourly',
      'daily_units',
      'daily',
    ]);
    expect(body).toMatchObject({ utc_offset_seconds: 0, timezone: 'GMT', timezone_abbreviation: 'GMT' });
    expect(body.current).toMatchObject({ time: '2026-07-20T05:00', interval: 900 });
    expect(body.minutely_15.time).toHaveLength(96);
    expect(body.hourly.time.at(-1)).toBe('2026-07-20T23:00');
    expect(body.daily).toMatchObject({ time: ['2026-07-20'] });
  });

  it('is an array in request order for more, with location_id echoed and left out when it is 0', async () => {
    const where = { latitude: '10,20,10', longitude: '30,40,30' };

    const numbered = await json('forecast', { ...where, location_id: '7,0,9' });
    const unnumbered = await json('forecast', where);

    // biome-ignore lint/suspicious/noExplicitAny: see above
    const ids = (body: any[]) => body.map((element) => element.location_id);
    expect(ids(numbered)).toEqual([7, undefined, 9]);
    expect(ids(unnumbered)).toEqual([undefined, 1, 2]);
    expect(numbered[0].latitude).toBeCloseTo(10, 0);
  });

  it('is marked as simulated, compact, and never twice the same bytes', async () => {
    const first = await get('forecast', { ...PLACE, hourly: 'temperature_2m' });
    const texts = [
      await first.text(),
      await (await get('forecast', { ...PLACE, hourly: 'temperature_2m' })).text(),
    ];

    expect(first.headers.get('x-simulated')).toBe('open-meteo');
    expect(first.headers.get('content-type')).toContain('application/json');
    expect(texts[0]).not.toMatch(/[\s]/);
    expect(texts[0]).not.toBe(texts[1]);
    const withoutTime = texts.map((text) => text.replace(/"generationtime_ms":[\d.]+/, ''));
    expect(withoutTime[0]).toBe(withoutTime[1]);
  });

  it('comes compressed for those who accept it', async () => {
    const raw = await new Promise<{ encoding: string | undefined; body: Buffer }>((resolve) => {
      const address = `${simulator.url}/v1/forecast?latitude=1&longitude=2&hourly=temperature_2m`;
      request(address, { headers: { 'accept-encoding': 'gzip' } }, async (response) => {
        const body = Buffer.concat(await response.toArray());
        resolve({ encoding: response.headers['content-encoding'], body });
      }).end();
    });

    expect(raw.encoding).toBe('gzip');
    expect(JSON.parse(gunzipSync(raw.body).toString()).hourly.time).toHaveLength(168);
  });

  it('is the same by POST form as by GET', async () => {
    const parameters = {
      ...PLACE,
      daily: 'temperature_2m_max',
      start_date: '2026-07-01',
      end_date: '2026-07-05',
    };
    const posted = await fetch(`${simulator.url}/v1/archive`, {
      method: 'POST',
      body: new URLSearchParams(parameters),
    });

    expect(((await posted.json()) as { daily: unknown }).daily).toEqual(
      (await json('archive', parameters)).daily,
    );
    expect(simulator.log.map(({ method, path, query }) => ({ method, path, query }))).toEqual([
      { method: 'POST', path: '/v1/archive', query: parameters },
      { method: 'GET', path: '/v1/archive', query: parameters },
    ]);
  });

  it.each([
    ['forecast', 'hourly', 'temperature_2m'],
    ['archive', 'hourly', 'temperature_2m'],
    ['historical-forecast', 'hourly', 'temperature_2m'],
    ['air-quality', 'hourly', 'pm10'],
    ['marine', 'hourly', 'wave_height'],
    ['climate', 'daily', 'temperature_2m_max'],
    ['flood', 'daily', 'river_discharge'],
    ['ensemble', 'hourly', 'temperature_2m_member30'],
    ['seasonal', 'daily', 'temperature_2m_max_member50'],
  ])('comes from /v1/%s', async (api, section, column) => {
    const variable = column.replace(/_member\d+/, '');

    const body = await json(api, {
      ...PLACE,
      [section]: variable,
      start_date: '2026-07-01',
      end_date: '2026-07-01',
    });

    expect(body[section][column]).toHaveLength(section === 'daily' ? 1 : 24);
    expect(body[section][column]).not.toContain(null);
  });

  it('echoes the elevation given, and has none when it is nan', async () => {
    expect(await json('forecast', { ...PLACE, elevation: '1234' })).toMatchObject({ elevation: 1234 });
    expect(await json('forecast', { ...PLACE, elevation: 'nan' })).not.toHaveProperty('elevation');
  });

  it('has duplicate keys for duplicate variables, which weigh twice', async () => {
    const hourly = new Array<string>(20).fill('temperature_2m').join(',');

    const text = await (await get('forecast', { ...PLACE, hourly })).text();

    expect(text.match(/"temperature_2m":\[/g)).toHaveLength(20);
    expect(simulator.used().minute).toBe(2);
  });

  it('ignores current and minutely_15 on the archive', async () => {
    const body = await json('archive', {
      ...PLACE,
      current: 'temperature_2m',
      minutely_15: 'rain',
      hourly: 'rain',
    });

    expect(Object.keys(body).filter((key) => /current|minutely/.test(key))).toEqual([]);
    expect(body.hourly.time).toHaveLength(24);
  });

  it('knows of the archive up to two days ago, with era5 up to six, and then nulls', async () => {
    const dates = { start_date: '2026-07-12', end_date: '2026-07-20' };
    const known = async (models: string) => {
      const { daily } = await json('archive', {
        ...PLACE,
        ...dates,
        models,
        daily: 'temperature_2m_max,sunrise',
      });
      expect(daily.sunrise).not.toContain(null);
      return daily.time[daily.temperature_2m_max.indexOf(null) - 1];
    };

    expect(await known('best_match')).toBe('2026-07-18');
    expect(await known('era5')).toBe('2026-07-14');
  });
});

describe('models', () => {
  const ICON_AND_ERA5 = { hourly: 'temperature_2m', models: 'icon_d2,gfs_seamless', forecast_days: '1' };

  it('put a suffix on each column when several have the place, and none when one has it', async () => {
    const body = await json('forecast', { latitude: '52.5,-30', longitude: '13.4,20', ...ICON_AND_ERA5 });

    expect(Object.keys(body[0].hourly)).toEqual([
      'time',
      'temperature_2m_icon_d2',
      'temperature_2m_gfs_seamless',
    ]);
    expect(Object.keys(body[1].hourly)).toEqual(['time', 'temperature_2m']);
  });

  it('leave an envelope with bare nan where none has the place, and nulls without a unit', async () => {
    const outside = { latitude: '-30', longitude: '20', ...ICON_AND_ERA5, models: 'icon_d2' };
    const daily = 'precipitation_hours,sunrise';
    const text = await (await get('forecast', { ...outside, hourly: 'temperature_2m,is_day', daily })).text();

    expect(text).toMatch(/^\{"latitude":nan,"longitude":nan,/);
    const body = JSON.parse(text.replaceAll(':nan', ':null'));
    expect(body.hourly_units).toEqual({ time: 'iso8601', temperature_2m: 'undefined', is_day: '' });
    expect(body.daily_units).toMatchObject({ precipitation_hours: 'undefined', sunrise: 'iso8601' });
    expect(new Set(body.hourly.temperature_2m)).toEqual(new Set([null]));
    expect(body.daily.precipitation_hours).toEqual([null]);
    expect(body.hourly.is_day).not.toContain(null);
    expect(body.daily.sunrise).not.toContain(null);
  });
});

describe('time', () => {
  it('is local, at the offset of the time of asking, for every date', async () => {
    const asked = {
      ...PLACE,
      hourly: 'temperature_2m',
      timezone: 'Europe/Berlin',
      start_date: '2026-03-01',
      end_date: '2026-03-01',
    };

    const summer = await json('archive', asked);
    now = Date.parse('2027-01-20T00:00:00Z');
    const winter = await json('archive', asked);

    expect(summer).toMatchObject({ utc_offset_seconds: 7200, timezone_abbreviation: 'GMT+2' });
    expect(winter).toMatchObject({ utc_offset_seconds: 3600, timezone_abbreviation: 'GMT+1' });
    expect(summer.hourly.time).toEqual(winter.hourly.time);
    expect(summer.hourly.temperature_2m.slice(1)).toEqual(winter.hourly.temperature_2m.slice(0, -1));
  });

  it('is read at whole hours and labelled truly in zones off the hour', async () => {
    const asked = { ...PLACE, hourly: 'temperature_2m', start_date: '2026-03-01', end_date: '2026-03-01' };

    const india = await json('archive', { ...asked, timezone: 'Asia/Kolkata' });
    const fiveHours = await json('archive', { ...asked, timezone: 'Etc/GMT-5' });
    const unix = await json('archive', { ...asked, timezone: 'Asia/Kolkata', timeformat: 'unixtime' });

    expect(india.utc_offset_seconds).toBe(19_800);
    expect(india.hourly).toEqual(fiveHours.hourly);
    expect(unix.hourly.time[0]).toBe(Date.parse('2026-03-01T00:00:00+05:30') / 1000);
    expect(unix.hourly_units.time).toBe('unixtime');
  });

  it('may have a zone for each location', async () => {
    const body = await json('forecast', {
      latitude: '1,2',
      longitude: '0,-150',
      timezone: 'auto',
      forecast_days: '1',
      hourly: 'rain',
    });
    const named = await json('forecast', {
      latitude: '1,2',
      longitude: '0,0',
      timezone: 'Etc/GMT-1,Asia/Tokyo',
    });

    expect([body[0].utc_offset_seconds, body[1].utc_offset_seconds]).toEqual([0, -36_000]);
    expect(body[1].hourly.time[0]).toBe('2026-07-19T00:00');
    expect([named[0].utc_offset_seconds, named[1].timezone]).toEqual([3600, 'Asia/Tokyo']);
  });

  it('of the sun is text or true UTC seconds', async () => {
    const asked = { ...PLACE, daily: 'sunrise,sunset', timezone: 'Etc/GMT-2', forecast_days: '1' };

    const iso = await json('forecast', asked);
    const unix = await json('forecast', { ...asked, timeformat: 'unixtime' });

    expect(iso.daily.sunrise[0]).toMatch(/^2026-07-20T0[45]:\d\d$/);
    expect(unix.daily.sunrise[0]).toBe(Date.parse(`${iso.daily.sunrise[0]}:00+02:00`) / 1000);
    expect(unix.daily_units).toEqual({ time: 'unixtime', sunrise: 'unixtime', sunset: 'unixtime' });
  });

  it('runs over past_days and forecast_days, by default over what the API has', async () => {
    const hourly = 'rain';

    const span = await json('forecast', { ...PLACE, hourly, past_days: '2', forecast_days: '1' });

    expect([span.hourly.time[0], span.hourly.time.length]).toEqual(['2026-07-18T00:00', 72]);
    expect((await json('forecast', { ...PLACE, hourly })).hourly.time).toHaveLength(168);
    expect((await json('historical-forecast', { ...PLACE, hourly })).hourly.time).toHaveLength(24);
  });

  it('given as several dates for one location gives several elements', async () => {
    const body = await json('archive', {
      ...PLACE,
      daily: 'rain_sum',
      start_date: '2024-01-01,2025-01-01',
      end_date: '2024-01-02,2025-01-01',
    });

    // biome-ignore lint/suspicious/noExplicitAny: see above
    expect(body.map((element: any) => element.daily.time)).toEqual([
      ['2024-01-01', '2024-01-02'],
      ['2025-01-01'],
    ]);
  });
});
