import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openParquetEncoder } from '../adapters/parquet/parquet-encoder';
import { readAnswer } from '../core/answers/read-answer';
import { parsePipeline } from '../core/pipeline/parse-pipeline';
import type { Pipeline } from '../core/pipeline/pipeline';
import { chunksOf } from '../core/planning/chunks';
import { planRequest } from '../core/planning/requests';
import type { TableEncoder } from '../core/ports/table-encoder';
import { buildTable } from '../core/tables/build-table';
import type { Day } from '../core/time/day';
import { compare, type Report, round, Stopwatch } from './measure';
import { pythonPeers } from './python-peers';
import { hourLabels, locationText, wanderingValues } from './texts';

const FROM = '2014-01-01' as Day;
const TO = '2023-12-29' as Day;
const ROWS = 87_600;
const ROUNDS = 4;
const RUNS_A_ROUND = 8;
/** The first round, in which the compiler still works. */
const WARM_UP = RUNS_A_ROUND;

const VARIABLES = [
  ['temperature_2m', '°C', -30, 40],
  ['relative_humidity_2m', '%', 0, 100],
  ['dew_point_2m', '°C', -40, 30],
  ['apparent_temperature', '°C', -40, 45],
  ['precipitation', 'mm', 0, 30],
  ['pressure_msl', 'hPa', 960, 1050],
  ['surface_pressure', 'hPa', 940, 1040],
  ['cloud_cover', '%', 0, 100],
  ['wind_speed_10m', 'm/s', 0, 40],
  ['wind_gusts_10m', 'm/s', 0, 60],
] as const;

/** One location, ten years of hours, ten variables: from the body's bytes to the Parquet file's bytes. */
export async function jsonToParquet(report: Report, options: { peers: boolean }): Promise<void> {
  await measureText(report, { name: 'json_to_parquet', decimals: 1, ...options });
  await measureText(report, { name: 'json_to_parquet_3_decimals', decimals: 3, ...options });
}

interface TextToMeasure {
  readonly name: string;
  readonly decimals: number;
  readonly peers: boolean;
}

async function measureText(report: Report, { name, decimals, peers }: TextToMeasure): Promise<void> {
  const text = answerText(decimals);
  const body = Buffer.from(text);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  writeFileSync(join(folder, 'answer.json'), body);
  try {
    const duckdb = await DuckDbPeer.open(folder);
    const watches = { ours: new Stopwatch(), parse: new Stopwatch(), duckdb: new Stopwatch() };
    const stages = new OurStages(await openParquetEncoder());
    for (let round = 0; round < ROUNDS; round++) {
      await inBlock(() => watches.ours.time(() => stages.convert(body)));
      await inBlock(() => watches.parse.time(() => void JSON.parse(text)));
      await inBlock(() => watches.duckdb.timeAsync(() => duckdb.convert()));
    }
    const bytes = stages.convert(body).byteLength;
    const ours = watches.ours.timing(WARM_UP);
    const theirs = watches.duckdb.timing(WARM_UP);
    const parse = watches.parse.timing(WARM_UP);
    report({ name: `${name}.text`, value: body.byteLength, unit: 'bytes' });
    stages.report(report, name);
    compare(report, `${name}.median_against_duckdb`, 'ms', [ours.median, theirs.median]);
    compare(report, `${name}.best_against_duckdb`, 'ms', [ours.best, theirs.best]);
    compare(report, `${name}.median_against_json_parse`, 'ms', [ours.median, parse.median]);
    compare(report, `${name}.best_against_json_parse`, 'ms', [ours.best, parse.best]);
    compare(report, `${name}.file_against_duckdb`, 'bytes', [bytes, duckdb.fileSize()]);
    if (peers)
      pythonPeers(folder, RUNS_A_ROUND * (ROUNDS - 1)).forEach((peer) => {
        compare(report, `${name}.median_against_${peer.name}`, 'ms', [ours.median, peer.median]);
        compare(report, `${name}.file_against_${peer.name}`, 'bytes', [bytes, peer.bytes]);
      });
    duckdb.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One contender's runs in a row, so that it is warm and pays for nobody's garbage but its own. */
async function inBlock(work: () => unknown): Promise<void> {
  for (let run = 0; run < RUNS_A_ROUND; run++) await work();
}

/** The stages that an ingest runs, each timed. Every value is held to a range and counted on the way. */
class OurStages {
  private readonly pipeline = benchPipeline();
  private readonly request = planRequest(this.pipeline, {
    run: { from: FROM, to: TO, source: { api: 'archive', models: [] } },
    chunk: chunksOf(this.pipeline)[0]!,
    section: 'hourly',
  });
  private readonly watches = { read: new Stopwatch(), check: new Stopwatch(), encode: new Stopwatch() };

  constructor(private readonly encoder: TableEncoder) {}

  convert(body: Uint8Array): Uint8Array {
    const table = this.pipeline.tables[0]!;
    const [answer] = this.watches.read.time(() =>
      readAnswer(body, { ...this.request, recorded: false }, this.pipeline),
    );
    const slices = [{ answer: answer!, from: 0, to: answer!.section.rows }];
    const { batch } = this.watches.check.time(() => buildTable({ table, slices, metadata: {} }));
    return this.watches.encode.time(() => this.encoder.encode(batch));
  }

  report(report: Report, name: string): void {
    for (const [stage, label] of [
      ['read', 'decode_and_contract'],
      ['check', 'convert_and_check'],
      ['encode', 'arrow_and_parquet'],
    ] as const) {
      report({
        name: `${name}.stage.${label}`,
        value: round(this.watches[stage].timing(WARM_UP).median),
        unit: 'ms',
      });
    }
  }
}

class DuckDbPeer {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly run: () => Promise<unknown>,
    private readonly output: string,
  ) {}

  static async open(folder: string): Promise<DuckDbPeer> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const output = join(folder, 'duckdb.parquet');
    const fields = VARIABLES.map(([variable]) => `${variable} FLOAT[]`).join(', ');
    const columns = VARIABLES.map(([variable]) => `unnest(hourly.${variable}) AS ${variable}`).join(', ');
    const sql = `COPY (
      SELECT 'here' AS location_id, unnest(hourly."time") AS "time", ${columns}
      FROM read_json('${join(folder, 'answer.json')}', maximum_object_size = 100000000,
        timestampformat = '%Y-%m-%dT%H:%M', columns = {hourly: 'STRUCT("time" TIMESTAMP[], ${fields})'})
    ) TO '${output}' (FORMAT parquet, COMPRESSION zstd)`;
    return new DuckDbPeer(instance, () => connection.run(sql), output);
  }

  convert(): Promise<unknown> {
    return this.run();
  }

  fileSize(): number {
    return statSync(this.output).size;
  }

  close(): void {
    this.instance.closeSync();
  }
}

function answerText(decimals: number): string {
  const columns = VARIABLES.map(([variable, unit, low, high], index) => {
    const values = wanderingValues(ROWS, { decimals, low, high, nullShare: 0.01 }, index + 1);
    return [variable, { unit, values }] as const;
  });
  return locationText({
    number: 1,
    latitude: 52.52,
    longitude: 13.41,
    offsetSeconds: 0,
    section: 'hourly',
    times: hourLabels(FROM, TO),
    columns: new Map(columns),
  });
}

function benchPipeline(): Pipeline {
  return parsePipeline({
    name: 'bench',
    schema_version: 1,
    source: { api: 'archive' },
    locations: [{ id: 'here', name: 'Here', latitude: 52.52, longitude: 13.41, timezone: 'Europe/Berlin' }],
    tables: [
      {
        name: 'weather_hourly',
        section: 'hourly',
        columns: VARIABLES.map(([source, unit, low, high]) => ({ source, unit, range: [low, high] })),
      },
    ],
  });
}
