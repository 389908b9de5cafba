import fc from 'fast-check';
import { parsePipeline } from '../../../../core/pipeline/parse-pipeline';
import { planReport } from '../../../../core/planning/plan-report';
import { type DayRun, planRequests } from '../../../../core/planning/requests';
import { addDays, type Day } from '../../../../core/time/day';
import { location, pipelineFile } from '../pipeline/pipeline-file';

const FORECAST = { api: 'forecast', models: [] } as const;
const ERA5 = { api: 'archive', models: ['era5'] } as const;
const FIRST = '2024-02-27' as Day;

function pipelineOf(locations: number, chunk = 100) {
  const file = pipelineFile();
  file.source = { locations_per_request: chunk };
  file.locations = Array.from({ length: locations }, (_, index) => location(`place-${index}`));
  return parsePipeline(file);
}

describe('planReport', () => {
  it('says what one run costs and gives', () => {
    const report = planReport(pipelineOf(250), [{ from: FIRST, to: addDays(FIRST, 2), source: FORECAST }]);

    expect(report.pipeline).toBe('small');
    expect(report.runs).toHaveLength(1);
    expect(report.runs[0]).toMatchObject({
      from: '2024-02-27',
      to: '2024-02-29',
      source: { api: 'forecast', models: [] },
      days: 3,
      requests: 6,
      locations: 250,
      weight: { total: 500, heaviest: 100 },
      quota_share: { minute: 500 / 600, hour: 0.1, day: 0.05 },
      shortest_seconds: 0,
      rows: { hours: 250 * 72, days: 750, locations: 750 },
    });
  });

  it('adds the runs up, and their requests wait for one another', () => {
    const run = { from: FIRST, to: FIRST, source: FORECAST };
    const { runs, total } = planReport(pipelineOf(250), [run, { ...run, source: ERA5 }]);

    expect(runs.map(({ shortest_seconds }) => shortest_seconds)).toEqual([0, 0]);
    expect(total).toMatchObject({
      days: 2,
      requests: 12,
      locations: 250,
      weight: { total: 1000, heaviest: 100 },
      shortest_seconds: 65,
      rows: { hours: 12_000, days: 500, locations: 500 },
      bytes: {
        raw_gzip: runs[0]!.bytes.raw_gzip + runs[1]!.bytes.raw_gzip,
        parquet: runs[0]!.bytes.parquet + runs[1]!.bytes.parquet,
      },
    });
  });

  it('estimates more bytes for more days, locations and chunks', () => {
    const bytes = (locations: number, chunk: number, days: number) =>
      planReport(pipelineOf(locations, chunk), [
        { from: FIRST, to: addDays(FIRST, days - 1), source: FORECAST },
      ]).total.bytes;

    expect(bytes(20, 100, 1).raw_gzip).toBe(2 * bytes(10, 100, 1).raw_gzip);
    expect(bytes(10, 100, 2).parquet).toBe(2 * bytes(10, 100, 1).parquet);
    expect(bytes(10, 1, 1).parquet).toBeGreaterThan(bytes(10, 100, 1).parquet);
    expect(bytes(10, 1, 1).raw_gzip).toBe(bytes(10, 100, 1).raw_gzip);
  });

  it('leaves out what no request is made for', () => {
    const file = pipelineFile();
    file.tables = [{ name: 'now', section: 'current', columns: [{ source: 'temperature_2m', unit: '°C' }] }];

    const { total } = planReport(parsePipeline(file), [{ from: FIRST, to: FIRST, source: FORECAST }]);

    expect(total).toMatchObject({
      requests: 0,
      weight: { total: 0, heaviest: 0 },
      shortest_seconds: 0,
      rows: {},
      bytes: { raw_gzip: 0, parquet: 0 },
    });
  });

  it('gives a report without runs', () => {
    expect(planReport(pipelineOf(1), []).total).toMatchObject({ days: 0, requests: 0, rows: {} });
  });

  it('counts as many requests, of the same weight, as are planned', () => {
    const runs = fc.array(
      fc.record({ start: fc.nat(900), days: fc.integer({ min: 1, max: 400 }), isOld: fc.boolean() }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 15 }),
        runs,
        (locations, chunk, spans) => {
          const pipeline = pipelineOf(locations, chunk);
          const dayRuns: DayRun[] = spans.map(({ start, days, isOld }) => ({
            from: addDays(FIRST, start),
            to: addDays(FIRST, start + days - 1),
            source: isOld ? ERA5 : FORECAST,
          }));
          const requests = dayRuns.flatMap((run) => planRequests(pipeline, run));

          const { total } = planReport(pipeline, dayRuns);

          expect(total.requests).toBe(requests.length);
          expect(total.weight.total).toBeCloseTo(requests.reduce((sum, { weight }) => sum + weight, 0));
          expect(total.weight.heaviest).toBe(Math.max(0, ...requests.map(({ weight }) => weight)));
        },
      ),
    );
  });
});

describe('planReport of an ensemble', () => {
  const VARIABLES = 12;
  const ENSEMBLE = { api: 'ensemble', models: ['ecmwf_ifs025'] } as const;

  function ensemblePipeline(places: number, source: Record<string, unknown> = {}) {
    const file = pipelineFile();
    file.source = { ...ENSEMBLE, ...source };
    file.locations = Array.from({ length: places }, (_, index) => location(`place-${index}`));
    const columns = Array.from({ length: VARIABLES }, (_, index) => ({ source: `v${index}`, unit: '' }));
    file.tables = [{ name: 'members', section: 'hourly', columns }];
    return parsePipeline(file);
  }

  it('counts every member, and cuts the locations into requests that the source takes', () => {
    const pipeline = ensemblePipeline(100);
    const { total } = planReport(pipeline, [{ from: FIRST, to: FIRST, source: ENSEMBLE }]);

    expect(total.weight.total).toBeCloseTo(6_120, 6);
    expect(total.weight.heaviest).toBeLessThanOrEqual(600);
    expect(total.requests).toBe(12);
    expect(total.shortest_seconds).toBeGreaterThan(3_600);
  });

  it('refuses a chunk that the file names and that is too heavy', () => {
    expect(() => ensemblePipeline(100, { locations_per_request: 100 })).toThrow(
      /weighs 6120, above max_weight_per_request \(600\); use 9 or less/,
    );
  });

  it('says what to do where one location alone is too heavy', () => {
    expect(() => ensemblePipeline(1, { models: ['ecmwf_ifs025'], max_weight_per_request: 61 })).toThrow(
      /one day of 1 location in the section hourly weighs 61\.2, .*raise that, or spread the columns/,
    );
  });

  it('expects the raw bytes of all members', () => {
    const raw = (api: 'ensemble' | 'forecast') =>
      planReport(ensemblePipeline(1), [{ from: FIRST, to: FIRST, source: { ...ENSEMBLE, api } }]).total.bytes
        .raw_gzip;

    expect(raw('ensemble')).toBeGreaterThan(40 * raw('forecast'));
  });
});
