import { draftFromBytes } from '../../../../core/drafting/draft-from-answer';
import type { AnswerDraftOptions } from '../../../../core/drafting/draft-options';
import { parsePipeline } from '../../../../core/pipeline/parse-pipeline';
import { draftFromAnswer } from '../../../weather/draft-from-answer';
import { adviceOf } from './advice-of';

const HOURS = { time: ['2026-01-01T00:00', '2026-01-01T01:00'], temperature_2m: [1.5, null] };
const HOUR_UNITS = { time: 'iso8601', temperature_2m: '°C' };
const ENVELOPE = { latitude: 48.14, longitude: 11.58, utc_offset_seconds: 3600, timezone: 'Europe/Berlin' };
const ANSWER = { ...ENVELOPE, hourly_units: HOUR_UNITS, hourly: HOURS };

const draft = (json: unknown, options: Partial<AnswerDraftOptions> = {}) =>
  draftFromAnswer(json, { name: 'drafted', ...options });

/** An answer of one daily column and what comes beside it. */
function daily(columns: Record<string, unknown[]>, units: Record<string, string>) {
  const time = Object.values(columns)[0]!.map((_, index) => `2026-01-0${index + 1}`);
  return { ...ENVELOPE, daily_units: { time: 'iso8601', ...units }, daily: { time, ...columns } };
}

const columnsOf = (json: unknown, options?: Partial<AnswerDraftOptions>) =>
  draft(json, options).tables[0]!.columns;

describe('draftFromAnswer', () => {
  it('keeps names and units, sets limits that let the answer pass, and no range', () => {
    expect(draft(ANSWER)).toEqual({
      name: 'drafted',
      schema_version: 1,
      source: { api: 'forecast', plan: 'free' },
      locations: [
        {
          id: 'location-1',
          name: 'location-1',
          latitude: 48.14,
          longitude: 11.58,
          timezone: 'Europe/Berlin',
        },
      ],
      window: { lag_days: 0, look_back_days: 2 },
      tables: [
        {
          name: 'weather_hourly',
          section: 'hourly',
          columns: [
            {
              source: 'temperature_2m',
              type: 'float32',
              unit: '°C',
              standard_name: 'air_temperature',
              cell_method: 'point',
              max_null_share: 1,
              max_rejected_share: 1,
            },
          ],
        },
      ],
    });
  });

  it('drafts a table for every section, days as they were received', () => {
    const current = { time: '2026-01-01T00:15', interval: 900, temperature: 3 };
    const units = { time: 'iso8601', interval: 'seconds', temperature: '°C' };
    const json = {
      ...ANSWER,
      ...daily({ rain_sum: [1] }, { rain_sum: 'mm' }),
      current_weather: current,
      current_weather_units: units,
    };

    const { tables } = draft(json);

    expect(tables.map(({ name, section, day }) => [name, section, day])).toEqual([
      ['weather_current_weather', 'current_weather', undefined],
      ['weather_hourly', 'hourly', undefined],
      ['weather_daily', 'daily', 'as_received'],
    ]);
    expect(tables[0]?.columns.map(({ source }) => source)).toEqual(['interval', 'temperature']);
  });

  it.each<[string, unknown[], string, string, string]>([
    ['numbers', [1.5, 2], '°C', 'float32', '°C'],
    ['whole numbers', [1, 2], 'wmo code', 'float32', 'wmo code'],
    ['nothing but nulls', [null, null], 'm', 'float32', 'm'],
    ['numbers that float32 cuts', [16_777_217], '', 'float64', ''],
    ['numbers beyond float32', [1e39], '', 'float64', ''],
    ['times as text', ['2026-01-01T06:50', null], 'iso8601', 'timestamp', 'iso8601'],
    ['times as seconds', [1_770_445_978], 'unixtime', 'timestamp', 'iso8601'],
    ['no times at all', [null], 'iso8601', 'timestamp', 'iso8601'],
    ['text under a unit of times', ['soon'], 'iso8601', 'string', 'iso8601'],
    ['text', ['rain', null], '', 'string', ''],
  ])('reads %s', (_, values, unit, type, drafted) => {
    const [column] = columnsOf(daily({ sunrise: values }, { sunrise: unit }));

    expect([column?.type, column?.unit]).toEqual([type, drafted]);
  });

  it('refuses values of no one type, all columns at once', () => {
    const json = daily({ a: [1, 'x'], b: [true, false], c: [1, 2] }, { a: '', b: '', c: '' });

    expect(adviceOf(() => draft(json)).map(([path]) => path)).toEqual(['daily.a', 'daily.b']);
  });

  it('names the mean as witness where the answer has it, member by member', () => {
    const names = [
      'temperature_2m_max',
      'temperature_2m_mean',
      'temperature_2m_max_member01',
      'temperature_2m_mean_member01',
      'wind_gusts_10m_max',
    ];
    const json = daily(
      Object.fromEntries(names.map((name) => [name, [1]])),
      Object.fromEntries(names.map((name) => [name, ''])),
    );

    expect(columnsOf(json, { models: ['icon_seamless'] }).map(({ witness }) => witness)).toEqual([
      'temperature_2m_mean',
      undefined,
      'temperature_2m_mean_member01',
      undefined,
      null,
    ]);
  });

  it('gives columns that the project writes itself another name', () => {
    const json = daily({ date: ['x'], location_id: [5] }, { date: '', location_id: '' });

    expect(columnsOf(json).map(({ source, name }) => [source, name])).toEqual([
      ['date', 'received_date'],
      ['location_id', 'received_location_id'],
    ]);
  });

  it('gives no CF name to a column in a unit of something else', () => {
    const [known, other] = columnsOf(
      daily({ rain_sum: [1], snowfall_sum: [1] }, { rain_sum: 'inch', snowfall_sum: '%' }),
    );

    expect([known?.standard_name, other?.standard_name]).toEqual(['thickness_of_rainfall_amount', undefined]);
  });

  it('ignores a unit without its column', () => {
    const json = { ...ANSWER, hourly_units: { ...HOUR_UNITS, temperature_2m_member02: '°C' } };

    expect(columnsOf(json)).toHaveLength(1);
  });

  it('asks for the units received', () => {
    const names = ['a', 'b', 'c'];
    const json = daily(Object.fromEntries(names.map((name) => [name, [1]])), {
      a: 'mp/h',
      b: '°F',
      c: 'inch',
    });

    expect(draft(json).source?.units).toEqual({
      wind_speed_unit: 'mph',
      temperature_unit: 'fahrenheit',
      precipitation_unit: 'inch',
    });
  });

  it('makes chunks small enough for what the locations weigh', () => {
    const names = Array.from({ length: 100 }, (_, index) => `v${index}`);
    const one = daily(
      Object.fromEntries(names.map((name) => [name, [1]])),
      Object.fromEntries(names.map((name) => [name, ''])),
    );
    const json = Array.from({ length: 100 }, (_, index) => ({ ...one, latitude: index - 50 }));

    expect(draft(json).source?.locations_per_request).toBe(60);
  });

  it('takes one location from each element, and its zone', () => {
    const json = [
      ANSWER,
      { ...ANSWER, latitude: 10, timezone: undefined, utc_offset_seconds: 19_800 },
      { ...ANSWER, latitude: 20, timezone: 'Nowhere', utc_offset_seconds: 0 },
      { ...ANSWER, latitude: 30, timezone: undefined, utc_offset_seconds: -36_000 },
    ];

    expect(draft(json).locations).toMatchObject([
      { id: 'location-1', latitude: 48.14, timezone: 'Europe/Berlin' },
      { id: 'location-2', latitude: 10, timezone: 'Etc/GMT-5' },
      { id: 'location-3', latitude: 20, timezone: 'GMT' },
      { id: 'location-4', latitude: 30, timezone: 'Etc/GMT+10' },
    ]);
  });

  it('prefers coordinates as they were asked for, when they are of this place', () => {
    const { locations } = draft(ANSWER, { latitude: 48.137, longitude: 11.575, timezone: 'Europe/Vienna' });

    expect(locations).toMatchObject([{ latitude: 48.137, longitude: 11.575, timezone: 'Europe/Vienna' }]);
    expect(adviceOf(() => draft(ANSWER, { latitude: 0, longitude: 0 }))).toEqual([
      ['', expect.stringContaining('no location of the pipeline lies within')],
    ]);
  });

  it('lists all that a bare block does not say, each with its option', () => {
    expect(adviceOf(() => draft(HOURS)).map(([path]) => path)).toEqual([
      '--section',
      '--latitude, --longitude',
      '--utc-offset-seconds',
      '--unit temperature_2m=UNIT',
    ]);
  });

  it('writes down what was stated of a bare block', () => {
    const stated = {
      latitude: -22,
      longitude: -43,
      utcOffsetSeconds: -10_800,
      units: { temperature_2m: '°C' },
    };

    const drafted = draft(HOURS, { ...stated, bareSection: 'hourly' });

    expect(drafted.recorded).toEqual({
      section: 'hourly',
      location: 'location-1',
      utc_offset_seconds: -10_800,
      units: { temperature_2m: '°C' },
    });
    expect(drafted.locations).toMatchObject([{ latitude: -22, longitude: -43, timezone: 'Etc/GMT+3' }]);
    expect(parsePipeline(drafted).recorded.section).toBe('hourly');
  });

  it('writes down nothing that the answer says itself', () => {
    expect(draft(ANSWER, { utcOffsetSeconds: 0, bareSection: 'daily' }).recorded).toBeUndefined();
  });

  it('wants both coordinates, and none where there are several locations', () => {
    expect(adviceOf(() => draft(ANSWER, { latitude: 1 }))).toEqual([
      ['--latitude, --longitude', expect.stringContaining('state both')],
    ]);
    expect(
      adviceOf(() => draft([ANSWER, { ...ANSWER, latitude: 2 }], { latitude: 1, longitude: 2 })),
    ).toEqual([['--latitude, --longitude', expect.stringContaining('leave them out')]]);
    expect(adviceOf(() => draft([ANSWER, { ...ANSWER, latitude: null }]))).toEqual([
      ['--latitude, --longitude', expect.stringContaining('element 1 of the answer has no coordinates')],
    ]);
  });

  it('refuses units stated in vain', () => {
    const units = { temperature_2m: '°F', temprature_2m: '°C', snow: 'cm' };

    expect(adviceOf(() => draft(ANSWER, { units }))).toEqual([
      ['--unit temperature_2m=°F', expect.stringContaining('names a unit for this column itself')],
      ['--unit temprature_2m=°C', expect.stringContaining('did you mean temperature_2m?')],
      ['--unit snow=cm', expect.stringContaining('no such column; leave it out')],
    ]);
  });

  it('refuses what a replay with the draft would refuse', () => {
    const ragged = { ...ANSWER, hourly: { ...HOURS, temperature_2m: [1] } };
    const lacking = [
      ANSWER,
      { ...ANSWER, latitude: 1, hourly: { time: HOURS.time, rain: [0, 0] }, hourly_units: { rain: 'mm' } },
    ];

    for (const [json, message] of [
      [ragged, /must have as many rows/],
      [[ANSWER, ANSWER], /may be about any of 2 locations: location-1, location-2/],
      [lacking, /column is missing/],
      [{ ...ANSWER, hourly: { temperature_2m: [1, 2] } }, /needs its 'time'/],
    ] as const) {
      expect(adviceOf(() => draft(json))).toEqual([['', expect.stringMatching(message)]]);
    }
  });

  it.each<[unknown, RegExp]>([
    [{ error: true, reason: 'Daily API request limit exceeded.' }, /the source answered with an error/],
    [{ results: [{ name: 'Amsterdam' }] }, /no section with a column/],
    [{ ...ENVELOPE, hourly: { time: [] } }, /no section with a column/],
    [{}, /no section with a column/],
    [[], /the list is empty/],
    [[1], /an answer is an object/],
    ['text', /an answer is an object/],
    [null, /an answer is an object/],
  ])('refuses %j, which is no answer', (json, message) => {
    expect(adviceOf(() => draft(json))).toEqual([['', expect.stringMatching(message)]]);
  });

  it.each([
    ['alone', ''],
    ['behind a whole answer', JSON.stringify(ANSWER)],
  ])('refuses a list that is nested deeper than a stack, %s', (_where, answer) => {
    const list = '['.repeat(20_000) + ']'.repeat(20_000);
    const bytes = Buffer.from(answer === '' ? list : `[${answer},${list}]`);

    expect(adviceOf(() => draftFromBytes(bytes, { name: 'drafted' }))).toEqual([
      ['', expect.stringMatching(/an answer is an object/)],
    ]);
  });

  it('refuses a name that no pipeline may have', () => {
    expect(adviceOf(() => draft(ANSWER, { name: 'My Place' }))).toEqual([
      ['name', expect.stringContaining('lower-case')],
    ]);
  });
});
