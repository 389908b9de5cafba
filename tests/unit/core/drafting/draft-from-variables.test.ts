import {
  draftFromVariables,
  type VariablesDraftOptions,
} from '../../../../core/drafting/draft-from-variables';
import { VARIABLE_CATALOGUE } from '../../../../core/drafting/variable-catalogue';
import { ConfigError } from '../../../../core/errors';
import { parsePipeline } from '../../../../core/pipeline/parse-pipeline';
import { adviceOf } from './advice-of';

const PLACE = { name: 'my-place', latitude: 48.1, longitude: 11.6 };
const draft = (variables: string[], more: Partial<VariablesDraftOptions> = {}) =>
  draftFromVariables({ ...PLACE, variables, ...more });

describe('draftFromVariables', () => {
  it('drafts a table for each section, with units, names and ranges of the catalogue', () => {
    const { tables, locations, source } = draft(['wind_speed_10m', 'rain_sum'], {
      timezone: 'Europe/Berlin',
    });

    expect(locations).toEqual([
      { id: 'location-1', name: 'location-1', latitude: 48.1, longitude: 11.6, timezone: 'Europe/Berlin' },
    ]);
    expect(source).toEqual({ api: 'forecast', plan: 'free', units: { wind_speed_unit: 'ms' } });
    expect(tables).toEqual([
      {
        name: 'weather_hourly',
        section: 'hourly',
        columns: [
          {
            source: 'wind_speed_10m',
            type: 'float32',
            unit: 'm/s',
            standard_name: 'wind_speed',
            cell_method: 'point',
            range: [0, 105],
            max_null_share: 0.1,
            max_rejected_share: 0.01,
          },
        ],
      },
      { name: 'weather_daily', section: 'daily', columns: [expect.objectContaining({ source: 'rain_sum' })] },
    ]);
  });

  it('adds the mean that witnesses a maximum, and null where there is none', () => {
    const { tables } = draft(['temperature_2m_max', 'temperature_2m_min', 'precipitation_probability_max']);

    expect(tables[0]?.columns.map(({ source, witness }) => [source, witness])).toEqual([
      ['temperature_2m_max', 'temperature_2m_mean'],
      ['temperature_2m_min', 'temperature_2m_mean'],
      ['precipitation_probability_max', null],
      ['temperature_2m_mean', undefined],
    ]);
  });

  it('takes a name that several sections have from the hours, unless it is told', () => {
    const sections = (name: string) => draft([name]).tables.map(({ section }) => section);

    expect(sections('weather_code')).toEqual(['hourly']);
    expect(sections('daily:weather_code')).toEqual(['daily']);
    expect(sections('minutely_15:precipitation')).toEqual(['minutely_15']);
  });

  it('asks the API that has the variables', () => {
    const apiOf = (variables: string[]) => draft(variables).source?.api;

    expect(apiOf(['temperature_2m', 'uv_index'])).toBe('forecast');
    expect(apiOf(['uv_index', 'pm2_5'])).toBe('air-quality');
    expect(apiOf(['wave_height', 'wave_height_max'])).toBe('marine');
    expect(apiOf(['river_discharge'])).toBe('flood');
    expect(draft(['temperature_2m'], { api: 'archive', models: ['era5'] }).source).toMatchObject({
      api: 'archive',
      models: ['era5'],
    });
  });

  it('knows the levels of the atmosphere, and proposes other levels for one that it does not know', () => {
    const { tables, source } = draft(['temperature_850hPa', 'geopotential_height_500hPa']);

    expect(source?.api).toBe('forecast');
    expect(tables[0]?.columns).toMatchObject([
      { source: 'temperature_850hPa', unit: '°C' },
      { source: 'geopotential_height_500hPa', unit: 'm' },
    ]);
    expect(adviceOf(() => draft(['temperature_851hPa']))).toEqual([
      ['temperature_851hPa', expect.stringMatching(/did you mean temperature_850hPa or temperature_\d+hPa/)],
    ]);
  });

  it('offers no hours of the climate API, which gives days alone', () => {
    expect(adviceOf(() => draft(['rain'], { api: 'climate' }))).toEqual([
      ['rain', expect.stringContaining('the API climate does not have it, but forecast')],
    ]);
    expect(draft(['rain_sum'], { api: 'climate', models: ['EC_Earth3P_HR'] }).source).toMatchObject({
      api: 'climate',
      models: ['EC_Earth3P_HR'],
    });
  });

  it('names the option for the model that an ensemble needs', () => {
    expect(adviceOf(() => draft(['rain'], { api: 'ensemble' }))).toEqual([
      ['source.models', expect.stringContaining('--models icon_seamless')],
    ]);
  });

  it('names the option for the model that a variable ends in', () => {
    expect(adviceOf(() => draft(['daily:temperature_2m_max_EC_Earth3P_HR']))).toEqual([
      [
        'daily:temperature_2m_max_EC_Earth3P_HR',
        expect.stringMatching(
          /a model of the climate API: leave the ending out, and say --models EC_Earth3P_HR$/,
        ),
      ],
    ]);
  });

  it('refuses every name that is not known, with names like it', () => {
    expect(adviceOf(() => draft(['windspeed_10m', 'temperature_2m', 'dai:ly', 'hourly:rain_sum']))).toEqual([
      ['windspeed_10m', expect.stringMatching(/did you mean wind_speed_10m or /)],
      ['dai:ly', expect.stringContaining('draft from an answer that has it')],
      ['hourly:rain_sum', expect.stringContaining('did you mean rain_sum')],
    ]);
  });

  it.each(['rain\nsum', '\n', 'daily:rain\r\u2028', 'rain\u001b[31m'])(
    'refuses %j, which is on no line',
    (name) => {
      expect(adviceOf(() => draft([name]))).toEqual([[name, expect.stringContaining('no variable')]]);
    },
  );

  it('refuses variables of several APIs together', () => {
    expect(adviceOf(() => draft(['temperature_2m', 'pm10']))).toEqual([
      ['pm10', expect.stringContaining('air-quality does; draft one pipeline for each API')],
    ]);
  });

  it('refuses no variables, and places off the globe', () => {
    expect(adviceOf(() => draft([]))).toEqual([['--variables', expect.stringContaining('at least one')]]);
    expect(() => draft(['rain'], { latitude: 100, timezone: 'Mars' })).toThrow(ConfigError);
    expect(
      adviceOf(() => draft(['rain'], { latitude: 100, timezone: 'Mars' })).map(([path]) => path),
    ).toEqual(['locations[0].latitude', 'locations[0].timezone']);
  });

  it.each(VARIABLE_CATALOGUE.map((row) => [`${row.section}:${row.variable}`, row] as const))(
    'drafts %s so that it parses',
    (name, row) => {
      const drafted = draft([name], { api: row.apis[0]! });

      const [table] = parsePipeline(drafted).tables;

      expect(table?.section).toBe(row.section);
      expect(table?.columns[0]).toMatchObject({ source: row.variable, unit: row.unit, type: row.type });
    },
  );
});

describe('the catalogue of variables', () => {
  it('has each variable once in a section of an API', () => {
    const keys = VARIABLE_CATALOGUE.flatMap(({ apis, section, variable }) =>
      apis.map((api) => `${api} ${section} ${variable}`),
    );

    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
