import fc from 'fast-check';
import { draftFromBytes } from '../../../core/drafting/draft-from-answer';
import type { AnswerDraftOptions } from '../../../core/drafting/draft-options';
import type { PipelineDraft } from '../../../core/drafting/pipeline-draft';
import { writePipelineFile } from '../../../core/drafting/write-pipeline-file';
import { ConfigError } from '../../../core/errors';
import { parsePipeline } from '../../../core/pipeline/parse-pipeline';
import { replayFiles } from '../../../core/runs/replay';
import { VirtualClock } from '../../clock/virtual-clock';
import { NOW } from '../../lake/test-lake';
import { answerArbitrary } from '../../unit/core/decode/answer-arbitrary';
import { nextRun, RunLake } from './run-lake';

const clock = new VirtualClock(NOW);

/** The draft, with what the answer leaves out stated where it is asked for; `undefined` for what no draft is made of. */
function draftOf(bytes: Uint8Array): PipelineDraft | undefined {
  const asked = attempt(bytes, { name: 'drafted' });
  if (!(asked instanceof ConfigError)) return asked;
  const paths = asked.problems.map(({ path }) => path);
  const unitless = paths.flatMap((path) => /^--unit (.*)=UNIT$/.exec(path)?.[1] ?? []);
  const told = attempt(bytes, {
    name: 'drafted',
    units: Object.fromEntries(unitless.map((name) => [name, name.startsWith('temperature') ? '°C' : ''])),
    ...(paths.includes('--models') && { models: ['gfs_seamless'] }),
    ...(paths.includes('--section') && { bareSection: 'hourly' }),
    ...(paths.includes('--latitude, --longitude') && { latitude: 52.5, longitude: 13.4 }),
    ...(paths.includes('--utc-offset-seconds') && { utcOffsetSeconds: 0 }),
  });
  return told instanceof ConfigError ? undefined : told;
}

function attempt(bytes: Uint8Array, options: AnswerDraftOptions): PipelineDraft | ConfigError {
  try {
    return draftFromBytes(bytes, options);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** Replays the bytes with the file that was drafted from them. Returns whether there was a draft. */
async function isReadAsDrafted(bytes: Uint8Array): Promise<boolean> {
  const draft = draftOf(bytes);
  if (draft === undefined) return false;
  const pipeline = parsePipeline(JSON.parse(writePipelineFile(draft)));
  const lake = new RunLake({ sourceUrl: 'http://127.0.0.1:9', clock });

  const report = await replayFiles(lake.offline(pipeline), nextRun(), [{ name: 'answer.json', bytes }]);

  expect(report.failures).toEqual([]);
  expect(report.dates.length).toBeGreaterThan(0);
  expect(report.dates.filter(({ outcome }) => outcome !== 'published')).toEqual([]);
  return true;
}

const COLUMNS = [
  ...['temperature_2m', 'rain', 'is_day', 'temperature_2m_max', 'river_discharge', 'wave_height', 'pm10'],
  ...['temperature_2m_era5', 'temperature_2m_era5_land', 'temperature_2m_max_EC_Earth3P_HR'],
  ...['temperature_2m_member01', 'temperature_2m_member30', 'rain_member01_gfs05', 'sunrise', 'date'],
];
const UNITS = ['°C', 'mm', '', 'μg/m³', 'undefined', 'iso8601'];
const number = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -99, max: 999 }).map((tenths) => (tenths / 10).toFixed(1)) },
  { weight: 1, arbitrary: fc.constantFrom('null', '-0.0', '1e2', '16777217', '3.5e38') },
);
/** Now and then a column is of texts, or of both. */
const values = (rows: number) =>
  fc
    .oneof(
      { weight: 20, arbitrary: fc.constant(number) },
      fc.constant(fc.constantFrom('"text"', 'null')),
      fc.constant(fc.constantFrom('"text"', '1')),
    )
    .chain((value) => fc.array(value, { minLength: rows, maxLength: rows }));
/** Seconds from row to row. */
const step = fc.constantFrom(900, 3_600, 10_800, 21_600, 86_400);

function blockOf(section: string): fc.Arbitrary<string> {
  return fc
    .record({
      step,
      rows: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 30 }) }, fc.constant(0)),
      unixtime: fc.boolean(),
      hasUnits: fc.boolean(),
      columns: fc.uniqueArray(fc.constantFrom(...COLUMNS), { minLength: 1, maxLength: 4 }),
      unit: fc.constantFrom(...UNITS),
    })
    .chain(({ step: seconds, rows, unixtime, hasUnits, columns, unit }) => {
      const at = (row: number) => 1_795_824_000 + row * (section === 'daily' ? 86_400 : seconds);
      const label = (row: number) =>
        `"${new Date(at(row) * 1_000).toISOString().slice(0, section === 'daily' ? 10 : 16)}"`;
      const time = Array.from({ length: rows }, (_, row) => (unixtime ? String(at(row)) : label(row)));
      return fc.tuple(...columns.map(() => values(rows))).map((written) => {
        const members = columns.map((name, index) => `"${name}":[${written[index]!.join()}]`);
        const units = columns.map((name) => `"${name}":"${unit}"`);
        const block = `"${section}":{${[`"time":[${time.join()}]`, ...members].join()}}`;
        return hasUnits
          ? `"${section}_units":{"time":"iso8601",${units.join()}},${block}`.replace(',}', '}')
          : block;
      });
    });
}

const envelope = fc
  .record({
    latitude: fc.option(
      fc.integer({ min: -300, max: 300 }).map((quarters) => String(quarters / 4)),
      { freq: 8 },
    ),
    offset: fc.option(fc.constantFrom('0', '3600', '19800', '-36000'), { freq: 8 }),
    timezone: fc.option(fc.constantFrom('"GMT"', '"Europe/Berlin"', '"Nowhere"'), { freq: 4 }),
  })
  .map(({ latitude, offset, timezone }) => [
    ...(latitude === null ? [] : [`"latitude":${latitude}`, '"longitude":13.375']),
    ...(offset === null ? [] : [`"utc_offset_seconds":${offset}`]),
    ...(timezone === null ? [] : [`"timezone":${timezone}`]),
  ]);

/** As the server writes answers: some with little around them, some of several locations. */
const likely = fc
  .array(
    fc
      .tuple(
        envelope,
        fc.subarray(['hourly', 'daily'], { minLength: 1 }).chain((all) => fc.tuple(...all.map(blockOf))),
      )
      .map(([members, blocks]) => `{${[...members, ...blocks].join()}}`),
    { minLength: 1, maxLength: 2 },
  )
  .map((elements) => (elements.length === 1 ? elements[0]! : `[${elements.join()}]`));

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
/** What files that people keep are spoilt by, and a little of what they are not. */
const spoilt = fc.oneof(
  fc.constant((text: string) => Buffer.from(`\ufeff${text}`)),
  fc.constant((text: string) => Buffer.from(text.replace('GMT', 'Zürich'), 'latin1')),
  fc.constant((text: string) => Buffer.from(text.replace('"time"', '"time":[],"time"'))),
  fc.constant((text: string) => Buffer.from(text.replace(/(\d)\]/, '$1e999]'))),
  fc
    .constantFrom('nan', '-nan', 'NaN', '1', '')
    .map((token) => (text: string) => Buffer.from(text.replace(/(?<="latitude":)[^,]+/, token))),
  fc.tuple(place, fc.nat(255)).map(([where, byte]) => (text: string) => {
    const bytes = Buffer.from(text);
    bytes[Math.floor(where * bytes.length)] = byte;
    return bytes;
  }),
  place.map((where) => (text: string) => Buffer.from(text.slice(0, Math.floor(where * text.length)))),
);

describe('what init drafts from an answer', () => {
  test('a replay reads, whatever the answer leaves out', async () => {
    let drafted = 0;
    await fc.assert(
      fc.asyncProperty(likely, async (text) => {
        if (await isReadAsDrafted(Buffer.from(text))) drafted++;
      }),
      { numRuns: 200 },
    );
    expect(drafted).toBeGreaterThan(30);
  });

  test('a replay reads, of answers of any shape', async () => {
    await fc.assert(
      fc.asyncProperty(answerArbitrary, async ({ text }) => {
        await isReadAsDrafted(Buffer.from(text));
      }),
      { numRuns: 400 },
    );
  });

  test('a replay reads, whatever the file was spoilt by', async () => {
    await fc.assert(
      fc.asyncProperty(likely, spoilt, async (text, spoil) => {
        await isReadAsDrafted(spoil(text));
      }),
      { numRuns: 600 },
    );
  });
});
