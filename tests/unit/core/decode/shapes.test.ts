import { decodeAnswer } from '../../../../core/decode/decode-answer';
import { decode, HOUR, NEW_YEAR, sectionOf, valuesOf } from './decoded';

test('an object is one location, with its envelope, units, times and columns', () => {
  const text = `{"latitude":52.52,"longitude":13.419998,"generationtime_ms":0.14,"utc_offset_seconds":3600,
    "timezone":"Europe/Berlin","timezone_abbreviation":"GMT+1","elevation":38.0,
    "hourly_units":{"time":"iso8601","temperature_2m":"°C"},
    "hourly":{"time":["2026-01-01T00:00","2026-01-01T01:00","2026-01-01T02:00"],"temperature_2m":[-0.4,null,5.40]}}`;

  const [location, ...others] = decode(text, { hourly: { temperature_2m: 'number' } });

  expect(others).toHaveLength(0);
  expect(location).toMatchObject({
    index: 0,
    latitude: 52.52,
    longitude: 13.419998,
    elevation: 38,
    utcOffsetSeconds: HOUR,
    timezone: 'Europe/Berlin',
  });
  expect(location).not.toHaveProperty('locationId');
  const hourly = sectionOf(location, 'hourly');
  expect(hourly).toMatchObject({
    rows: 3,
    timeFormat: 'iso8601',
    offset: Buffer.from(text).indexOf('{"time":['),
  });
  expect(Array.from(hourly.time)).toEqual([NEW_YEAR, NEW_YEAR + HOUR, NEW_YEAR + 2 * HOUR]);
  expect([...hourly.units]).toEqual([
    ['time', 'iso8601'],
    ['temperature_2m', '°C'],
  ]);
  expect(valuesOf(hourly.columns.get('temperature_2m'))).toEqual([-0.4, Number.NaN, 5.4]);
});

test('an array is a location per element, whatever each of them leaves out', () => {
  const text = `[{"daily":{"time":["2026-01-01"],"rain_sum":[1]}},
    {"location_id":2,"elevation":null,"daily":{"time":["2026-01-01","2026-01-02"],"rain_sum":[2,3]},"latitude":1}]`;

  const [first, second] = decode(text, { daily: { rain_sum: 'number' } });

  expect(first).toEqual({ index: 0, sections: expect.any(Map) });
  expect(second).toEqual({ index: 1, locationId: 2, latitude: 1, sections: expect.any(Map) });
  expect(valuesOf(sectionOf(first, 'daily').columns.get('rain_sum'))).toEqual([1]);
  expect(valuesOf(sectionOf(second, 'daily').columns.get('rain_sum'))).toEqual([2, 3]);
});

test('units may stand behind the data, and time behind the other columns', () => {
  const text = '{"daily":{"rain_sum":[1],"time":["2026-01-01"]},"daily_units":{"rain_sum":"mm"}}';

  const daily = sectionOf(decode(text, { daily: { rain_sum: 'number' } })[0], 'daily');

  expect(daily.units.get('rain_sum')).toBe('mm');
  expect(valuesOf(daily.columns.get('rain_sum'))).toEqual([1]);
});

test('locations may have units of their own', () => {
  const element = (unit: string) =>
    `{"daily_units":{"rain_sum":"${unit}"},"daily":{"time":["2026-01-01"],"rain_sum":[1]}}`;

  const locations = decode(`[${['mm', 'mm', 'in', 'mm'].map(element).join()}]`, { daily: {} });

  expect(locations.map((location) => sectionOf(location, 'daily').units.get('rain_sum'))).toEqual([
    'mm',
    'mm',
    'in',
    'mm',
  ]);
});

test.each(['current', 'current_weather'] as const)('%s gives columns of one row', (name) => {
  const text = `{"${name}":{"time":${NEW_YEAR},"interval":900,"temperature":-0.0,"note":"dry","other":[1,2]}}`;

  const current = sectionOf(decode(text, { [name]: { temperature: 'number', note: 'text' } })[0], name);

  expect(current).toMatchObject({ rows: 1, timeFormat: 'unixtime', time: Float64Array.of(NEW_YEAR) });
  expect(valuesOf(current.columns.get('temperature'))).toEqual([-0]);
  expect(valuesOf(current.columns.get('note'))).toEqual(['dry']);
});

test.each(['minutely_15', 'hourly', 'daily', 'weekly', 'monthly'] as const)(
  '%s gives a row per element',
  (name) => {
    const text = `{"${name}":{"time":["2026-01-01","2026-02-01"],"rain_sum":[1.5,2.5]}}`;

    const found = sectionOf(decode(text, { [name]: { rain_sum: 'number' } })[0], name);

    expect(valuesOf(found.columns.get('rain_sum'))).toEqual([1.5, 2.5]);
  },
);

test('only what is wanted is there', () => {
  const text = `{"current":{"time":"2026-01-01T00:00","x":1},"x":[{"y":[null,true,false,"\\u00e9"]}],
    "hourly":{"time":["2026-01-01T00:00"],"a":[1],"b":["text"],"c":[{}]}}`;

  const [location] = decode(text, { hourly: { a: 'number', d: 'number' }, daily: { e: 'number' } });

  expect([...location!.sections.keys()]).toEqual(['hourly']);
  expect([...sectionOf(location, 'hourly').columns.keys()]).toEqual(['a']);
});

test.each(['nan', '-nan', 'null'])(
  'coordinates and elevation that are %s are not told, coordinates as null',
  (word) => {
    const envelope = `"latitude":${word},"longitude": ${word} ,"elevation":${word}`;
    const text = `[{${envelope},"location_id":3,"daily":{"time":["2026-01-01"],"rain_sum":[1]}},
    {"daily":{"time":["2026-01-01"],"rain_sum":[2]},"latitude":52.5,"elevation":${word}}]`;

    const [first, second] = decode(text, { daily: { rain_sum: 'number' } });

    expect(first).toEqual({
      index: 0,
      locationId: 3,
      latitude: null,
      longitude: null,
      sections: expect.any(Map),
    });
    expect(second).toEqual({ index: 1, latitude: 52.5, sections: expect.any(Map) });
    expect(valuesOf(sectionOf(first, 'daily').columns.get('rain_sum'))).toEqual([1]);
  },
);

test('columns without any row beside times hold nulls, and are named', () => {
  const text = `{"daily":{"none":[],"time":["2026-01-01","2026-01-02"],"a":[1,2],"b":[],"c":[],"d":[ ],"other":[]}}`;

  const daily = sectionOf(
    decode(text, { daily: { none: 'number', a: 'number', b: 'number', c: 'text', d: 'time' } })[0],
    'daily',
  );

  expect(daily.rows).toBe(2);
  expect([...daily.emptyColumns!]).toEqual(['none', 'b', 'c', 'd']);
  expect(valuesOf(daily.columns.get('a'))).toEqual([1, 2]);
  for (const name of ['none', 'b', 'd'])
    expect(valuesOf(daily.columns.get(name))).toEqual([Number.NaN, Number.NaN]);
  expect(valuesOf(daily.columns.get('c'))).toEqual([null, null]);
});

test('times without any row beside columns are refused, as are columns of another length', () => {
  const wanted = { daily: { a: 'number' } } as const;

  expect(() => decode('{"daily":{"a":[1],"time":[]}}', wanted)).toThrow(/as many rows as 'a', which has 1/);
  expect(() => decode('{"daily":{"time":[],"a":[1]}}', wanted)).toThrow(
    /as many rows as 'time', which has 0/,
  );
  expect(sectionOf(decode('{"daily":{"time":[],"a":[]}}', wanted)[0], 'daily')).not.toHaveProperty(
    'emptyColumns',
  );
});

test('a wanted section that is not there is left out', () => {
  const [location] = decode('{"hourly":{"time":[]}}', { daily: { rain_sum: 'number' } });

  expect(location!.sections.size).toBe(0);
});

test('a body is read at its own place in a larger buffer', () => {
  const text = '{"daily":{"time":["2026-01-01"],"rain_sum":[1]}}';
  const body = Buffer.from(`###${text}###`).subarray(3, 3 + text.length);

  const [location] = decodeAnswer(body, { daily: { rain_sum: 'number' } });

  expect(sectionOf(location, 'daily').offset).toBe(text.indexOf('{"time"'));
});
