import { decode, HOUR, NEW_YEAR, sectionOf, valuesOf } from './decoded';

test('the time of a section is its own column and not among the others', () => {
  const daily = sectionOf(
    decode('{"daily":{"time":["2026-01-01"]}}', { daily: { time: 'time' } })[0],
    'daily',
  );

  expect(Array.from(daily.time)).toEqual([NEW_YEAR]);
  expect(daily.columns.size).toBe(0);
});

test('a section without rows has columns without rows', () => {
  const text = '{"hourly":{"time":[],"a":[ ],"b":[\n],"c":[]}}';

  const hourly = sectionOf(decode(text, { hourly: { a: 'number', b: 'text', c: 'time' } })[0], 'hourly');

  expect([hourly.rows, ...[...hourly.columns.values()].map(({ values }) => values.length)]).toEqual([
    0, 0, 0, 0,
  ]);
});

test('times of another column may be null and in any order', () => {
  const text = `{"daily":{"time":["2026-01-01","2026-01-02","2026-01-03"],
    "sunrise":["2026-01-01T08:17",null,"2026-01-01T00:00:30"],"sunset":[${NEW_YEAR},null,0],"never":[null,null,null]}}`;
  const wanted = { daily: { sunrise: 'time', sunset: 'time', never: 'time' } } as const;

  const { columns } = sectionOf(decode(text, wanted)[0], 'daily');

  expect(columns.get('sunrise')).toEqual({
    kind: 'time',
    format: 'iso8601',
    values: Float64Array.of(NEW_YEAR + 8 * HOUR + 17 * 60, Number.NaN, NEW_YEAR + 30),
  });
  expect(columns.get('sunset')).toEqual({
    kind: 'time',
    format: 'unixtime',
    values: Float64Array.of(NEW_YEAR, Number.NaN, 0),
  });
  expect(valuesOf(columns.get('never'))).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('texts and keys are read with their escapes', () => {
  const text = String.raw`{"hourly":{"t\u0069me":["2026-01-\u00301"],"\"\\\/\b\f\n\r\t\ud83c\udf27é":["\u00e9\ud83c\udf27 \"dry\"\/\\"]}}`;
  const name = '"\\/\b\f\n\r\t🌧é';

  const hourly = sectionOf(decode(text, { hourly: { [name]: 'text' } })[0], 'hourly');

  expect(Array.from(hourly.time)).toEqual([NEW_YEAR]);
  expect(valuesOf(hourly.columns.get(name))).toEqual(['é🌧 "dry"/\\']);
});

test('a byte order mark at the beginning of a text is part of it', () => {
  const text = '{"hourly":{"time":["2026-01-01"],"\u{feff}a":["\u{feff}dry"]}}';

  const { columns } = sectionOf(decode(text, { hourly: { '\u{feff}a': 'text' } })[0], 'hourly');

  expect(valuesOf(columns.get('\u{feff}a'))).toEqual(['\u{feff}dry']);
});

test('names that objects inherit are names like any other', () => {
  const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
  const columns = names.map((name) => `"${name}":[1]`).join();
  const text = `{"__proto__":1,"constructor":2,"hourly":{"time":["2026-01-01"],${columns}}}`;

  const wanted = { hourly: Object.fromEntries(names.map((name) => [name, 'number'] as const)) };
  const [location] = decode(text, wanted);

  expect([...sectionOf(location, 'hourly').columns.keys()]).toEqual(names);
  expect(decode(text, { hourly: {} })[0]!.sections.get('hourly')!.columns.size).toBe(0);
});

test('a long column and a short one behind it hold their own values only', () => {
  const rows = 5000;
  const element = (count: number) => {
    const times = Array.from({ length: count }, (_, row) => NEW_YEAR + row * HOUR);
    return `{"hourly":{"time":[${times}],"a":[${times.map((_, row) => row / 10)}]}}`;
  };

  const locations = decode(`[${element(3)},${element(rows)},${element(2)}]`, { hourly: { a: 'number' } });

  const sections = locations.map((location) => sectionOf(location, 'hourly'));
  const columns = sections.map(({ columns: found }) => found.get('a')!.values as Float64Array);
  expect(columns.map((values) => values.length)).toEqual([3, rows, 2]);
  expect(columns.map((values) => values.at(-1))).toEqual([0.2, (rows - 1) / 10, 0.1]);
  const buffers = [...columns, ...sections.map(({ time }) => time)].map(({ buffer }) => buffer.byteLength);
  expect(Math.max(...buffers)).toBe(rows * Float64Array.BYTES_PER_ELEMENT);
});
