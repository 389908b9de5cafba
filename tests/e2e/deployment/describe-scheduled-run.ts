import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../core/hash';
import { manifestKey } from '../../../core/keys/processed-keys';
import { manifestSchema } from '../../../core/manifest/manifest';
import { version } from '../../../package.json';
import { emfLine } from '../../integration/handlers/captured-output';
import { objectsUnder, openLeases } from '../../lake/test-lake';
import { PROJECT } from '../account/run-command';
import { FUNCTIONS } from './deployed-environment';
import type { Deployment } from './deployment';
import { rawAnswers, valuesIn } from './raw-answers';
import { SCHEDULED_TIME, WINDOW } from './suite-days';
import { TableReader } from './table-reader';

export const PIPELINE = 'weather-daily';
const LOCATIONS = 10;
const HOURS = 24;
const ROWS = { weather_hourly: HOURS * LOCATIONS, weather_daily: LOCATIONS, locations: LOCATIONS };
const TIMES = { hourly: '%Y-%m-%dT%H:%M', daily: '%Y-%m-%d' } as const;

interface TableFile {
  readonly name: string;
  readonly section: 'hourly' | 'daily';
  readonly columns: readonly { readonly source: string }[];
}

/** The tables as the shipped pipeline's file has them. */
const { tables: TABLES }: { tables: readonly TableFile[] } = JSON.parse(
  readFileSync(join(PROJECT, 'resources/pipelines/weather-daily.json'), 'utf8'),
);

/** The day's run as the schedule starts it, and all that it leaves behind. */
export function describeScheduledRun(deployment: Deployment): void {
  let answer: { failed: boolean; payload: unknown };
  const runId = () => (answer.payload as { run_id: string }).run_id;
  const dev = () => deployment.dev;

  beforeAll(async () => {
    answer = await dev().fire('ingest', SCHEDULED_TIME);
  });

  it("publishes the days of the pipeline's window", () => {
    expect(answer).toEqual({
      failed: false,
      payload: {
        pipeline: PIPELINE,
        run_id: expect.any(String),
        simulated: true,
        dates: WINDOW.map((date) => ({ date, outcome: 'published', partial: false })),
      },
    });
  });

  it('keeps in raw what the source served, to the byte', async () => {
    const answers = await rawAnswers(dev().store('raw'), PIPELINE);

    expect(answers.map(({ body }) => sha256(body)).sort()).toEqual(deployment.free.served.map(sha256).sort());
    expect(answers).toHaveLength(2);
    for (const { key, body } of answers) expect(key).toContain(`-${sha256(body).slice(0, 16)}.json.gz`);
  });

  describe('read by DuckDB', () => {
    let reader: TableReader;
    beforeAll(async () => {
      reader = await TableReader.open(dev().store('processed'), join(deployment.root, 'tables'));
    });
    afterAll(() => reader?.close());

    it.each(Object.entries(ROWS))('%s has its rows of each day', async (table, rows) => {
      expect(await reader.counts(table)).toEqual(WINDOW.map((date) => [date, rows]));
    });

    it.each(TABLES)('$name has the values of the raw JSON', async ({ name, section, columns }) => {
      const answers = await rawAnswers(dev().store('raw'), PIPELINE);
      const sources = columns.map(({ source }) => source);
      const raw = answers.find(({ request }) => request.section === section)!;

      const published = await reader.values(name, sources, TIMES[section]);

      expect(published).toEqual(valuesIn(raw, section, sources));
      expect(published.size).toBe(WINDOW.length * ROWS[name as keyof typeof ROWS]);
    });
  });

  it.each(WINDOW)('writes a manifest of %s that names what is there', async (date) => {
    const processed = await objectsUnder(dev().store('processed'), '');
    const raw = await objectsUnder(dev().store('raw'), '');

    const manifest = manifestSchema.parse(JSON.parse(String(processed.get(manifestKey(PIPELINE, date)))));

    expect(manifest).toMatchObject({
      pipeline: PIPELINE,
      date,
      schema_version: 1,
      code_version: version,
      run_id: runId(),
      simulated: true,
      source: { api: 'forecast', models: [] },
      partial: false,
      quarantine: [],
    });
    expect(Object.fromEntries(manifest.objects.map(({ key, rows }) => [key.split('/')[0], rows]))).toEqual(
      ROWS,
    );
    for (const { key, sha256: hash, bytes } of manifest.objects) {
      expect([key, bytes, hash]).toEqual([key, processed.get(key)!.length, sha256(processed.get(key)!)]);
    }
    expect(manifest.raw.map(({ key }) => raw.has(key))).toEqual([true, true]);
  });

  it('leaves nothing staged and no lease but such as have ended', async () => {
    const processed = dev().store('processed');

    expect([...(await objectsUnder(processed, '_staging/')).keys()]).toEqual([]);
    expect(await openLeases(processed)).toEqual([]);
  });

  it("logs to the function's own group, the standard keys in every line", async () => {
    const logs = await dev().logs('ingest', runId());

    expect(logs.map(({ message }) => message)).toEqual(expect.arrayContaining(['Run started', 'Run ended']));
    expect(logs.filter(({ message }) => message === 'A date was handled')).toHaveLength(WINDOW.length);
    for (const line of logs) {
      expect(line).toMatchObject({
        level: expect.stringMatching(/^(INFO|WARN)$/),
        timestamp: expect.any(String),
        service: FUNCTIONS.ingest,
        function_name: dev().functionName('ingest'),
        function_memory_size: '1024',
        function_request_id: expect.any(String),
        cold_start: true,
        environment: 'dev',
        pipeline: PIPELINE,
      });
    }
  });

  it('counts what it did in metrics, named and dimensioned as the alarms ask', async () => {
    const rows = WINDOW.length * Object.values(ROWS).reduce((sum, count) => sum + count, 0);
    const counts = {
      DaysPublished: WINDOW.length,
      DaysUnchanged: 0,
      DaysFailed: 0,
      DaysPartial: 0,
      RowsPublished: rows,
      RowsQuarantined: 0,
      RequestsSent: 2,
      RequestsFailed: 0,
    };

    expect(await dev().metrics('ingest')).toEqual([
      emfLine(FUNCTIONS.ingest, counts, { environment: 'dev', pipeline: PIPELINE }),
    ]);
  });
}
