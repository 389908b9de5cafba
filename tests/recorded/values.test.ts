import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { FilesystemObjectStore } from '../../adapters/filesystem/filesystem-object-store';
import type { AnswerDraftOptions } from '../../core/drafting/draft-options';
import { ConfigError } from '../../core/errors';
import { parsePipeline } from '../../core/pipeline/parse-pipeline';
import type { Pipeline, Table } from '../../core/pipeline/pipeline';
import { replayFiles } from '../../core/runs/replay';
import type { RunReport } from '../../core/runs/run-parts';
import { smallPipeline } from '../lake/small-pipeline';
import { lakeParts, objectsUnder, runOptions } from '../lake/test-lake';
import { draftFromAnswer } from '../weather/draft-from-answer';
import { recordedBytes, recordedNames } from './recorded-answers';

type Block = Record<string, unknown>;

const NAMES = recordedNames();
const suite = NAMES.length === 0 ? describe.skip : describe;
const outcomes: string[] = [];

// Some hold ten years: most of a minute where others compute too.
jest.setTimeout(600_000);

let folder: string;
let lakes = 0;
let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recorded-'));
  instance = await DuckDBInstance.create(':memory:', { enable_external_file_cache: 'false' });
  connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true });
  process.stdout.write(`\nRecorded answers, and what became of each:\n${outcomes.join('\n')}\n`);
});

/** What must be stated of a file that does not say it; the units are made up, the values are not. */
function statedFacts(json: Block): Omit<AnswerDraftOptions, 'name'> {
  const block = (json.hourly ?? json) as Block;
  const names = Object.keys(block).filter((name) => name !== 'time');
  const units = Object.fromEntries(names.map((name) => [name, name.includes('speed') ? 'km/h' : '%']));
  return { bareSection: 'hourly', latitude: -22.9, longitude: -43.2, utcOffsetSeconds: -10_800, units };
}

/** The pipeline that `init` drafts for a file, with what the file leaves out stated if need be. */
function draftPipeline(json: unknown): { pipeline: Pipeline; stated: Omit<AnswerDraftOptions, 'name'> } {
  try {
    return { pipeline: parsePipeline(draftFromAnswer(json, { name: 'recorded' })), stated: {} };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const stated = statedFacts(json as Block);
    return { pipeline: parsePipeline(draftFromAnswer(json, { name: 'recorded', ...stated })), stated };
  }
}

async function replay(pipeline: Pipeline, name: string): Promise<{ lake: string; report: RunReport }> {
  const lake = join(folder, `lake-${++lakes}`);
  const parts = await lakeParts({ pipeline, folder: lake, sourceUrl: 'http://127.0.0.1:9' });
  const report = await replayFiles(parts, runOptions('recorded'), [{ name, bytes: recordedBytes(name) }]);
  return { lake, report };
}

async function rowsOf(lake: string, table: Table): Promise<Map<string, unknown[]>> {
  const columns = table.columns.map(({ name, type }) =>
    type === 'timestamp' ? `epoch("${name}")` : `"${name}"`,
  );
  const files = join(lake, 'processed', table.name, '*/*.parquet');
  const result = await connection.runAndReadAll(
    `SELECT location_id, epoch("time"::TIMESTAMPTZ) AS "time", ${columns.join(', ')} FROM read_parquet('${files}', hive_partitioning = false, union_by_name = true)`,
  );
  return new Map(
    result.getRows().map(([location, time, ...values]) => [`${location}@${Number(time)}`, values]),
  );
}

/** The label of the answer as seconds: of UTC for instants, of the calendar for days. */
function expectedSeconds(label: unknown, offset: number, isDay: boolean): number {
  if (typeof label === 'number') return isDay ? Math.floor((label + offset) / 86_400) * 86_400 : label;
  const text = String(label);
  const seconds = Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text}Z`) / 1000;
  return isDay ? seconds : seconds - offset;
}

function expectedValue(value: unknown, { type }: Table['columns'][number], offset: number): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'timestamp') return expectedSeconds(value, offset, false);
  if (type === 'float32') return Math.fround(value as number);
  return value;
}

/** Compares every value of every table with the JSON. Returns how many there were. */
async function compareAll(lake: string, pipeline: Pipeline, json: unknown): Promise<number> {
  const elements = [json].flat() as Block[];
  let compared = 0;
  for (const table of pipeline.tables) {
    const rows = await rowsOf(lake, table);
    let found = 0;
    elements.forEach((element, index) => {
      const isBare = Array.isArray(element.time);
      const block = (isBare ? element : element[table.section]) as Block | undefined;
      if (block === undefined) return;
      const offset = Number(element.utc_offset_seconds ?? pipeline.recorded.utc_offset_seconds);
      const list = (value: unknown) => (Array.isArray(value) ? value : [value]);
      list(block.time).forEach((label, row) => {
        const seconds = expectedSeconds(label, offset, table.section === 'daily');
        const actual = rows.get(`${pipeline.locations[index]!.id}@${seconds}`);
        const expected = table.columns.map((column) =>
          expectedValue(list(block[column.source])[row], column, offset),
        );
        expect(actual?.map((value) => (typeof value === 'bigint' ? Number(value) : value))).toEqual(expected);
        compared += expected.length + 1;
        found++;
      });
    });
    expect(rows.size).toBe(found);
  }
  return compared;
}

suite('every recorded answer', () => {
  test.each(NAMES)('%s becomes Parquet equal to its JSON, or is refused by name', async (name) => {
    const json = JSON.parse(Buffer.from(recordedBytes(name)).toString('utf8')) as unknown;
    const isWeather = !/^errors|geocoding|elevation/.test(name);
    if (!isWeather) {
      const { report, lake } = await replay(smallPipeline(), name);

      expect(report.failures).toMatchObject([{ error: { name: 'SourceContractError' } }]);
      expect([
        ...(await objectsUnder(new FilesystemObjectStore(join(lake, 'processed')), '')).keys(),
      ]).toEqual([]);
      outcomes.push(
        `  ${name}: refused, ${report.failures[0]!.error.name}: ${report.failures[0]!.error.message.split('\n')[0]}`,
      );
      return;
    }
    const { pipeline, stated } = draftPipeline(json);

    const { lake, report } = await replay(pipeline, name);

    expect(report.failures).toEqual([]);
    expect(report.dates.filter(({ outcome }) => outcome !== 'published')).toEqual([]);
    const compared = await compareAll(lake, pipeline, json);
    expect(compared).toBeGreaterThan(0);
    const partial = report.dates.filter(
      (date) => date.outcome === 'published' && date.published.partial,
    ).length;
    const note =
      Object.keys(stated).length === 0 ? '' : '; without its coordinates, offset and units stated: refused';
    outcomes.push(
      `  ${name}: ${pipeline.tables.map((table) => table.name).join(', ')}; ${report.dates.length} days (${partial} partial), ${compared} values compared${note}`,
    );
  });

  test.each(['etl_hourly_block_only.json', 'openmeteopy_response_2024.json'])(
    '%s is refused as long as the pipeline does not name what it leaves out',
    async (name) => {
      const json = JSON.parse(Buffer.from(recordedBytes(name)).toString('utf8')) as unknown;
      const { pipeline } = draftPipeline(json);
      const { recorded } = pipeline;
      const without = (key: keyof typeof recorded) =>
        ({ ...pipeline, recorded: { ...recorded, [key]: undefined } }) as Pipeline;
      for (const key of Object.keys(recorded) as (keyof typeof recorded)[]) {
        if (recorded[key] === undefined) continue;

        const { report } = await replay(without(key), name);

        expect(report.failures).toMatchObject([
          { error: { name: 'SourceContractError', message: expect.stringContaining('recorded') } },
        ]);
        expect(report.dates).toEqual([]);
      }
    },
  );

  test('ten years in °F become °C in a pipeline that says so, every value of them', async () => {
    const name = 'archive_nyc_daily_10y_fahrenheit.json';
    const json = JSON.parse(Buffer.from(recordedBytes(name)).toString('utf8'));
    const draft = JSON.parse(
      JSON.stringify(draftFromAnswer(json, { name: 'celsius' })).replaceAll('"°F"', '"°C"'),
    );
    const pipeline = parsePipeline(draft);

    const { lake, report } = await replay(pipeline, name);

    expect(report.failures).toEqual([]);
    const table = pipeline.tables[0]!;
    const rows = await rowsOf(lake, table);
    const index = table.columns.findIndex(({ source }) => source === 'temperature_2m_max');
    const received = json.daily.temperature_2m_max as (number | null)[];
    const stored = json.daily.time.map(
      (day: string) => rows.get(`${pipeline.locations[0]!.id}@${Date.parse(day) / 1000}`)![index],
    );
    expect(stored).toEqual(
      received.map((value) => (value === null ? null : Math.fround(((value - 32) * 5) / 9))),
    );
    expect(stored).toHaveLength(3653);
  });
});
