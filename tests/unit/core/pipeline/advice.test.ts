import { adviceFor } from '../../../../core/pipeline/advice';
import { BERLIN, DAILY, HOURLY, locationsOf, pipelineOf, tableOf } from '../../../weather/pipeline-of';

const HISTORY = { api: 'archive', models: ['era5'], older_than_days: 7 };
const pathsOf = (parts: Record<string, unknown>) => adviceFor(pipelineOf(parts)).map(({ path }) => path);

describe('adviceFor', () => {
  test('has nothing to say to a pipeline with history, ranges and whole-hour zones', () => {
    expect(adviceFor(pipelineOf({ source: { history: HISTORY } }))).toEqual([]);
  });

  test.each([
    ['a forecast without history', {}, 'source.history'],
    ['an archive without a model', { source: { api: 'archive' } }, 'source.models'],
    [
      'a history without a model',
      { source: { history: { ...HISTORY, models: [] } } },
      'source.history.models',
    ],
    ['a day as the server cuts it', { tables: [{ ...DAILY, day: 'as_received' }] }, 'tables[0].day'],
    ['a section that cannot be asked for', { tables: [HOURLY, tableOf('current', 1)] }, 'tables[1].section'],
    ['columns without a range', { tables: [tableOf('hourly', 2)] }, 'tables[0].columns'],
    ['a half-hour zone', { locations: [{ ...BERLIN, timezone: 'Asia/Kolkata' }] }, 'locations[0].timezone'],
    [
      'a zone off the hour in winter only',
      { locations: [{ ...BERLIN, timezone: 'Australia/Lord_Howe' }] },
      'locations[0].timezone',
    ],
    [
      'a run heavier than an hour',
      { locations: locationsOf(3000), source: { history: HISTORY } },
      'source.limits',
    ],
  ])('warns of %s', (_, parts, path) => {
    expect(pathsOf(parts)).toContain(path);
  });

  describe('of regional models', () => {
    const DENVER = { ...BERLIN, id: 'denver', latitude: 39.73, longitude: -104.98 };
    const advised = (models: readonly string[], locations: readonly object[] = [BERLIN, DENVER]) =>
      adviceFor(pipelineOf({ locations, source: { models, history: HISTORY } }));

    test('names the places that lie outside of what the model covers', () => {
      expect(advised(['gfs_seamless', 'icon_d2'])).toEqual([
        {
          path: 'source.models[1]',
          message: expect.stringMatching(
            /^icon_d2 covers latitudes 43.1 to 58.1 .*1 of 2 locations lie outside \(denver\).*max_null_share/,
          ),
        },
      ]);
      expect(advised(['ncep_hrrr_conus'])[0]!.message).toContain('(berlin)');
    });

    test('names a few of many', () => {
      expect(advised(['icon_eu'], locationsOf(30))[0]!.message).toMatch(
        /30 of 30 locations lie outside \((place-\d+, ){5}25 more\)/,
      );
    });

    test('says nothing of places inside, and of models that may cover any place', () => {
      expect(advised(['icon_d2'], [BERLIN])).toEqual([]);
      expect(advised(['gfs_seamless', 'ecmwf_ifs025'])).toEqual([]);
    });

    test('looks at the models of history as well', () => {
      const history = { ...HISTORY, models: ['icon_eu'] };
      const advice = adviceFor(pipelineOf({ locations: [DENVER], source: { history } }));
      expect(advice.map(({ path }) => path)).toContain('source.history.models[0]');
    });
  });

  test('warns of limits that a longer window makes idle, and not of equal ones', () => {
    const advised = (limits: object) => pathsOf({ source: { history: HISTORY, limits } });

    expect(advised({ minute: 600, hour: 600, day: 600 })).toEqual([]);
    expect(advised({ minute: 5_000, hour: 600, day: 10_000 })).toEqual(['source.limits.minute']);
    expect(advised({ minute: 6_000, hour: 5_000, day: 700 })).toEqual([
      'source.limits.minute',
      'source.limits.hour',
    ]);
  });

  test.each([
    ['climate', 'ec_earth3p_hr', /did you mean EC_Earth3P_HR\? Names are compared exactly/],
    ['archive', 'era5_lnd', /did you mean era5_land/],
    ['archive', 'icon_d2', /which forecast, historical-forecast, ensemble has/],
    ['flood', 'wholly_unlike_any', /known are seamless_v4/],
  ])('proposes a known model of the %s API for %s', (api, model, message) => {
    const source = { api, models: [model] };

    expect(adviceFor(pipelineOf({ source })).filter(({ path }) => path === 'source.models')).toEqual([
      { path: 'source.models', message: expect.stringMatching(message) },
    ]);
  });

  test('proposes models of the history too, and has nothing to say to known ones', () => {
    const history = { ...HISTORY, models: ['ERA5'] };

    expect(pathsOf({ source: { history, models: ['ecmwf_ifs', 'gfs_seamless'] } })).toEqual([
      'source.history.models',
    ]);
  });

  test('warns of an elevation that some locations of a request lack, once for each request', () => {
    const [high, low] = [{ ...BERLIN, elevation: 34 }, BERLIN];
    const locations = [high, low, low, high, high, low, low].map((one, index) => ({
      ...one,
      id: `p${index}`,
    }));
    const source = { history: HISTORY, locations_per_request: 3 };

    const advised = adviceFor(pipelineOf({ source, locations }));

    expect(advised).toEqual([
      { path: 'locations[1].elevation', message: expect.stringMatching(/1 of the 3 .*p1 has none.*refused/) },
      { path: 'locations[5].elevation', message: expect.stringMatching(/2 of the 3 .*p5 has none/) },
    ]);
  });

  test.each([
    ['all have one', [{ elevation: 0 }, { elevation: 5 }]],
    ['none has one', [{}, {}]],
  ])('says nothing of elevations where %s', (_, parts) => {
    const locations = parts.map((part, index) => ({ ...BERLIN, id: `p${index}`, ...part }));

    expect(adviceFor(pipelineOf({ source: { history: HISTORY }, locations }))).toEqual([]);
  });

  test('names the variable that a slip may have meant, and leaves names that differ in a number alone', () => {
    const columns = ['temprature_2m', 'temperature_3m', 'temperature_2m'].map((source) => ({
      source,
      unit: '°C',
      range: [-95, 60],
    }));
    const pipeline = pipelineOf({ source: { history: HISTORY }, tables: [{ ...HOURLY, columns }] });

    expect(adviceFor(pipeline)).toEqual([
      {
        path: 'tables[0].columns[0].source',
        message: expect.stringMatching(
          /^temprature_2m is no hourly variable .*, temperature_2m may be meant$/,
        ),
      },
    ]);
  });

  test.each([
    [
      'a unit that a known variable never becomes',
      'temperature_2m',
      'mm',
      /comes in °C, .*; say °C or °F or K$/,
    ],
    ['a unit that nobody knows, of a known variable', 'temperature_2m', 'furlong', /comes in °C/],
    [
      'a unit that nobody knows, of any variable',
      'depth_of_snow',
      'furlong',
      /unless .* depth_of_snow in that/,
    ],
    ['a converted unit', 'temperature_2m', 'K', undefined],
    ['a unit that is not converted and that the source gives', 'weather_code', 'wmo code', undefined],
    ['a unit of other variables, of one that is not known', 'code_of_sky', 'wmo code', undefined],
    ['a known unit, of a variable that is not known', 'depth_of_snow', 'cm', undefined],
  ])('doubts %s where it must', (_, source, unit, message) => {
    const columns = [{ source, unit, range: [0, 1] }];
    const advice = adviceFor(pipelineOf({ source: { history: HISTORY }, tables: [{ ...HOURLY, columns }] }));

    expect(advice).toEqual(
      message === undefined
        ? []
        : [{ path: 'tables[0].columns[0].unit', message: expect.stringMatching(message) }],
    );
  });

  test('leaves half-hour zones alone where an offset is given or days are UTC', () => {
    const kolkata = { ...BERLIN, timezone: 'Asia/Kolkata' };
    const source = { history: HISTORY };

    expect(pathsOf({ source, locations: [{ ...kolkata, utc_offset_hours: 5 }] })).toEqual([]);
    expect(pathsOf({ source, locations: [kolkata], tables: [HOURLY, { ...DAILY, day: 'utc' }] })).toEqual([]);
  });
});
