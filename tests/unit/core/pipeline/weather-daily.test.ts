import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { VARIABLE_CATALOGUE } from '../../../../core/drafting/variable-catalogue';
import { writePipelineFile } from '../../../../core/drafting/write-pipeline-file';
import { pipelineJsonSchema } from '../../../../core/pipeline/json-schema';
import { parsePipeline } from '../../../../core/pipeline/parse-pipeline';

const FOLDER = resolve(__dirname, '../../../../resources/pipelines');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'));

const textOf = (name: string) => readFileSync(resolve(FOLDER, name), 'utf8');

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
}

/** Paths of keys that the schema does not have, and of values that are not among its choices. */
function strangersIn(value: unknown, schema: JsonSchema, path = ''): string[] {
  const choices = schema.anyOf?.map((choice) => strangersIn(value, choice, path)) ?? [];
  if (choices.length > 0) return choices.reduce((best, next) => (next.length < best.length ? next : best));
  if (schema.enum !== undefined) return schema.enum.includes(value) ? [] : [path];
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items === undefined || 'length' in items) return items === undefined ? [path] : [];
    return value.flatMap((element, index) => strangersIn(element, items, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const property = schema.properties?.[key];
    return property === undefined ? [`${path}.${key}`] : strangersIn(member, property, `${path}.${key}`);
  });
}

describe('the pipelines that come with the project', () => {
  it('are written as the schema beside them says, which is what the code defines', () => {
    const committed = textOf('pipeline.schema.json');

    expect(committed).toBe(pipelineJsonSchema());
    expect(FILES).toContain('weather-daily.json');
    for (const name of FILES) {
      const file = JSON.parse(textOf(name));
      expect(file.$schema).toBe('./pipeline.schema.json');
      expect(strangersIn(file, JSON.parse(committed))).toEqual([]);
    }
  });

  it('has a schema that finds a stranger', () => {
    const schema = JSON.parse(pipelineJsonSchema());
    const file = JSON.parse(textOf('weather-daily.json'));
    file.tables[0].columns[0].uint = file.tables[0].columns[0].unit;
    file.source.api = 'forcast';

    expect(strangersIn(file, schema)).toEqual(['.source.api', '.tables[0].columns[0].uint']);
  });

  it.each(FILES)('keeps a column on one line in %s', (name) => {
    expect(writePipelineFile(JSON.parse(textOf(name)))).toBe(textOf(name));
  });
});

describe('weather-daily', () => {
  const pipeline = parsePipeline(JSON.parse(textOf('weather-daily.json')));
  const [hourly, daily] = pipeline.tables;

  it('covers ten places on six continents, with half hours and extremes among their zones', () => {
    const offsets = pipeline.locations.map(({ id, offsetHours }) => [id, offsetHours]);

    expect(Object.fromEntries(offsets)).toEqual({
      auckland: 12,
      berlin: 1,
      cairo: 2,
      honolulu: -10,
      kolkata: 5,
      london: 0,
      nairobi: 3,
      'new-york': -5,
      'sao-paulo': -3,
      tokyo: 9,
    });
  });

  it('has an hourly and a daily table, the daily one of standard-time days', () => {
    expect([hourly?.name, hourly?.section, hourly?.columns.length]).toEqual(['weather_hourly', 'hourly', 12]);
    expect([daily?.name, daily?.section, daily?.day, daily?.columns.length]).toEqual([
      'weather_daily',
      'daily',
      'standard',
      14,
    ]);
  });

  it('says of every column what the catalogue says', () => {
    const columns = pipeline.tables.flatMap(({ section, columns: own }) =>
      own.map(({ source, type, unit, standardName, cellMethod, range }) => ({
        variable: source,
        section,
        type,
        unit,
        ...(standardName !== undefined && { standardName }),
        ...(cellMethod !== undefined && { cellMethod }),
        ...(range !== undefined && { range }),
      })),
    );

    for (const column of columns) {
      const known = VARIABLE_CATALOGUE.find(
        ({ variable, section }) => variable === column.variable && section === column.section,
      );
      expect({ ...column, apis: known?.apis }).toEqual(known);
    }
  });

  it('gives every maximum and minimum a mean as its witness', () => {
    const witnesses = daily?.columns.filter(({ source }) => /_(max|min)$/.test(source));

    expect(witnesses?.map(({ source, witness }) => [source, witness])).toEqual([
      ['temperature_2m_max', 'temperature_2m_mean'],
      ['temperature_2m_min', 'temperature_2m_mean'],
      ['wind_speed_10m_max', 'wind_speed_10m_mean'],
      ['wind_gusts_10m_max', 'wind_gusts_10m_mean'],
    ]);
  });

  it('takes old days from ERA5, in the finest wind unit', () => {
    expect(pipeline.source.history).toEqual({ api: 'archive', models: ['era5'], older_than_days: 90 });
    expect(pipeline.source.units.wind_speed_unit).toBe('ms');
  });
});
