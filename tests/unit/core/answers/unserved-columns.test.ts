import type { LocationAnswer } from '../../../../core/answers/location-answer';
import { readAnswer } from '../../../../core/answers/read-answer';
import { bodyOf, elementOf, hourLabels, ramp } from '../../../weather/body-of';
import { BERLIN, HOURLY, type Json, NEW_YORK, pipelineOf } from '../../../weather/pipeline-of';
import { askedOf, DAY } from './asked-of';
import { refusalOf } from './refusal-of';

const NULLS = Array<null>(24).fill(null);
const ROWS = ramp(24);
const DENVER = { ...NEW_YORK, id: 'denver', latitude: 39.73, longitude: -104.98 };

interface Answered {
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
  readonly units?: Readonly<Record<string, string>>;
}

/** An answer about these places, each with columns of its own. */
function bodyAbout(places: readonly (typeof BERLIN)[], answered: readonly Answered[]): Uint8Array {
  const elements = places.map(({ latitude, longitude }, index) =>
    elementOf({
      time: hourLabels(DAY),
      envelope: { location_id: index + 1, latitude, longitude },
      ...answered[index]!,
    }),
  );
  return bodyOf(elements.length === 1 ? elements[0] : elements);
}

interface Asking {
  readonly models?: readonly string[];
  readonly sources?: readonly string[];
  readonly places?: readonly (typeof BERLIN)[];
  readonly columns?: readonly Json[];
}

function read(answered: readonly Answered[], asking: Asking = {}): LocationAnswer[] {
  const { models = [], sources = ['temperature_2m'], places = [BERLIN, DENVER] } = asking;
  const columns = asking.columns ?? sources.map((source) => ({ source, unit: '°C' }));
  const pipeline = pipelineOf({ locations: places, source: { models }, tables: [{ ...HOURLY, columns }] });
  return readAnswer(bodyAbout(places, answered), askedOf(pipeline, 'hourly'), pipeline);
}

/** Values of a column by location; null for NaN. */
function valuesOf(answers: readonly LocationAnswer[], index = 0): unknown[] {
  return answers.map(({ columns }) => {
    const { data } = columns.get('weather_hourly')![index]!;
    const values = Array.from<number | string | null>(data.values);
    return values.every((value) => value === null || Number.isNaN(value)) ? 'nulls' : values[1];
  });
}

describe('a column of nulls with the unit "undefined"', () => {
  const unserved = { columns: { temperature_2m: NULLS }, units: { temperature_2m: 'undefined' } };
  const served = { columns: { temperature_2m: ROWS } };

  test('is one of nulls where other locations have the variable', () => {
    expect(valuesOf(read([unserved, served]))).toEqual(['nulls', 1]);
    expect(valuesOf(read([served, unserved]))).toEqual([1, 'nulls']);
  });

  test('is one of nulls whatever its type', () => {
    const columns = [
      { source: 'sunrise', type: 'timestamp', unit: 'iso8601' },
      { source: 'note', type: 'string', unit: '' },
      { source: 'weather_code', type: 'int32', unit: 'wmo code' },
    ];
    const nulls = { sunrise: NULLS, note: NULLS, weather_code: NULLS };
    const none = { sunrise: 'undefined', note: 'undefined', weather_code: 'undefined' };
    const some = {
      sunrise: hourLabels(DAY),
      note: Array(24).fill('calm'),
      weather_code: ROWS,
    };
    const units = { sunrise: 'iso8601', note: '', weather_code: 'wmo code' };

    const answers = read(
      [
        { columns: nulls, units: none },
        { columns: some, units },
      ],
      { columns },
    );

    expect([0, 1, 2].map((index) => valuesOf(answers, index)[0])).toEqual(['nulls', 'nulls', 'nulls']);
  });

  test('at every location tells that the API does not have the variable, and names each', () => {
    const both = {
      columns: { temperature_2m: NULLS, rain: NULLS, snow: ROWS },
      units: { temperature_2m: 'undefined', rain: 'undefined' },
    };

    const error = refusalOf(() => read([both, both], { sources: ['snow', 'rain', 'temperature_2m'] }));

    expect(error.message).toMatch(/rain, temperature_2m.*this API does not have the variable at any of 2/);
    expect(error.context).toMatchObject({ section: 'hourly', column: 'rain, temperature_2m' });
  });

  test('at every location names the models, which may cover none of them', () => {
    expect(refusalOf(() => read([unserved, unserved], { models: ['icon_d2'] })).message).toContain(
      'with the model icon_d2 at any of 2 locations',
    );
  });

  test('at the locations of a chunk says nothing of the locations of the others', () => {
    const pipeline = pipelineOf({
      locations: [BERLIN, DENVER],
      source: { locations_per_request: 1 },
      tables: [HOURLY],
    });

    const answers = readAnswer(bodyAbout([BERLIN], [unserved]), askedOf(pipeline, 'hourly'), pipeline);

    expect(valuesOf(answers)).toEqual(['nulls']);
  });

  test('that has a value after all is refused', () => {
    const odd = {
      columns: { temperature_2m: [1, ...NULLS.slice(1)] },
      units: { temperature_2m: 'undefined' },
    };

    expect(refusalOf(() => read([odd, served])).message).toMatch(/does not have the variable, and yet gives/);
  });

  test('is what it says where the pipeline says the same', () => {
    const columns = [{ source: 'temperature_2m', unit: 'undefined' }];

    expect(valuesOf(read([unserved, unserved], { columns }))).toEqual(['nulls', 'nulls']);
  });
});

describe('a column without any value beside times', () => {
  const empty = { columns: { temperature_2m: [] } };

  test('is one of nulls where other locations have values', () => {
    expect(valuesOf(read([{ columns: { temperature_2m: ROWS } }, empty]))).toEqual([1, 'nulls']);
  });

  test('is refused where no location has any', () => {
    expect(refusalOf(() => read([empty, empty])).message).toMatch(
      /temperature_2m.*the column is missing or empty at any of 2 locations/,
    );
  });
});

describe('columns of several models', () => {
  const sources = ['t_icon_d2', 't_gfs_seamless', 't_ecmwf_ifs025'];
  const models = ['icon_d2', 'gfs_seamless', 'ecmwf_ifs025'];
  const all = { columns: { t_icon_d2: ROWS, t_gfs_seamless: ROWS, t_ecmwf_ifs025: ROWS } };

  test('are nulls where the answer has none of a model, and no other is the worse for it', () => {
    const fewer = { columns: { t_gfs_seamless: ROWS, t_ecmwf_ifs025: ROWS } };

    const answers = read([all, fewer], { sources, models });

    expect(valuesOf(answers, 0)).toEqual([1, 'nulls']);
    expect(valuesOf(answers, 1)).toEqual([1, 1]);
    expect(valuesOf(answers, 2)).toEqual([1, 1]);
  });

  test('without suffix are those of the one model that is left at the location', () => {
    const two = { sources: sources.slice(0, 2), models: models.slice(0, 2) };
    const left = { columns: { t: ROWS } };

    const answers = read([{ columns: { t_icon_d2: ROWS, t_gfs_seamless: ROWS } }, left], two);

    expect(valuesOf(answers, 0)).toEqual([1, 'nulls']);
    expect(valuesOf(answers, 1)).toEqual([1, 1]);
  });

  test('without suffix are nobody’s where several models may be left', () => {
    const answers = read([all, { columns: { t: ROWS } }], { sources, models });

    expect([0, 1, 2].map((index) => valuesOf(answers, index)[1])).toEqual(['nulls', 'nulls', 'nulls']);
  });

  test('without suffix are nobody’s where another model has its suffix', () => {
    const odd = { columns: { t: ROWS, t_gfs_seamless: ROWS } };
    const two = { sources: sources.slice(0, 1), models: models.slice(0, 2) };

    expect(valuesOf(read([{ columns: { t_icon_d2: ROWS } }, odd], two))).toEqual([1, 'nulls']);
  });

  test('that no location has are refused by name', () => {
    const fewer = { columns: { t_gfs_seamless: ROWS, t_ecmwf_ifs025: ROWS } };

    expect(refusalOf(() => read([fewer, fewer], { sources, models })).message).toMatch(
      /t_icon_d2.*missing or empty with the models icon_d2, gfs_seamless, ecmwf_ifs025 at any of 2/,
    );
  });

  test('belong to the model with the longest name that fits', () => {
    const names = { sources: ['t_icon_d2'], models: ['d2', 'icon_d2'] };
    const answers = read([{ columns: { t_icon_d2: ROWS } }, { columns: { t_d2: ROWS } }], names);

    expect(valuesOf(answers)).toEqual([1, 'nulls']);
  });

  test('a column that no model explains stays missing', () => {
    expect(
      refusalOf(() =>
        read([{ columns: { t: ROWS } }, { columns: { other: ROWS } }], { sources: ['t'], models }),
      ).message,
    ).toMatch(/the column is missing/);
  });
});
