import { isObjectKey } from '../../../../core/keys/object-key';
import { partitionDay, partitionFolder } from '../../../../core/keys/partition';
import {
  countsKey,
  dayOfDocument,
  leaseKey,
  leasePrefix,
  manifestKey,
  manifestPrefix,
  pipelineOfObject,
  quarantineKey,
  quarantinePartitionPrefix,
  quotaKey,
  runStagingPrefix,
  stagedKey,
  stagingPrefix,
  tableKey,
  tablePartitionPrefix,
} from '../../../../core/keys/processed-keys';
import type { Day } from '../../../../core/time/day';

const DAY = '2026-03-10' as Day;
const PART = { pipeline: 'weather-daily', table: 'weather_hourly', day: DAY, chunk: 7 };
const RUN = '20260311T050000Z-1a2b';

describe('keys of the processed bucket', () => {
  test.each([
    [tableKey(PART), 'weather_hourly/date=2026-03-10/weather-daily.00007.parquet'],
    [quarantineKey(PART), '_quarantine/weather_hourly/date=2026-03-10/weather-daily.00007.parquet'],
    [manifestKey('weather-daily', DAY), '_manifests/weather-daily/date=2026-03-10.json'],
    [leaseKey('weather-daily', DAY), '_leases/weather-daily/date=2026-03-10.json'],
    [quotaKey({ host: 'api.open-meteo.com', plan: 'free' }), '_quota/api.open-meteo.com.free.json'],
    [quotaKey({ host: '[::1]:8080', plan: 'keyed' }), '_quota/___1__8080.keyed.json'],
    [
      stagedKey('weather-daily', RUN, tableKey(PART)),
      `_staging/weather-daily/${RUN}/weather_hourly/date=2026-03-10/weather-daily.00007.parquet`,
    ],
    [
      countsKey(RUN, PART),
      `_staging/weather-daily/${RUN}/weather_hourly/date=2026-03-10/weather-daily.00007.json`,
    ],
  ])('%s is as promised', (key, promised) => {
    expect(key).toBe(promised);
    expect(isObjectKey(key)).toBe(true);
  });

  test('lie under their prefixes', () => {
    expect(tableKey(PART)).toMatch(new RegExp(`^${tablePartitionPrefix(PART.table, DAY)}[^/]+$`));
    expect(quarantineKey(PART)).toMatch(new RegExp(`^${quarantinePartitionPrefix(PART.table, DAY)}[^/]+$`));
    expect(manifestKey('a', DAY).startsWith(manifestPrefix('a'))).toBe(true);
    expect(leaseKey('a', DAY).startsWith(leasePrefix('a'))).toBe(true);
    expect(countsKey(RUN, PART).startsWith(runStagingPrefix('weather-daily', RUN))).toBe(true);
    expect(runStagingPrefix('a', RUN).startsWith(stagingPrefix('a'))).toBe(true);
  });

  test('a prefix of one pipeline or run holds nothing of another whose name begins like it', () => {
    expect(manifestKey('weather-daily', DAY).startsWith(manifestPrefix('weather'))).toBe(false);
    expect(leaseKey('weather-daily', DAY).startsWith(leasePrefix('weather'))).toBe(false);
    expect(stagingPrefix('weather-daily').startsWith(stagingPrefix('weather'))).toBe(false);
    expect(runStagingPrefix('a', 'run-10').startsWith(runStagingPrefix('a', 'run-1'))).toBe(false);
    const longer = tableKey({ ...PART, table: 'weather_hourly_2' });
    expect(longer.startsWith(tablePartitionPrefix('weather_hourly', DAY))).toBe(false);
  });
});

describe('pipelineOfObject', () => {
  test.each(['weather', 'weather-daily', 'weather-daily-2', '0', '-', 'a-00001'])(
    'finds %s again, by the whole name',
    (pipeline) => {
      expect(pipelineOfObject(tableKey({ ...PART, pipeline }))).toBe(pipeline);
      expect(pipelineOfObject(quarantineKey({ ...PART, pipeline, chunk: 99_999 }))).toBe(pipeline);
    },
  );

  test.each([
    'weather_hourly/date=2026-03-10/weather-daily.00007.json',
    'weather_hourly/date=2026-03-10/weather-daily.7.parquet',
    'weather_hourly/date=2026-03-10/weather-daily.00007.parquet.tmp',
    'weather_hourly/date=2026-03-10/weather.daily.00007.parquet',
    'weather_hourly/date=2026-03-10/Weather.00007.parquet',
    'weather_hourly/date=2026-03-10/part-0.parquet',
    'weather_hourly/date=2026-03-10/',
    '',
  ])("takes %j for a stranger's", (key) => {
    expect(pipelineOfObject(key)).toBeUndefined();
  });
});

describe('days in keys', () => {
  test.each(['2026-03-10', '2024-02-29', '1940-01-01'] as Day[])('%s is found again', (day) => {
    expect(dayOfDocument(manifestKey('weather-daily', day))).toBe(day);
    expect(dayOfDocument(leaseKey('weather-daily', day))).toBe(day);
    expect(partitionDay(partitionFolder(day))).toBe(day);
  });

  test.each([
    '_manifests/a/date=2026-02-30.json',
    '_manifests/a/date=2026-03-10.json.tmp',
    '_manifests/a/date=2026-03-10',
    '_manifests/a/2026-03-10.json',
    '_manifests/a/update=2026-03-10.json',
  ])('%s has none', (key) => {
    expect(dayOfDocument(key)).toBeUndefined();
  });

  test.each(['date=2026-02-30', 'date=', 'day=2026-03-10', '2026-03-10', 'date=2026-03-10/'])(
    'the folder %s is no partition',
    (folder) => {
      expect(partitionDay(folder)).toBeUndefined();
    },
  );
});
