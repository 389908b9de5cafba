import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { noCounts } from '../../../../core/checks/column-counts';
import { StorageError } from '../../../../core/errors';
import { writeDocument } from '../../../../core/json-document';
import { leaseKey, manifestKey } from '../../../../core/keys/processed-keys';
import type { Manifest } from '../../../../core/manifest/manifest';
import { writeManifest } from '../../../../core/manifest/manifest-store';
import type { Pipeline } from '../../../../core/pipeline/pipeline';
import { lakeStatus } from '../../../../core/status/lake-status';
import type { Day } from '../../../../core/time/day';
import { manifestOf } from '../../../lake/manifest-of';
import { BERLIN, pipelineOf } from '../../../weather/pipeline-of';

/** Berlin's day ends before UTC's, so the 9th is the newest that is over. */
const NOW = Date.UTC(2026, 0, 10, 12);
const PIPELINE = pipelineOf({ locations: [BERLIN] });

async function statusOf(manifests: readonly Manifest[], pipeline: Pipeline = PIPELINE) {
  const processed = new MemoryObjectStore();
  for (const manifest of manifests) await writeManifest(processed, manifest);
  return lakeStatus({ pipeline, processed, now: NOW });
}

describe('lakeStatus', () => {
  test('knows of an empty lake which day is due, and that it is overdue as the watching function counts', async () => {
    const status = await statusOf([]);

    expect(status).toMatchObject({
      pipeline: 'test',
      as_of: '2026-01-10T12:00:00.000Z',
      published: { days: 0, first: null, last: null },
      freshness: { newest_due: '2026-01-09', newest_published: null, days_overdue: 31 },
      gaps: [],
      sizes: { tables: {}, total: { objects: 0, rows: 0, bytes: 0 } },
    });
  });

  test('finds gaps from the first published day to the newest due', async () => {
    const status = await statusOf(['2026-01-02', '2026-01-05', '2026-01-06'].map((date) => manifestOf(date)));

    expect(status.published).toEqual({ days: 3, first: '2026-01-02', last: '2026-01-06' });
    expect(status.gaps).toEqual([
      { from: '2026-01-03', to: '2026-01-04', days: 2 },
      { from: '2026-01-07', to: '2026-01-09', days: 3 },
    ]);
  });

  test.each([
    ['2026-01-09', 0],
    ['2026-01-08', 1],
    ['2025-12-30', 10],
    ['2026-01-10', 0],
  ])('with %s as its newest day a lake is %i days overdue', async (date, overdue) => {
    const status = await statusOf([manifestOf(date)]);

    expect(status.freshness).toMatchObject({ newest_published: date, days_overdue: overdue });
  });

  test('does not take the manifests of a pipeline with a longer name for its own', async () => {
    const status = await statusOf([manifestOf('2026-01-09', { pipeline: 'test-2' })]);

    expect(status.published.days).toBe(0);
  });

  test('says what a partial day lacks', async () => {
    const whole = manifestOf('2026-01-08');
    const report = whole.tables.weather_hourly!;
    const status = await statusOf([
      whole,
      manifestOf('2026-01-09', {
        partial: true,
        tables: {
          weather_hourly: { ...report, rows: { expected: 24, found: 6 } },
          weather_daily: report,
          locations: { ...report, locations: { expected: 1, found: 0, missing: ['berlin'] } },
        },
      }),
    ]);

    expect(status.partial).toEqual([
      {
        date: '2026-01-09',
        tables: [
          { table: 'weather_hourly', rows_expected: 24, rows_found: 6, locations_missing: [] },
          { table: 'locations', rows_expected: 24, rows_found: 24, locations_missing: ['berlin'] },
        ],
      },
    ]);
  });

  test('tells a date between two versions from one that a run merely holds', async () => {
    const processed = new MemoryObjectStore();
    const lease = { run_id: 'r', holder: 'h', expires_at: '2026-01-10T12:01:00.000Z' };
    const write = (day: string, state: string) =>
      processed.put(leaseKey('test', day as Day), writeDocument({ ...lease, state }));
    await write('2026-01-08', 'promoting');
    await write('2026-01-09', 'held');

    const status = await lakeStatus({ pipeline: PIPELINE, processed, now: NOW });

    expect(status.leases).toMatchObject([
      { date: '2026-01-08', republishing: true, run_id: 'r' },
      { date: '2026-01-09', republishing: false, run_id: 'r' },
    ]);
  });

  test('lists the days that the history source would now serve better, and no others', async () => {
    const history = { api: 'archive', models: ['era5'], older_than_days: 5 };
    const pipeline = pipelineOf({ locations: [BERLIN], source: { history } });
    const fromArchive = { source: { api: 'archive' as const, models: ['era5'] } };

    const status = await statusOf(
      [
        manifestOf('2026-01-01', fromArchive),
        manifestOf('2026-01-03'),
        manifestOf('2026-01-04'),
        manifestOf('2026-01-05'),
      ],
      pipeline,
    );

    expect(status.better_from_history).toEqual([{ from: '2026-01-03', to: '2026-01-04', days: 2 }]);
  });

  test('lists simulated days', async () => {
    const status = await statusOf([manifestOf('2026-01-08', { simulated: true }), manifestOf('2026-01-09')]);

    expect(status.simulated).toEqual([{ from: '2026-01-08', to: '2026-01-08', days: 1 }]);
  });

  test('adds up sizes by table, quarantine apart', async () => {
    const quarantine = [
      {
        key: '_quarantine/weather_hourly/date=2026-01-09/test.00000.parquet',
        sha256: 'q',
        bytes: 10,
        rows: 1,
      },
    ];
    const status = await statusOf([manifestOf('2026-01-08'), manifestOf('2026-01-09', { quarantine })]);

    expect(status.sizes).toEqual({
      tables: { weather_hourly: { objects: 2, rows: 48, bytes: 2000 } },
      quarantine: { objects: 1, rows: 1, bytes: 10 },
      total: { objects: 3, rows: 49, bytes: 2010 },
    });
  });

  test('adds up what is missing of a column and names its worst days', async () => {
    const withNulls = (date: string, nulls: number) => {
      const manifest = manifestOf(date);
      const counts = { ...noCounts(), rows: 24, nulls, out_of_range: 1, incomplete_day: 2 };
      return {
        ...manifest,
        tables: {
          weather_hourly: { ...manifest.tables.weather_hourly!, columns: { temperature_2m: counts } },
        },
      };
    };
    const status = await statusOf([
      withNulls('2026-01-05', 0),
      withNulls('2026-01-06', 9),
      withNulls('2026-01-07', 3),
      withNulls('2026-01-08', 21),
      manifestOf('2026-01-09'),
    ]);

    expect(status.quality).toEqual([
      {
        table: 'weather_hourly',
        column: 'temperature_2m',
        rows: 120,
        nulls: 33,
        rejected: 4,
        incomplete_day: 8,
        worst_days: [
          { date: '2026-01-08', missing_share: 1 },
          { date: '2026-01-06', missing_share: 0.5 },
          { date: '2026-01-07', missing_share: 0.25 },
        ],
      },
    ]);
  });

  test('tells a manifest that is none by its day, and goes on with the others', async () => {
    const processed = new MemoryObjectStore();
    await writeManifest(processed, manifestOf('2026-01-08'));
    await processed.put(manifestKey('test', '2026-01-09' as Day), Buffer.from('{"pipeline": 1}'));

    const status = await lakeStatus({ pipeline: PIPELINE, processed, now: NOW });

    expect(status.damaged).toEqual([
      { date: '2026-01-09', reason: expect.stringMatching(/date=2026-01-09.*replay --date 2026-01-09/) },
    ]);
    expect(status).toMatchObject({ published: { days: 2 }, gaps: [], sizes: { total: { objects: 1 } } });
  });

  test('still fails when the store itself does', async () => {
    const processed = new MemoryObjectStore();
    await writeManifest(processed, manifestOf('2026-01-08'));
    jest.spyOn(processed, 'get').mockRejectedValue(new StorageError('S3 did not answer.'));

    await expect(lakeStatus({ pipeline: PIPELINE, processed, now: NOW })).rejects.toThrow('did not answer');
  });
});
