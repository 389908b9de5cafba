import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ColumnKind, WantedColumns } from '../../core/decode/answer';
import { decodeAnswer } from '../../core/decode/decode-answer';
import { SourceContractError } from '../../core/errors';
import { SECTIONS } from '../../core/model/source';
import { difference, sectionDifference } from '../unit/core/decode/parse-oracle';

type Block = Readonly<Record<string, unknown>>;

const FOLDER = path.resolve(__dirname, '../../../shared/data/open-meteo');
const files = existsSync(FOLDER)
  ? (readdirSync(FOLDER, { recursive: true }) as string[]).filter((name) => name.endsWith('.json')).sort()
  : [];

/** Recorded, but of another API, or no answer at all. */
const NO_WEATHER = /geocoding|elevation|^errors/;

function read(name: string): { body: Uint8Array; parsed: unknown } {
  const body = readFileSync(path.join(FOLDER, name));
  return { body, parsed: JSON.parse(body.toString('utf8')) };
}

const noWeather = files.filter((name) => NO_WEATHER.test(name));
const bareBlocks = files.filter((name) => Object.hasOwn(read(name).parsed as Block, 'time'));
const answers = files.filter((name) => !noWeather.includes(name) && !bareBlocks.includes(name));

/** Every column of the block, by what its first value that is not null looks like. */
function kindsOf(block: Block): Record<string, ColumnKind> {
  return Object.fromEntries(
    Object.entries(block).map(([name, values]): [string, ColumnKind] => {
      const first = [values].flat().find((value) => value !== null);
      if (typeof first !== 'string') return [name, 'number'];
      return [name, /^\d{4}-\d{2}-\d{2}/.test(first) ? 'time' : 'text'];
    }),
  );
}

function everything(parsed: unknown): WantedColumns {
  const [first] = [parsed].flat() as Record<string, Block>[];
  return Object.fromEntries(
    SECTIONS.flatMap((section) => (first?.[section] ? [[section, kindsOf(first[section])]] : [])),
  );
}

describe('recorded answers', () => {
  if (files.length === 0) {
    test.skip(`skipped: the recorded answers are not there (${FOLDER})`, () => {});
    return;
  }

  test.each(answers)('%s decodes to the values that JSON.parse gives', (name) => {
    const { body, parsed } = read(name);
    const wanted = everything(parsed);

    const decoded = decodeAnswer(body, wanted);

    expect(Object.keys(wanted)).not.toHaveLength(0);
    expect(difference(decoded, parsed, wanted)).toBeUndefined();
  });

  test.each(bareBlocks)('%s decodes as the section that is named for it', (name) => {
    const { body, parsed } = read(name);
    const columns = kindsOf(parsed as Block);

    const [location] = decodeAnswer(body, { hourly: columns }, { bareSection: 'hourly' });

    const section = location!.sections.get('hourly')!;
    expect(sectionDifference(section, { block: parsed as Block, units: {}, columns })).toBeUndefined();
  });

  test.each(bareBlocks)('%s is refused when no section is named for it', (name) => {
    const { body } = read(name);

    expect(() => decodeAnswer(body, { hourly: {} })).toThrow(/recorded\.section/);
  });

  test.each(noWeather)('%s holds no weather and is refused', (name) => {
    const { body } = read(name);

    expect(() => decodeAnswer(body, { hourly: {}, daily: {} })).toThrow(SourceContractError);
  });
});
