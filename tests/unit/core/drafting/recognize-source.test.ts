import { draftFromBytes } from '../../../../core/drafting/draft-from-answer';
import type { AnswerDraftOptions } from '../../../../core/drafting/draft-options';
import { parsePipeline } from '../../../../core/pipeline/parse-pipeline';
import { planRequests } from '../../../../core/planning/requests';
import type { Day } from '../../../../core/time/day';
import { draftFromAnswer } from '../../../weather/draft-from-answer';
import { adviceOf } from './advice-of';

const TODAY = '2026-11-30' as Day;
const ENVELOPE = { latitude: 52.5, longitude: 13.5, utc_offset_seconds: 0, timezone: 'GMT' };

interface Shape {
  readonly section?: string;
  readonly time?: readonly string[];
  readonly latitude?: number;
}

function answer(columns: readonly string[], { section = 'daily', time, latitude = 52.5 }: Shape = {}) {
  const rows = time ?? (section === 'daily' ? ['2026-11-28'] : ['2026-11-28T00:00', '2026-11-28T01:00']);
  const block = Object.fromEntries(columns.map((name) => [name, rows.map(() => 1)]));
  const units = Object.fromEntries(columns.map((name) => [name, '°C']));
  return { ...ENVELOPE, latitude, [`${section}_units`]: units, [section]: { time: rows, ...block } };
}

const members = (variable: string, series: number) => [
  variable,
  ...Array.from(
    { length: series - 1 },
    (_, index) => `${variable}_member${String(index + 1).padStart(2, '0')}`,
  ),
];
const draft = (json: unknown, options: Partial<AnswerDraftOptions> = {}) =>
  draftFromAnswer(json, { name: 'drafted', today: TODAY, ...options });
const sourceOf = (json: unknown, options?: Partial<AnswerDraftOptions>) => {
  const { api, models = [] } = draft(json, options).source!;
  return [api, models];
};

describe('the source of an answer', () => {
  it.each<[string, unknown, string, string[]]>([
    [
      'two climate models',
      answer(['temperature_2m_max_MRI_AGCM3_2_S', 'temperature_2m_max_EC_Earth3P_HR']),
      'climate',
      ['MRI_AGCM3_2_S', 'EC_Earth3P_HR'],
    ],
    ['days of 2030', answer(['temperature_2m_max'], { time: ['2030-01-01'] }), 'climate', []],
    [
      'two forecast models',
      answer(['temperature_2m_icon_d2', 'temperature_2m_ecmwf_ifs025'], { section: 'hourly' }),
      'forecast',
      ['icon_d2', 'ecmwf_ifs025'],
    ],
    [
      'two archive models',
      answer(['temperature_2m_era5', 'temperature_2m_era5_land'], { section: 'hourly' }),
      'archive',
      ['era5', 'era5_land'],
    ],
    ['a river', answer(['river_discharge', 'river_discharge_max']), 'flood', []],
    ['members of a river', answer(members('river_discharge', 51)), 'flood', []],
    [
      'two flood models',
      answer(['river_discharge_seamless_v4', 'river_discharge_seamless_v3']),
      'flood',
      ['seamless_v4', 'seamless_v3'],
    ],
    ['waves', answer(['wave_height', 'secondary_swell_wave_height'], { section: 'hourly' }), 'marine', []],
    ['air', answer(['pm2_5', 'uv_index', 'european_aqi'], { section: 'hourly' }), 'air-quality', []],
    ['weather alone', answer(['temperature_2m', 'uv_index'], { section: 'hourly' }), 'forecast', []],
    [
      'values every six hours',
      answer(['temperature_2m'], { section: 'hourly', time: ['2026-11-28T00:00', '2026-11-28T06:00'] }),
      'seasonal',
      [],
    ],
    ['weeks', answer(['temperature_2m_mean'], { section: 'weekly' }), 'seasonal', []],
    [
      'members of two models',
      answer(
        ['t_gfs05', 't_member01_gfs05', 't_icon_d2', 't_member01_icon_d2'].map((name) =>
          name.replace(/^t/, 'rain'),
        ),
        {
          section: 'hourly',
        },
      ),
      'ensemble',
      ['gfs05', 'icon_d2'],
    ],
    [
      'as many members as GEFS has',
      answer(members('temperature_2m', 31), { section: 'hourly' }),
      'ensemble',
      ['gfs_seamless'],
    ],
    ['as many as ECMWF has', answer(members('temperature_2m_max', 51)), 'ensemble', ['ecmwf_ifs025']],
    [
      'as many as ECMWF has, on the grid of its seasonal models',
      answer(members('temperature_2m_max', 51), { latitude: 52.412 }),
      'seasonal',
      [],
    ],
  ])('is told by %s', (_, json, api, models) => {
    expect(sourceOf(json)).toEqual([api, models]);
  });

  it('asks for what exists: variables without the ending, models by name', () => {
    const json = answer(['temperature_2m_max_MRI_AGCM3_2_S', 'temperature_2m_max_EC_Earth3P_HR']);
    const pipeline = parsePipeline(draft(json));
    const { api, models } = pipeline.source;
    const [request] = planRequests(pipeline, { from: TODAY, to: TODAY, source: { api, models } });

    expect(request).toMatchObject({
      api: 'climate',
      models: ['MRI_AGCM3_2_S', 'EC_Earth3P_HR'],
      variables: ['temperature_2m_max'],
    });
  });

  it('says in the file where the model was guessed from the number of members', () => {
    expect(draft(answer(members('temperature_2m_max', 31))).description).toMatch(
      /31 series of a variable, as gfs_seamless has; .*--models or --api/,
    );
    expect(draft(answer(['temperature_2m_max'])).description).toBeUndefined();
  });

  it('asks for the model of an ensemble by its option where nothing tells it', () => {
    const json = answer(members('temperature_2m', 4), { section: 'hourly' });

    expect(adviceOf(() => draft(json))).toEqual([
      ['--models', expect.stringMatching(/the ensemble API needs the model .*--models icon_seamless/)],
    ]);
    expect(sourceOf(json, { models: ['icon_eu'] })).toEqual(['ensemble', ['icon_eu']]);
    expect(sourceOf(json, { api: 'seasonal' })).toEqual(['seasonal', []]);
  });

  it('is what was stated, whatever the columns say', () => {
    expect(sourceOf(answer(['river_discharge']), { api: 'forecast' })).toEqual(['forecast', []]);
    expect(sourceOf(answer(['rain_sum']), { api: 'archive', models: ['era5'] })).toEqual([
      'archive',
      ['era5'],
    ]);
  });

  it.each([
    [1, 'seasonal', 1],
    [3, 'seasonal', 3],
    [6, 'seasonal', undefined],
    [1, undefined, undefined],
  ] as const)('drafts the step of rows %i h apart of the API %s', (hours, api, step) => {
    const time = ['2026-11-28T00:00', `2026-11-28T0${hours}:00`];
    const { tables } = draft(answer(['temperature_2m'], { section: 'hourly', time }), api && { api });

    expect(tables[0]?.step_hours).toBe(step);
  });
});

describe('the bytes of an answer', () => {
  const text = JSON.stringify(answer(['temperature_2m'], { section: 'hourly' }));
  const ofText = (body: string | Uint8Array) =>
    adviceOf(() => draftFromBytes(Buffer.from(body as string), { name: 'drafted' }))[0]?.[1];

  it.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /byte 0: the body is empty/],
    ['HTML', '<html></html>', /looks like HTML.*a proxy or another server/],
    ['a byte order mark', `\ufeff${text}`, /without a byte order mark before it/],
    ['a key twice', text.replace('"hourly":', '"timezone":"UTC","hourly":'), /the same key stands twice/],
    ['Latin-1', Buffer.from(text.replace('GMT', 'Zürich'), 'latin1'), /UTF-8/],
    ['a number beyond any', text.replace('[1,1]', '[1e999,1]'), /1e999/],
    ['nan as a value', text.replace('[1,1]', '[nan,1]'), /received nan.*bare nan/],
    ['an answer that was cut', text.slice(0, -20), /end of the body/],
    [
      "the source's own sentence",
      'Unexpected error while streaming data: timeoutReached',
      /broke the answer off with an error of its own/,
    ],
    [
      "the source's own sentence in the midst",
      `${text.slice(0, -8)}Unexpected error while streaming data: x`,
      /broke the answer off with an error of its own/,
    ],
    ['no row', JSON.stringify(answer(['rain_sum'], { time: [] })), /columns and no row/],
    ['heights', '{"elevation":[38.0]}', /an answer of the elevation API, which has no weather/],
  ])('are refused as a replay refuses them: %s', (_, body, message) => {
    expect(ofText(body)).toMatch(message);
  });

  it('tells how an empty unit is said', () => {
    const json = answer(['is_day'], { section: 'hourly' });

    expect(adviceOf(() => draft({ ...json, hourly_units: {} }))).toEqual([
      ['--unit is_day=UNIT', expect.stringContaining('or --unit is_day= if it has none')],
    ]);
    expect(draft({ ...json, hourly_units: {} }, { units: { is_day: '' } }).tables[0]?.columns).toMatchObject([
      { source: 'is_day', unit: '' },
    ]);
  });
});
