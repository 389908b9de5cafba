import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecordedFiles } from '../../../cli/recorded-files';
import type { Pipeline } from '../../../core/pipeline/pipeline';
import { backfill, ingest } from '../../../core/runs/ingest';
import { replayDays, replayFiles } from '../../../core/runs/replay';
import type { RunReport } from '../../../core/runs/run-parts';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { type SmallPipeline, smallPipeline } from '../../lake/small-pipeline';
import { lakeParts, NOW, runOptions, visibleObjects } from '../../lake/test-lake';
import { outcomes } from './run-lake';

const DAY = '2026-11-16' as Day;
const NEXT_DAY = '2026-11-17' as Day;
const DAYS = [DAY, NEXT_DAY];

let folder: string;
let simulator: Simulator;
let clock: VirtualClock;
let lakes = 0;
let runs = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'raw-folders-'));
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now(), limits: false });
});
beforeEach(() => clock.advance(1000));
afterEach(() => simulator.setFaults([]));
afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const NORTH = { id: 'north', name: 'North', latitude: 51.52, longitude: 7.26, timezone: 'Europe/Berlin' };
const SOUTH = { ...NORTH, id: 'south', name: 'South', latitude: 51.49, longitude: 7.24 };
const DENVER = { ...NORTH, id: 'denver', latitude: 39.73, longitude: -104.98, timezone: 'America/Denver' };

/** Two places so near that they may have one grid cell, and a far one in a chunk of its own. */
function neighbours({ extra, ...more }: SmallPipeline = {}): Pipeline {
  return smallPipeline({ ...more, extra: { locations: [NORTH, SOUTH, DENVER], ...extra } });
}

function newLake(pipeline: Pipeline) {
  const path = join(folder, `lake-${++lakes}`);
  return lakeParts({ pipeline, folder: path, sourceUrl: simulator.url, clock }).then((parts) => ({
    parts,
    /** Folders of the runs of days in raw. */
    folders: () =>
      readdirSync(join(path, 'raw', pipeline.name)).map((name) => join(path, 'raw', pipeline.name, name)),
    raw: join(path, 'raw', pipeline.name),
  }));
}

type Lake = Awaited<ReturnType<typeof newLake>>;
const nextRun = () => runOptions(`run-${++runs}`);

/** A lake of which these days were fetched. */
async function fetched(pipeline: Pipeline, days: readonly Day[] = DAYS): Promise<Lake> {
  const lake = await newLake(pipeline);
  const report = await ingest(lake.parts, nextRun(), days);
  expect(report.failures).toEqual([]);
  return lake;
}

/** Answers in files, replayed into a lake of their own. */
async function replayed(
  pipeline: Pipeline,
  paths: readonly string[],
): Promise<{ lake: Lake; report: RunReport }> {
  const lake = await newLake(pipeline);
  clock.advance(86_400_000);
  const report = await replayFiles(lake.parts, nextRun(), await readRecordedFiles(paths));
  return { lake, report };
}

const tablesOf = ({ parts }: Lake) => visibleObjects(parts.processed);

const PIPELINES: readonly (readonly [title: string, pipeline: Pipeline])[] = [
  ['of several locations in one grid cell', neighbours()],
  ['of a model with coarse cells', neighbours({ source: { models: ['era5'] } })],
  ['of several models that do not all cover a location', ofModels(['icon_d2', 'gfs_seamless'])],
  ['of a regional model that does not cover a location', regional()],
];

function ofModels(models: readonly string[]): Pipeline {
  const columns = models.map((model) => ({
    source: `temperature_2m_${model}`,
    unit: '°C',
    max_null_share: 1,
  }));
  const tables = [{ name: 'weather_hourly', section: 'hourly', columns }];
  return neighbours({ chunk: 100, source: { models }, extra: { tables } });
}

function regional(): Pipeline {
  const columns = [{ source: 'temperature_2m', unit: '°C', max_null_share: 1 }];
  const tables = [{ name: 'weather_hourly', section: 'hourly', columns }];
  return neighbours({ source: { models: ['icon_d2'] }, extra: { tables } });
}

describe('a raw folder replayed as files', () => {
  test.each(PIPELINES)(
    'gives the tables that were published when it was fetched: %s',
    async (_, pipeline) => {
      const lake = await fetched(pipeline);

      const again = await replayed(pipeline, lake.folders());

      expect(again.report.failures).toEqual([]);
      expect(outcomes(again.report)).toEqual({ [DAY]: 'published', [NEXT_DAY]: 'published' });
      expect(await tablesOf(again.lake)).toEqual(await tablesOf(lake));
    },
  );

  test.each(PIPELINES)('gives them once more from the raw that the replay kept: %s', async (_, pipeline) => {
    const lake = await fetched(pipeline);
    const second = await replayed(pipeline, lake.folders());

    const third = await replayed(pipeline, second.lake.folders());
    for (const { key } of await keysOf(second.lake)) await second.lake.parts.processed.delete(key);
    const remade = await replayDays(second.lake.parts, nextRun(), DAYS);

    expect(third.report.failures).toEqual([]);
    expect(outcomes(remade)).toEqual({ [DAY]: 'published', [NEXT_DAY]: 'published' });
    expect(await tablesOf(third.lake)).toEqual(await tablesOf(lake));
    expect(await tablesOf(second.lake)).toEqual(await tablesOf(lake));
  });

  test('takes the latest of several answers of one request, whatever their names', async () => {
    const pipeline = neighbours();
    const lake = await fetched(pipeline);
    for (const revision of [1, 2, 3, 4, 5]) {
      clock.advance(60_000);
      simulator.setFaults([{ fault: { kind: 'revision', revision } }]);
      await ingest(lake.parts, nextRun(), DAYS);
    }

    const again = await replayed(pipeline, lake.folders());
    const second = await tablesOf(again.lake);
    for (const { key } of await keysOf(again.lake)) await again.lake.parts.processed.delete(key);
    await replayDays(again.lake.parts, nextRun(), DAYS);

    expect(again.report.failures).toEqual([]);
    expect(second).toEqual(await tablesOf(lake));
    expect(await tablesOf(again.lake)).toEqual(second);
  });

  test('passes over a torn answer where a whole one of its request lies beside it', async () => {
    const pipeline = neighbours();
    const lake = await newLake(pipeline);
    simulator.setFaults([{ when: { nth: 1 }, fault: { kind: 'stream_error' } }]);
    await ingest(lake.parts, nextRun(), DAYS);
    simulator.setFaults([]);
    clock.advance(3_600_000);
    await ingest(lake.parts, nextRun(), DAYS);

    const again = await replayed(pipeline, lake.folders());

    expect(again.report.failures).toEqual([]);
    expect(await tablesOf(again.lake)).toEqual(await tablesOf(lake));
  });

  test('keeps the API and models that answered, also when the pipeline would ask another by now', async () => {
    const history = { api: 'archive', models: ['era5'], older_than_days: 90 };
    const pipeline = neighbours({ source: { history } });
    const old = '2026-03-01' as Day;
    const lake = await newLake(pipeline);
    await backfill(lake.parts, nextRun(), { from: old, to: old });

    const again = await replayed(neighbours(), [lake.raw]);

    expect(again.report.dates).toMatchObject([
      { published: { source: { api: 'archive', models: ['era5'] } } },
    ]);
    expect(await tablesOf(again.lake)).toEqual(await tablesOf(lake));
  });

  test('is read whole when the folder of the pipeline is named', async () => {
    const pipeline = neighbours();
    const lake = await newLake(pipeline);
    for (const day of DAYS) await ingest(lake.parts, nextRun(), [day]);
    expect(lake.folders()).toHaveLength(2);

    const again = await replayed(pipeline, [lake.raw]);

    expect(await tablesOf(again.lake)).toEqual(await tablesOf(lake));
  });

  test('keeps grid cells that the answer does not tell as nulls', async () => {
    const pipeline = neighbours();
    simulator.setFaults([{ when: { locationId: 2 }, fault: { kind: 'nan_envelope', text: '-nan' } }]);
    const lake = await fetched(pipeline);

    const again = await replayed(pipeline, lake.folders());

    expect(again.report.failures).toEqual([]);
    expect(await tablesOf(again.lake)).toEqual(await tablesOf(lake));
  });
});

async function keysOf({ parts }: Lake): Promise<{ key: string }[]> {
  const keys: { key: string }[] = [];
  for await (const { key } of parts.processed.list('')) keys.push({ key });
  return keys;
}

describe('the request document beside an answer', () => {
  test('tells the places, whatever the pipeline calls them', async () => {
    const lake = await fetched(neighbours());
    const renamed = neighbours({
      extra: { locations: [DENVER, { ...SOUTH, id: 'north' }, { ...NORTH, id: 'south' }] },
    });
    const straight = await fetched(renamed);

    const again = await replayed(renamed, lake.folders());

    expect(again.report.failures).toEqual([]);
    const [found, expected] = [await tablesOf(again.lake), await tablesOf(straight)];
    const hourly = [...expected.keys()].filter((key) => key.startsWith('weather_hourly'));
    expect(hourly.map((key) => found.get(key)!.equals(expected.get(key)!))).toEqual(hourly.map(() => true));
  });

  test('leaves out places that the pipeline has elsewhere now, and refuses a file that is about no other', async () => {
    const lake = await fetched(neighbours(), [DAY]);
    const moved = neighbours({
      extra: { locations: [NORTH, { ...SOUTH, latitude: 51.6 }, { ...DENVER, latitude: 39 }] },
    });

    const { report } = await replayed(moved, lake.folders());

    expect(report.dates).toMatchObject([{ outcome: 'published', published: { partial: true } }]);
    expect(report.failures.map(({ error }) => error.message)).toEqual([
      expect.stringContaining('has none of them there'),
      expect.stringContaining('has none of them there'),
    ]);
  });

  test('that is damaged is told, with what to do', async () => {
    const lake = await fetched(neighbours(), [DAY]);
    const [days] = lake.folders();
    const document = readdirSync(days!).find((name) => name.endsWith('.request.json'))!;
    writeFileSync(join(days!, document), '{');

    await expect(readRecordedFiles([days!])).rejects.toThrow(
      /\.request\.json is not JSON\. Restore it from a copy, or take it away/,
    );
  });

  test('that is missing leaves the ids of the answer, which tell where they can be the pipeline’s alone', async () => {
    const pipeline = neighbours({ extra: { locations: [NORTH, SOUTH] } });
    const lake = await fetched(pipeline, [DAY]);
    const [days] = lake.folders();
    for (const name of readdirSync(days!)) {
      if (name.endsWith('.request.json')) rmSync(join(days!, name));
    }

    const again = await replayed(pipeline, [days!]);

    expect(again.report.failures).toEqual([]);
    expect(await tablesOf(again.lake)).toEqual(await tablesOf(lake));
  });
});

test('a folder that is copied without its metadata is still refused', async () => {
  const lake = await fetched(neighbours(), [DAY]);
  const copy = join(folder, 'copy');
  cpSync(lake.folders()[0]!, copy, { recursive: true });

  await expect(readRecordedFiles([copy])).rejects.toThrow(/without its metadata/);
});
