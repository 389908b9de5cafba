import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AnswerDraftOptions } from '../../core/drafting/draft-options';
import { writePipelineFile } from '../../core/drafting/write-pipeline-file';
import { ConfigError } from '../../core/errors';
import { parsePipeline } from '../../core/pipeline/parse-pipeline';
import { draftFromAnswer } from '../weather/draft-from-answer';

const FOLDER = resolve(__dirname, '../../../shared/data/open-meteo');
const FILES = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  : [];
if (FILES.length === 0) process.stderr.write(`Skipped: there are no recorded answers in ${FOLDER}.\n`);

const describeRecorded = FILES.length === 0 ? describe.skip : describe;

/** Files that hold no weather: other APIs, and refusals. */
const NO_ANSWER = /^errors|elevation|geocoding/;
const BARE = ['etl_hourly_block_only.json', 'etl_rio_raw_v1.json', 'etl_weather_data_v4.json'];
const WITHOUT_ENVELOPE = ['openmeteopy_data_hourly_only.json', 'openmeteopy_response_2024.json'];

const read = (name: string): unknown => JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8'));

function refusalOf(work: () => unknown): ConfigError {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('It was drafted.');
}

/** What a person would state of a file that says little, the units made up. */
function statedOf(json: unknown): Omit<AnswerDraftOptions, 'name'> {
  const { hourly = json } = json as { hourly?: unknown };
  const names = Object.keys(hourly as object).filter((name) => name !== 'time');
  return {
    bareSection: 'hourly',
    latitude: -22.9,
    longitude: -43.2,
    utcOffsetSeconds: -10_800,
    units: Object.fromEntries(names.map((name) => [name, name.includes('speed') ? 'km/h' : '%'])),
  };
}

/** Sections of an answer and the columns in them, `time` left out. */
function columnsOf(json: unknown): Record<string, string[]> {
  const [first] = [json].flat() as Record<string, object>[];
  const sections = Object.entries(first!).filter(([key]) =>
    ['current', 'current_weather', 'minutely_15', 'hourly', 'daily'].includes(key),
  );
  return Object.fromEntries(
    sections.map(([key, block]) => [key, Object.keys(block).filter((name) => name !== 'time')]),
  );
}

describeRecorded('init from recorded answers', () => {
  const telling = FILES.filter(
    (name) => !NO_ANSWER.test(name) && !BARE.includes(name) && !WITHOUT_ENVELOPE.includes(name),
  );

  it.each(telling)('drafts every column of %s', (name) => {
    const json = read(name);

    const draft = draftFromAnswer(json, { name: 'drafted' });

    const pipeline = parsePipeline(JSON.parse(writePipelineFile(draft)));
    const drafted = pipeline.tables.map(({ section, columns }) => [
      section,
      columns.map(({ source }) => source),
    ]);
    expect(Object.fromEntries(drafted)).toEqual(columnsOf(json));
    expect(pipeline.locations).toHaveLength([json].flat().length);
  });

  it.each([...BARE, ...WITHOUT_ENVELOPE])(
    'asks for what %s does not say, and drafts when it is stated',
    (name) => {
      const json = read(name);
      const stated = statedOf(json);

      const { problems } = refusalOf(() => draftFromAnswer(json, { name: 'drafted' }));
      const pipeline = parsePipeline(draftFromAnswer(json, { name: 'drafted', ...stated }));

      expect(problems.map(({ path }) => path)).toEqual([
        ...(BARE.includes(name) ? ['--section'] : []),
        '--latitude, --longitude',
        '--utc-offset-seconds',
        ...Object.keys(stated.units ?? {}).map((column) => `--unit ${column}=UNIT`),
      ]);
      expect(pipeline.recorded.units).toEqual(stated.units);
      expect(pipeline.tables[0]?.columns.map(({ source }) => source)).toEqual(
        Object.keys(stated.units ?? {}),
      );
    },
  );

  it.each(FILES.filter((name) => NO_ANSWER.test(name)))('refuses %s, which holds no weather', (name) => {
    const error = refusalOf(() => draftFromAnswer(read(name), { name: 'drafted' }));

    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]?.message).toMatch(/no section with a column|the source answered with an error/);
  });

  it('covers every kind of file', () => {
    expect(telling.length).toBeGreaterThan(15);
    expect(FILES).toEqual(expect.arrayContaining([...BARE, ...WITHOUT_ENVELOPE]));
  });
});
