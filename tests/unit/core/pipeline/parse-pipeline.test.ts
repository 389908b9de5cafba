import { ConfigError, type ConfigProblem } from '../../../../core/errors';
import { PIPELINE_DEFAULTS } from '../../../../core/pipeline/defaults';
import { parseDeployedPipeline, parsePipeline } from '../../../../core/pipeline/parse-pipeline';
import { location, pipelineFile, withValue } from './pipeline-file';

function problemsOf(json: unknown): readonly ConfigProblem[] {
  try {
    parsePipeline(json);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('parsePipeline', () => {
  it('takes a file without a mistake', () => {
    expect(problemsOf(pipelineFile())).toEqual([]);
  });

  it('fills in every default', () => {
    const { source, window, tables, recorded } = parsePipeline(pipelineFile());

    expect(source).toEqual({
      api: 'forecast',
      models: [],
      units: { wind_speed_unit: PIPELINE_DEFAULTS.windSpeedUnit },
      plan: 'free',
      locations_per_request: PIPELINE_DEFAULTS.locationsPerRequest,
      max_weight_per_request: PIPELINE_DEFAULTS.maxWeightPerRequest,
      tolerated_failed_share: 0,
      concurrency: 1,
      limits: PIPELINE_DEFAULTS.limits,
      windows: PIPELINE_DEFAULTS.windows,
      timeout_seconds: PIPELINE_DEFAULTS.timeoutSeconds,
      max_body_bytes: PIPELINE_DEFAULTS.maxBodyBytes,
      retry_for_seconds: PIPELINE_DEFAULTS.retryForSeconds,
      backfill_retry_for_seconds: PIPELINE_DEFAULTS.backfillRetryForSeconds,
    });
    expect(window).toEqual({ lag_days: 0, look_back_days: PIPELINE_DEFAULTS.lookBackDays });
    expect(tables[1]?.day).toBe('standard');
    expect(tables[0]?.columns[0]).toEqual({
      source: 'temperature_2m',
      variable: 'temperature_2m',
      name: 'temperature_2m',
      type: 'float32',
      unit: '°C',
      maxNullShare: PIPELINE_DEFAULTS.maxNullShare,
      maxRejectedShare: PIPELINE_DEFAULTS.maxRejectedShare,
    });
    expect(recorded).toEqual({});
  });

  it('numbers the locations and gives each the hours of its standard time', () => {
    const file = pipelineFile();
    file.locations = [
      { ...location('kolkata'), timezone: 'Asia/Kolkata' },
      { ...location('new-york'), timezone: 'America/New_York' },
      { ...location('ship'), timezone: 'Europe/Berlin', utc_offset_hours: -3 },
    ];

    const { locations } = parsePipeline(file);

    expect(locations.map(({ id, number, offsetHours }) => [id, number, offsetHours])).toEqual([
      ['kolkata', 1, 5],
      ['new-york', 2, -5],
      ['ship', 3, -3],
    ]);
  });

  it('keeps the names of a column apart from the variable that is asked for', () => {
    const file = withValue(pipelineFile(), 'source.models', ['era5', 'era5_land']);
    file.tables[0]!.columns = [{ source: 'temperature_2m_era5_land', name: 'land', unit: '°C' }];

    const [column] = parsePipeline(file).tables[0]!.columns;

    expect(column).toMatchObject({
      source: 'temperature_2m_era5_land',
      variable: 'temperature_2m',
      name: 'land',
    });
  });

  const column = 'tables[0].columns[0]';
  const extreme = 'tables[1].columns[0]';

  it.each<[string, unknown, RegExp]>([
    ['name', undefined, /must be a text, and is missing: Name of the pipeline/],
    ['name', 'Weather Daily', /1 to 64 lower-case letters, digits or -/],
    ['name', 'config', /the folder of the deployed pipelines.*choose another/],
    ['schema_version', 0, /at least 1/],
    ['schema_version', 1.5, /a whole number/],
    ['earliest_day', '2020-02-30', /a day of the calendar, YYYY-MM-DD/],
    ['earliest_day', '01.01.2020', /a day of the calendar, YYYY-MM-DD/],
    ['tabels', [], /no such key here; did you mean tables\?/],
    ['anything', 1, /no such key here; known are \$schema, name, /],
    ['tables', [], /at least 1 entry/],
    ['locations', [], /at least 1 entry/],
    ['locations', { csv: 'cities.csv' }, /must be a list/],
    ['locations[1].id', 'Berlin', /already used by locations\[0\]\.id; choose another/],
    ['locations[0].id', 'são-paulo', /1 to 64 letters, digits, - or _/],
    ['locations[0].name', '', /must not be empty/],
    ['locations[0].latitude', 90.1, /at most 90/],
    ['locations[0].latitude', '52.5', /must be a number/],
    ['locations[0].longitude', -180.5, /at least -180/],
    ['locations[0].timezone', 'Europe/Atlantis', /IANA time zone name, for example Europe\/Berlin/],
    ['locations[0].timezone', '+05:30', /IANA time zone name/],
    ['locations[0].elevation', 9001, /at most 9000/],
    ['locations[0].utc_offset_hours', 5.5, /a whole number/],
    ['locations[0].utc_offset_hours', 15, /at most 14/],
    ['window.look_back_days', 14, /at most 13/],
    ['window.lag_days', -1, /at least 0/],
    ['source.api', 'forcast', /one of forecast, archive/],
    ['source.models', ['era-5'], /letters, digits and _ only/],
    ['source.locations_per_request', 1001, /at most 1000/],
    ['source.locations_per_request', 0, /at least 1/],
    ['source.max_weight_per_request', 601, /above the smallest limit \(600\)/],
    ['source.max_weight_per_request', 0, /more than 0/],
    ['source.concurrency', 2, /the free plan serves one request at a time; use 1/],
    ['source.tolerated_failed_share', 1.1, /at most 1/],
    ['source.history', { api: 'archive', older_than_days: 94 }, /no day older than 93 days; use 93 or less/],
    ['source.plan', 'paid', /one of free, keyed/],
    ['source.units', { wind_speed_unit: 'knots' }, /one of kmh, ms, mph, kn/],
    ['source.timeout_seconds', 0, /more than 0/],
    ['source.timeout_seconds', 601, /would hold its share of the quota for as long; use 600 or less/],
    [
      'source.windows',
      { ...PIPELINE_DEFAULTS.windows, minute_seconds: 7_200 },
      /^is shorter than minute_seconds \(7200\); windows go/,
    ],
    [
      'source.windows',
      { ...PIPELINE_DEFAULTS.windows, day_seconds: 60 },
      /^is shorter than hour_seconds \(3600\); windows go/,
    ],
    ['source.windows', { ...PIPELINE_DEFAULTS.windows, margin_seconds: 30 }, /less than half of that/],
    ['tables[0].name', 'Hours', /lower-case letters, digits and _ only/],
    ['tables[0].name', '_manifests', /lower-case letters, digits and _ only/],
    ['tables[0].name', 'hours-quarantine', /lower-case letters, digits and _ only/],
    ['tables[0].name', 'h'.repeat(256), /must have at most 255 characters/],
    ['tables[0].name', 'quarantine_weather', /begin with quarantine_ .*choose another/],
    ['tables[0].name', 'locations', /written by every pipeline; choose another name/],
    ['tables[1].name', 'hours', /already used by tables\[0\]\.name/],
    ['tables[0].section', 'hurly', /one of current, current_weather, minutely_15, hourly, daily/],
    ['tables[0].day', 'utc', /cut at UTC midnight; remove the key/],
    ['tables[0].columns', [], /at least 1 entry/],
    [`${column}.source`, 'temperature-2m', /letters, digits and _ only/],
    [`${column}.source`, 't'.repeat(256), /must have at most 255 characters/],
    [`${column}.name`, 't'.repeat(256), /must have at most 255 characters/],
    [`${column}.name`, 'temperature 2m', /letters, digits and _ only/],
    [`${column}.unit`, undefined, /must be a text, and is missing: Unit of the column/],
    [`${column}.type`, 'float', /one of float32, float64, int32, timestamp, string/],
    [`${column}.name`, 'time', /written by the project itself; choose another name/],
    [`${column}.name`, 'Location_ID', /written by the project itself/],
    ['tables[1].columns[2].name', 'temperature_2m_MAX', /already used by tables\[1\]\.columns\[0\]\.name/],
    [`${column}.standard_name`, 'Air Temperature', /lower-case letters, digits and _ only/],
    [`${column}.range`, [1], /at least 2 entries/],
    [`${column}.range`, [60, -95], /the lower end is above the upper one; swap them/],
    ['tables[1].columns[2].range', [0, 1], /a timestamp column has no range; remove the key/],
    ['tables[1].columns[2].unit', 'unixtime', /a timestamp column has the unit "iso8601"/],
    ['tables[1].columns[2].witness', 'temperature_2m_mean', /a timestamp column has no witness/],
    [`${column}.max_null_share`, 2, /at most 1/],
    [`${column}.witness`, 'temperature_2m', /rows of the section hourly cover no day; remove the key/],
    [`${extreme}.witness`, undefined, /is missing: a daily maximum or minimum looks valid/],
    [`${extreme}.witness`, 'temperature_2m', /no other column of the table has this name/],
    [`${extreme}.witness`, 'temperature_2m_max', /no other column of the table has this name/],
    [`${extreme}.witness`, 'sunrise', /this column is a timestamp/],
    ['tables[1].columns[1].witness', 'temperature_2m_max', /tells no more than the value itself/],
    ['recorded.location', 'bern', /no location of the pipeline has this id/],
    ['recorded.section', 'weekly', /no table is read from this section/],
    ['recorded.units', { tempreature_2m: '°C' }, /no column has this source variable/],
    ['recorded.utc_offset_seconds', 50_401, /at most 50400/],
  ])('refuses %s = %j, and says why', (path, value, message) => {
    const problems = problemsOf(withValue(pipelineFile(), path, value));

    expect(problems.map((problem) => problem.message).join('\n')).toMatch(message);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.path.startsWith(path)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['name', 'config-2'],
    ['tables[0].name', 'h'.repeat(255)],
    [`${column}.name`, 't'.repeat(255)],
    ['source.timeout_seconds', 600],
    ['source.windows', { minute_seconds: 60, hour_seconds: 60, day_seconds: 60, margin_seconds: 5 }],
  ])('takes %s = %j', (path, value) => {
    expect(problemsOf(withValue(pipelineFile(), path, value))).toEqual([]);
  });

  it('says what was received, cut when it is long', () => {
    const [short] = problemsOf(withValue(pipelineFile(), 'locations[0].latitude', 91));
    const [long] = problemsOf(withValue(pipelineFile(), 'name', 'X'.repeat(500)));

    expect(short?.received).toBe('91');
    expect(long?.received).toMatch(/^"X{79}…$/);
  });

  it('asks for a model where the ensemble API is asked, now or for history', () => {
    const file = withValue(pipelineFile(), 'source', {
      api: 'ensemble',
      history: { api: 'ensemble', older_than_days: 10 },
    });

    expect(problemsOf(file).map(({ path }) => path)).toEqual(['source.models', 'source.history.models']);
  });

  it('takes one model of the air-quality API, which has no answer of several', () => {
    const airQuality = (models: string[]) => {
      const file = withValue(pipelineFile(), 'source', { api: 'air-quality', models });
      file.tables = [
        { name: 'air', section: 'hourly', columns: [{ source: 'pm10', unit: 'μg/m³', range: [0, 1] }] },
      ];
      return file;
    };

    expect(parsePipeline(airQuality(['cams_europe'])).source.models).toEqual(['cams_europe']);
    expect(problemsOf(airQuality(['cams_europe', 'cams_global']))).toEqual([
      {
        path: 'source.models',
        message: expect.stringContaining('takes one model at a time'),
        received: '["cams_europe","cams_global"]',
      },
    ]);
  });

  it('keeps the names of models as they are written, capitals too', () => {
    const models = ['EC_Earth3P_HR', 'MRI_AGCM3_2_S'];
    const file = withValue(pipelineFile(), 'source', { api: 'climate', models });
    file.tables = [
      {
        name: 'days',
        section: 'daily',
        columns: [
          { source: 'temperature_2m_max_EC_Earth3P_HR', unit: '°C', witness: null },
          { source: 'temperature_2m_max_MRI_AGCM3_2_S', unit: '°C', witness: null },
        ],
      },
    ];
    const { source, tables } = parsePipeline(file);

    expect(source.models).toEqual(models);
    expect(tables[0]?.columns.map(({ variable }) => variable)).toEqual([
      'temperature_2m_max',
      'temperature_2m_max',
    ]);
  });

  it.each([
    ['temperature_2m_max_MRI_AGCM3_2_S', 'climate', [], /ends in MRI_AGCM3_2_S, a model of the climate API/],
    ['temperature_2m_max_MRI_AGCM3_2_S', 'climate', ['EC_Earth3P_HR'], /add it to source\.models .*--models/],
    ['temperature_2m_max_era5_land', 'archive', ['era5'], /ends in era5_land, a model of the archive API/],
    ['temperature_2m_max_member01_gfs05', 'ensemble', ['icon_d2'], /ends in gfs05/],
  ])('refuses %s where the %s API is asked for %j', (column, api, models, message) => {
    const file = withValue(pipelineFile(), 'source', { api, models });
    file.tables = [
      { name: 'days', section: 'daily', columns: [{ source: column, unit: '°C', witness: null }] },
    ];

    expect(problemsOf(file)).toEqual([
      {
        path: 'tables[0].columns[0].source',
        message: expect.stringMatching(message),
        received: JSON.stringify(column),
      },
    ]);
  });

  it('takes an ending that is a model of the history', () => {
    const history = { api: 'archive', models: ['era5', 'era5_land'], older_than_days: 10 };
    const file = withValue(pipelineFile(), 'source', { history });
    file.tables = [
      { name: 'hours', section: 'hourly', columns: [{ source: 'temperature_2m_era5_land', unit: '°C' }] },
    ];

    expect(problemsOf(file)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, (number | undefined)[], [string, RegExp][]]>([
    ['each hour where nothing is said', { api: 'forecast' }, [undefined], []],
    ['a step of the seasonal API', { api: 'seasonal' }, [6], []],
    ['one of the seasonal API that is asked for', { api: 'seasonal' }, [1], []],
    ['what no API gives', { api: 'seasonal' }, [2], [['tables[0].step_hours', /must be one of 1, 3, 6/]]],
    [
      'a step of another API',
      { api: 'archive' },
      [6],
      [['tables[0].step_hours', /the archive API gives each hour/]],
    ],
    [
      'the step of the seasonal API before a history of each hour',
      { api: 'seasonal', history: { api: 'archive', older_than_days: 9 } },
      [undefined],
      [['tables[0].step_hours', /the archive API gives each hour and no other step; use 1/]],
    ],
    [
      'two steps of one section',
      { api: 'seasonal' },
      [6, 1],
      [['tables[1].step_hours', /tables\[0\] says 6; one request serves both/]],
    ],
  ])('takes or refuses %s', (_, source, steps, expected) => {
    const file = withValue(pipelineFile(), 'source', source);
    file.tables = steps.map((step, index) => ({
      name: `hours_${index}`,
      section: 'hourly',
      ...(step !== undefined && { step_hours: step }),
      columns: [{ source: 'temperature_2m', unit: '°C' }],
    }));

    expect(problemsOf(file).map(({ path, message }) => [path, message])).toEqual(
      expected.map(([path, message]) => [path, expect.stringMatching(message)]),
    );
  });

  it('knows the seconds from row to row of each section', () => {
    const file = withValue(pipelineFile(), 'source', { api: 'seasonal' });
    const { tables } = parsePipeline(file);

    expect(tables.map(({ stepSeconds }) => stepSeconds)).toEqual([21_600, 86_400]);
    expect(problemsOf(withValue(file, 'tables[1].step_hours', 6))).toEqual([
      {
        path: 'tables[1].step_hours',
        message: expect.stringContaining('rows of the section daily have a step of their own'),
        received: '6',
      },
    ]);
  });

  it('wants tables of one daily section to agree on the day', () => {
    const file = pipelineFile();
    file.tables.push({
      name: 'utc_days',
      section: 'daily',
      day: 'utc',
      columns: [{ source: 'rain_sum', unit: 'mm' }],
    });

    expect(problemsOf(file)).toEqual([
      {
        path: 'tables[2].day',
        message: expect.stringContaining('another table of the section daily says "standard"'),
        received: '"utc"',
      },
    ]);
  });

  it('needs no witness where the day is whatever was received', () => {
    const file = withValue(pipelineFile(), 'tables[1].day', 'as_received');

    expect(problemsOf(withValue(file, `${extreme}.witness`, undefined))).toEqual([]);
  });

  it('takes null for: there is no witness', () => {
    expect(problemsOf(withValue(pipelineFile(), `${extreme}.witness`, null))).toEqual([]);
  });

  it('refuses chunks that weigh too much, and says how many locations fit', () => {
    const file = pipelineFile();
    file.locations = Array.from({ length: 100 }, (_, index) => location(`place-${index}`));
    file.tables[0]!.columns = Array.from({ length: 70 }, (_, index) => ({ source: `v${index}`, unit: '' }));

    const [problem, ...others] = problemsOf(file);

    expect(others).toEqual([]);
    expect(problem?.path).toBe('source.locations_per_request');
    expect(problem?.message).toMatch(/100 locations in the section hourly weighs 700.*use 85 or less/);
    expect(problemsOf(withValue(file, 'source.locations_per_request', 85))).toEqual([]);
  });

  it('says so when not even one location is light enough', () => {
    const file = withValue(pipelineFile(), 'source.max_weight_per_request', 0.5);

    expect(problemsOf(file).map(({ message }) => message)).toEqual([
      expect.stringContaining('raise that, or spread the columns'),
      expect.stringContaining('raise that, or spread the columns'),
    ]);
  });

  it('counts every model, and members as one variable', () => {
    const file = pipelineFile();
    file.locations = Array.from({ length: 100 }, (_, index) => location(`place-${index}`));
    file.tables[0]!.columns = Array.from({ length: 70 }, (_, index) => ({
      source: `temperature_2m_member${index}`,
      unit: '°C',
    }));

    expect(problemsOf(file)).toEqual([]);
    const models = Array.from({ length: 61 }, (_, index) => `model_${index}`);
    expect(problemsOf(withValue(file, 'source.models', models))[0]?.message).toMatch(/weighs 610/);
    const history = { api: 'archive', models, older_than_days: 90 };
    expect(problemsOf(withValue(file, 'source', { history }))[0]?.message).toMatch(/weighs 610/);
  });

  it('reports the mistakes of all parts at once, whatever else is wrong beside them', () => {
    const file = pipelineFile();
    file.schema_version = 'one';
    file.source = { concurrency: 4, plan: 'free', timeout_seconds: 'long' };
    file.locations = [{ ...location('a'), latitude: 100 }, location('a')];
    file.tables[0]!.columns.push({ source: 'x', unit: 5, range: [2, 1] });
    file.tables[1]!.name = 'locations';
    file.tables[1]!.section = 'dialy';

    expect(
      problemsOf(file)
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      'locations[0].latitude',
      'locations[1].id',
      'schema_version',
      'source.concurrency',
      'source.timeout_seconds',
      'tables[0].columns[1].range',
      'tables[0].columns[1].unit',
      'tables[1].name',
      'tables[1].section',
    ]);
  });

  it.each([null, 3, 'text', []])('refuses %j, which is no object', (json) => {
    expect(problemsOf(json)[0]).toMatchObject({ path: '', message: 'must be an object' });
  });

  it('does not doubt a witness or a reference while the name it may mean is not well formed', () => {
    const witness = withValue(pipelineFile(), 'tables[1].columns[1].source', 'temperature 2m mean');
    const reference = withValue(
      withValue(pipelineFile(), 'locations[1].id', 'p ris'),
      'recorded.location',
      'bern',
    );

    expect(problemsOf(witness).map(({ path }) => path)).toEqual(['tables[1].columns[1].source']);
    expect(problemsOf(reference).map(({ path }) => path)).toEqual(['locations[1].id']);
  });

  it('lists every problem in the message, below what is wrong', () => {
    const file = withValue(withValue(pipelineFile(), 'name', ''), 'schema_version', -1);

    expect(() => parsePipeline(file, 'The file x.json has mistakes:')).toThrow(
      /^The file x\.json has mistakes:\n {2}- name: .*\(received ""\)\n {2}- schema_version: .*\(received -1\)$/,
    );
  });
});

describe('parseDeployedPipeline', () => {
  const SUBJECT = 'The deployed pipeline has mistakes:';

  test('takes the offsets as they were looked up, and looks at no zone', () => {
    const file = pipelineFile();
    const locations = (file.locations as object[]).map((location) => ({
      ...location,
      timezone: 'Europe/Atlantis',
      utc_offset_hours: -3,
    }));

    const pipeline = parseDeployedPipeline({ ...file, locations }, SUBJECT);

    expect(pipeline.locations.map(({ offsetHours }) => offsetHours)).toEqual(locations.map(() => -3));
  });

  test('refuses a location without its offset, and says the way out', () => {
    expect(() => parseDeployedPipeline(pipelineFile(), SUBJECT)).toThrow(
      /locations\[0\]\.utc_offset_hours: is missing; deploy the pipeline again/,
    );
  });
});
