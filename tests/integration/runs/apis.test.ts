import { readManifest } from '../../../core/manifest/manifest-store';
import { parsePipeline } from '../../../core/pipeline/parse-pipeline';
import { ingestibleDays } from '../../../core/planning/asked-days';
import { ingest } from '../../../core/runs/ingest';
import { replayDays, replayFiles } from '../../../core/runs/replay';
import { lakeStatus } from '../../../core/status/lake-status';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { smallPipelineFile } from '../../lake/small-pipeline';
import { NOW } from '../../lake/test-lake';
import { nextRun, outcomes, RunLake } from './run-lake';

const DAY = '2026-11-17' as Day;

let simulator: Simulator;
let clock: VirtualClock;

beforeAll(async () => {
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now() });
});
afterAll(() => simulator.close());

function newLake(): RunLake {
  return new RunLake({ sourceUrl: simulator.url, clock });
}

const column = (source: string, extra: object = {}) => ({ source, unit: '°C', max_null_share: 1, ...extra });

describe('projections of the climate', () => {
  const models = ['EC_Earth3P_HR', 'MRI_AGCM3_2_S'];
  const columns = models.map((model) => column(`temperature_2m_max_${model}`, { witness: null }));
  const pipeline = parsePipeline({
    ...smallPipelineFile(),
    source: { api: 'climate', models },
    tables: [{ name: 'projection', section: 'daily', columns }],
  });
  const days = ['2030-01-01', '2030-01-02'] as Day[];

  test('of the future are ingested, published, seen by the status and replayed', async () => {
    const lake = newLake();
    const asked = ingestibleDays({ from: days[0]!, to: days[1]! }, pipeline, NOW);

    const report = await ingest(lake.parts(pipeline), nextRun(), asked);
    const status = await lakeStatus({ pipeline, processed: lake.processed, now: NOW });
    const published = await lake.visible();
    await lake.loseProcessed();
    const replayed = await replayDays(lake.offline(pipeline), nextRun(), days);

    expect(outcomes(report)).toEqual({ [days[0]!]: 'published', [days[1]!]: 'published' });
    expect(simulator.log.at(-1)?.query.models).toBe('EC_Earth3P_HR,MRI_AGCM3_2_S');
    expect(status.published).toEqual({ days: 2, first: days[0], last: days[1] });
    expect(status.partial).toEqual([]);
    expect(outcomes(replayed)).toEqual(outcomes(report));
    expect(await lake.visible()).toEqual(published);
  });
});

describe('an ensemble', () => {
  test('of a hundred places and twelve variables is asked in requests that the free plan serves', async () => {
    const variables = ['temperature_2m', 'rain', 'cloud_cover', 'pressure_msl', 'snowfall', 'precipitation'];
    const more = [
      'wind_speed_10m',
      'wind_gusts_10m',
      'wind_direction_10m',
      'cape',
      'snow_depth',
      'weather_code',
    ];
    const units = ['°C', 'mm', '%', 'hPa', 'cm', 'mm', 'm/s', 'm/s', '°', 'J/kg', 'm', 'wmo code'];
    const columns = [...variables, ...more].map((source, index) => column(source, { unit: units[index] }));
    const places = Array.from({ length: 100 }, (_, index) => ({
      id: `place-${index}`,
      name: `place-${index}`,
      latitude: 45 + index / 20,
      longitude: 5 + index / 20,
      timezone: 'GMT',
    }));
    const pipeline = parsePipeline({
      ...smallPipelineFile(),
      source: { api: 'ensemble', models: ['ecmwf_ifs025'] },
      locations: places,
      tables: [{ name: 'members', section: 'hourly', columns }],
    });
    const lake = newLake();
    const before = simulator.log.length;

    const report = await ingest(lake.parts(pipeline), nextRun({ patience: 'hour' }), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'published' });
    const asked = simulator.log.slice(before);
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200]));
    expect(asked).toHaveLength(12);
    expect(asked.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(6_120, 6);
  });
});

describe('the air-quality API', () => {
  test('is asked for the domain that the pipeline names as its model', async () => {
    const pipeline = parsePipeline({
      ...smallPipelineFile(),
      source: { api: 'air-quality', models: ['cams_europe'] },
      tables: [
        { name: 'air', section: 'hourly', columns: [{ source: 'pm10', unit: 'μg/m³', range: [0, 1e4] }] },
      ],
    });

    const report = await ingest(newLake().parts(pipeline), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'published' });
    expect(simulator.log.at(-1)?.query).toMatchObject({ domains: 'cams_europe' });
    expect(simulator.log.at(-1)?.query).not.toHaveProperty('models');
  });
});

describe('the seasonal API', () => {
  const pipelineWith = (step: number | undefined) =>
    parsePipeline({
      ...smallPipelineFile(),
      source: { api: 'seasonal', models: ['ecmwf_seasonal_seamless'] },
      tables: [
        {
          name: 'season',
          section: 'hourly',
          ...(step !== undefined && { step_hours: step }),
          columns: [column('temperature_2m')],
        },
      ],
    });

  test.each([
    [undefined, 'hourly_6', 12],
    [6, 'hourly_6', 12],
    [3, 'hourly_3', 24],
    [1, 'hourly', 72],
  ])('is asked in the step of the table (%s h) and gives whole days', async (step, resolution, rows) => {
    const pipeline = pipelineWith(step);
    const lake = newLake();

    const report = await ingest(lake.parts(pipeline), nextRun(), [DAY]);
    const manifest = await lake.manifest(DAY);
    await lake.loseProcessed();
    const replayed = await replayDays(lake.offline(pipeline), nextRun(), [DAY]);

    expect(simulator.log.at(-1)?.query.temporal_resolution).toBe(resolution);
    expect([outcomes(report), outcomes(replayed)]).toEqual([{ [DAY]: 'published' }, { [DAY]: 'published' }]);
    expect(manifest).toMatchObject({
      partial: false,
      tables: { season: { rows: { expected: rows, found: rows } } },
    });
  });

  test.each([undefined, 3])('gives days, which have no step, beside hours (step: %s h)', async (step) => {
    const hours = pipelineWith(step);
    const [table] = parsePipeline({
      ...smallPipelineFile(),
      source: { api: 'seasonal' },
      tables: [
        { name: 'days', section: 'daily', columns: [column('temperature_2m_max', { witness: null })] },
      ],
    }).tables;
    const pipeline = { ...hours, tables: [...hours.tables, table!] };

    const report = await ingest(newLake().parts(pipeline), nextRun(), [DAY]);

    expect(outcomes(report)).toEqual({ [DAY]: 'published' });
    expect(simulator.log.at(-1)?.query).toMatchObject({ daily: 'temperature_2m_max' });
    expect(simulator.log.at(-1)?.query).not.toHaveProperty('temporal_resolution');
  });

  const recorded = (hours: readonly number[]) => {
    const time = hours.map((hour) => `${DAY}T${String(hour).padStart(2, '0')}:00`);
    const hourly = { time, temperature_2m: hours };
    const envelope = { latitude: 52.5, longitude: 13.4, utc_offset_seconds: 0 };
    const answer = { ...envelope, hourly_units: { time: 'iso8601', temperature_2m: '°C' }, hourly };
    return { name: 'answer.json', bytes: Buffer.from(JSON.stringify(answer)) };
  };

  test('gives whole days from recorded answers too, and rows between those of the table are refused', async () => {
    const parts = newLake().offline(pipelineWith(6));
    const manifestOf = () => readManifest(parts.processed, 'small', DAY);

    const whole = await replayFiles(parts, nextRun(), [recorded([0, 6, 12, 18])]);
    const counts = (await manifestOf())!.tables.season!.rows;
    const finer = await replayFiles(parts, nextRun(), [recorded([0, 1, 2, 3])]);

    expect(outcomes(whole)).toEqual({ [DAY]: 'published' });
    expect(counts.found).toBe(4);
    expect(finer.failures.map(({ error }) => error.message)).toEqual([
      expect.stringMatching(/rows must be 21600 seconds apart; say the step of the answer under step_hours/),
    ]);
  });
});
