import { ingest } from '../../../core/runs/ingest';
import type { Day } from '../../../core/time/day';
import { startSimulator } from '../../../simulators/open-meteo/simulator';
import { catalogueTables } from '../../../stacks/catalogue/catalogue-columns';
import { VirtualClock } from '../../clock/virtual-clock';
import { smallPipeline } from '../../lake/small-pipeline';
import { NOW, visibleObjects } from '../../lake/test-lake';
import { resourcesOf, synthesizeDeployment } from '../../stacks/synthesize';
import { ParquetReader } from '../parquet/parquet-reader';
import { nextRun, RunLake } from '../runs/run-lake';

/** How Athena and Spark read what DuckDB says lies in a Parquet file. */
const GLUE_TYPE_OF: Readonly<Record<string, string>> = {
  'FLOAT ': 'float',
  'DOUBLE ': 'double',
  'INT32 ': 'int',
  'INT32 DATE': 'date',
  'INT64 TIMESTAMP_MILLIS': 'timestamp',
  'BYTE_ARRAY UTF8': 'string',
};

/** Every type that a column may have, keys included. */
const EXTRA = [
  {
    name: 'weather_hourly',
    section: 'hourly',
    columns: [
      { source: 'temperature_2m', unit: '°C', range: [-95, 60] },
      { source: 'pressure_msl', unit: 'hPa', type: 'float64', max_null_share: 1 },
      { source: 'weather_code', unit: 'wmo code', type: 'int32', standard_name: 'weather_code' },
    ],
  },
  {
    name: 'weather_daily',
    section: 'daily',
    columns: [
      { source: 'precipitation_sum', unit: 'mm', max_null_share: 1 },
      { source: 'sunrise', name: 'Sunrise', unit: 'iso8601', type: 'timestamp', max_null_share: 1 },
    ],
  },
];

const pipeline = smallPipeline({ extra: { tables: EXTRA } });

/** Names and types of the columns of a published file. */
async function columnsOf(reader: ParquetReader, file: Uint8Array) {
  const [, ...columns] = await reader.describe(file, 'schema');
  return columns.map(({ name, type, converted_type }) => {
    const known = `${type} ${converted_type ?? ''}`;
    return [String(name).toLowerCase(), GLUE_TYPE_OF[known] ?? known];
  });
}

describe('the catalogue', () => {
  it('has the columns of the published files, in their order and of their types', async () => {
    const clock = new VirtualClock(NOW);
    const simulator = await startSimulator({ clock: () => clock.now(), limits: false });
    const lake = new RunLake({ sourceUrl: simulator.url, clock });
    const reader = await ParquetReader.open();

    const report = await ingest(lake.parts(pipeline), nextRun(), ['2026-11-17' as Day]);
    const files = await visibleObjects(lake.processed);
    const published = new Map<string, unknown>();
    for (const [key, file] of files) published.set(key.split('/')[0]!, await columnsOf(reader, file));
    await reader.close();
    await simulator.close();

    expect(report.dates).toMatchObject([{ outcome: 'published' }]);
    expect([...published.keys()].sort()).toEqual(['locations', 'weather_daily', 'weather_hourly']);
    for (const { name, columns } of catalogueTables(pipeline))
      expect([name, columns.map((column) => [column.name, column.type])]).toEqual([
        name,
        published.get(name),
      ]);
  });

  it('says of each column its unit and its name in the CF conventions', () => {
    const [hourly] = catalogueTables(pipeline);

    expect(Object.fromEntries(hourly!.columns.map(({ name, comment }) => [name, comment]))).toEqual({
      location_id: "the pipeline's own name of the location, as in locations",
      time: 'an instant in UTC, CF name: time',
      temperature_2m: 'unit: °C',
      pressure_msl: 'unit: hPa',
      weather_code: 'unit: wmo code, CF name: weather_code',
    });
  });

  it('computes partitions from the date, in the very folders that are written', () => {
    const { lake } = synthesizeDeployment({ pipeline });

    for (const table of resourcesOf(lake, 'aws_glue_catalog_table')) {
      expect(table.partition_keys).toEqual([expect.objectContaining({ name: 'date', type: 'date' })]);
      expect(table.parameters).toMatchObject({
        'projection.enabled': 'true',
        'projection.date.type': 'date',
        'projection.date.format': 'yyyy-MM-dd',
        'storage.location.template': expect.stringMatching(
          new RegExp(`/${table.name}/date=\\$\\$\\{date\\}/$`),
        ),
      });
    }
  });

  it.each([
    ['forecast', 'NOW'],
    ['climate', '2050-12-31'],
  ])('ends the partitions of the %s API with the last day that may be published: %s', (api, last) => {
    const daily = { name: 'weather_daily', section: 'daily', columns: EXTRA[1]!.columns };

    const { lake } = synthesizeDeployment({
      pipeline: smallPipeline({ extra: { source: { api, plan: 'free' }, tables: [daily] } }),
    });

    const ranges = resourcesOf(lake, 'aws_glue_catalog_table').map(
      ({ parameters }) => (parameters as Record<string, string>)['projection.date.range'],
    );
    expect(ranges).toEqual([`1940-01-01,${last}`, `1940-01-01,${last}`]);
  });
});
