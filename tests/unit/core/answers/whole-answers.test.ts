import fc from 'fast-check';
import type { LocationAnswer } from '../../../../core/answers/location-answer';
import { readAnswer } from '../../../../core/answers/read-answer';
import type { DecodedColumn } from '../../../../core/decode/answer';
import { SourceContractError } from '../../../../core/errors';
import { planRequests } from '../../../../core/planning/requests';
import { nanAsNull } from '../decode/parse-oracle';
import { type WholeAnswer, wholeAnswer } from './whole-answer-arbitrary';

type Block = Record<string, unknown[]>;
type Tree = Record<string, unknown>;

const SEED = 20260301;

function read(text: string | Uint8Array, { pipeline, from, to }: WholeAnswer): LocationAnswer[] {
  const [request] = planRequests(pipeline, { from, to, source: { api: 'forecast', models: [] } });
  const body = typeof text === 'string' ? Buffer.from(text) : text;
  return readAnswer(body, { recorded: false, ...request! }, pipeline);
}

function treesOf({ text }: WholeAnswer): Tree[] {
  return [JSON.parse(nanAsNull(text))].flat() as Tree[];
}

/** Seconds of a time as JSON.parse gives it; labels are read as if they were UTC. */
function seconds(time: unknown): number {
  if (typeof time === 'number') return time;
  const label = String(time);
  return Date.parse(label.length === 10 ? `${label}T00:00Z` : `${label}Z`) / 1000;
}

function expectedOf(values: readonly unknown[], { kind }: DecodedColumn): unknown[] {
  if (kind === 'text') return [...values];
  return values.map((value) => (value === null ? Number.NaN : kind === 'time' ? seconds(value) : value));
}

test('whole answers read as JSON.parse reads them, each under its location, to the bit', () => {
  fc.assert(
    fc.property(wholeAnswer, (whole) => {
      const answers = read(whole.text, whole);

      const trees = treesOf(whole);
      expect(answers).toHaveLength(trees.length);
      for (const [index, tree] of trees.entries()) {
        const { location, section, columns, ...told } = answers[index]!;
        const block = tree[whole.section] as Block;
        expect(location.number).toBe(tree.location_id);
        expect(told).toEqual({
          offsetSeconds: tree.utc_offset_seconds,
          ...(typeof tree.latitude === 'number' && { gridLatitude: tree.latitude }),
          ...(typeof tree.longitude === 'number' && { gridLongitude: tree.longitude }),
          ...(typeof tree.elevation === 'number' && { elevation: tree.elevation }),
        });
        expect(Array.from(section.time)).toEqual(block.time!.map(seconds));
        const table = whole.pipeline.tables[0]!;
        for (const [position, { data }] of columns.get(table.name)!.entries()) {
          const expected = expectedOf(block[table.columns[position]!.source]!, data);
          expect(
            Array.from<unknown>(data.values).every((value, row) => Object.is(value, expected[row])),
          ).toBe(true);
        }
      }
    }),
    { seed: SEED, numRuns: 400 },
  );
});

/** Changes one element so that it breaks a promise. Some need what an answer does not have: they change nothing then. */
type Breach = readonly [title: string, breach: (tree: Tree, block: Block, whole: WholeAnswer) => unknown];

const each = (block: Block, change: (values: unknown[]) => unknown[]) => {
  for (const [name, values] of Object.entries(block)) block[name] = change(values);
};
const unitsOf = (tree: Tree, { section }: WholeAnswer) => tree[`${section}_units`] as Record<string, unknown>;

const BREACHES: readonly Breach[] = [
  ['an id that was not asked for', (tree) => (tree.location_id = 99)],
  ['the id 0', (tree) => (tree.location_id = 0)],
  ['an id that is no number', (tree) => (tree.location_id = 'p1')],
  ['a cell elsewhere', (tree) => Object.assign(tree, { latitude: 0, longitude: elsewhere(tree) })],
  ['a cell nowhere', (tree) => (tree.latitude = 999)],
  ['no latitude', (tree) => delete tree.latitude],
  ['no longitude', (tree) => delete tree.longitude],
  ['a coordinate as a text', (tree) => (tree.longitude = '13.4')],
  ['an elevation above all land', (tree) => (tree.elevation = 9_000.1)],
  ['an elevation below all land', (tree) => (tree.elevation = -500.1)],
  ['another offset', (tree) => (tree.utc_offset_seconds = Number(tree.utc_offset_seconds) + 3_600)],
  ['no offset', (tree) => delete tree.utc_offset_seconds],
  ['no section', (tree, _, { section }) => delete tree[section]],
  ['a section of another name', (tree, block, { section }) => rename(tree, section, 'weekly', block)],
  ['a row too few', (_, block) => each(block, (values) => values.slice(1))],
  ['a row too many', (_, block) => each(block, (values) => [...values, values[0]])],
  ['times in another order', (_, block) => block.time!.reverse()],
  ['a time twice', (_, block) => (block.time![1] = block.time![0])],
  ['a time that is null', (_, block) => (block.time![1] = null)],
  ['no times', (_, block) => delete block.time],
  ['a column too short', (_, block) => block.rain!.pop()],
  ['a column too long', (_, block) => block.rain!.push(1)],
  ['a column that is missing', (_, block) => delete block.temperature_2m],
  ['a column that is no array', (_, block) => Object.assign(block, { rain: 1 })],
  ['a text among numbers', (_, block) => (block.rain![1] = '1')],
  ['a truth among numbers', (_, block) => (block.rain![1] = true)],
  ['an array among numbers', (_, block) => (block.rain![1] = [1])],
  ['a number among texts', (_, block) => (block.note![1] = 1)],
  ['a text among times', (_, block) => (block.sunrise![1] = 'morning')],
  ['another unit', (tree, _, whole) => (unitsOf(tree, whole).rain = 'furlong')],
  ['no unit', (tree, _, whole) => delete unitsOf(tree, whole).temperature_2m],
];

/** Far from every place at the equator, whatever its own. */
function elsewhere({ longitude }: Tree): number {
  return Number(longitude ?? 0) > 0 ? -200 : 200;
}

function rename(tree: Tree, from: string, to: string, block: Block): void {
  delete tree[from];
  tree[to] = block;
}

const picked = fc.tuple(wholeAnswer, fc.nat());

describe('whole answers of which one element breaks a promise are refused', () => {
  test.each(BREACHES)('%s', (title, breach) => {
    fc.assert(
      fc.property(picked, ([whole, position]) => {
        const trees = treesOf(whole);
        const tree = trees[position % trees.length]!;
        const place = whole.pipeline.locations[Number(tree.location_id) - 1]!;
        fc.pre(title !== 'a cell elsewhere' || Math.abs(place.latitude) > 2);

        breach(tree, tree[whole.section] as Block, whole);

        expect(() => read(JSON.stringify(trees.length === 1 ? tree : trees), whole)).toThrow(
          SourceContractError,
        );
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  test('an element too few, or one twice', () => {
    fc.assert(
      fc.property(picked, ([whole, position]) => {
        const trees = treesOf(whole);
        const fewer = trees.toSpliced(position % trees.length, 1);
        const more = [...trees, trees[position % trees.length]];
        const twice = fewer.length === 0 ? more : [...fewer, fewer[0]];

        for (const json of [fewer, more, twice])
          expect(() => read(JSON.stringify(json), whole)).toThrow(SourceContractError);
      }),
      { seed: SEED, numRuns: 50 },
    );
  });

  test('ids that are swapped, where the cells are told and lie apart', () => {
    fc.assert(
      fc.property(wholeAnswer, (whole) => {
        const trees = treesOf(whole);
        const [first, second] = trees;
        const isApart =
          first !== undefined &&
          second !== undefined &&
          [first, second].every(({ latitude }) => typeof latitude === 'number') &&
          Math.abs(Number(first.latitude) - Number(second.latitude)) > 3.1;
        fc.pre(isApart);
        [first!.location_id, second!.location_id] = [second!.location_id, first!.location_id];

        expect(() => read(JSON.stringify(trees), whole)).toThrow(/not near the place asked for/);
      }),
      { seed: SEED, numRuns: 50 },
    );
  });
});

describe('whole answers that are no JSON any more are refused', () => {
  const cut = fc.tuple(wholeAnswer, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }));

  test('cut anywhere', () => {
    fc.assert(
      fc.property(cut, ([whole, share]) => {
        const body = Buffer.from(whole.text.trim());

        expect(() => read(body.subarray(0, Math.floor(share * body.length)), whole)).toThrow(
          SourceContractError,
        );
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test.each(['NaN', 'nan', 'Infinity', '01', '+1', '.5', '1.', '1e', '0x1', "'1'", '1e999', 'nul', '1,', ''])(
    'with %s among the numbers',
    (token) => {
      fc.assert(
        fc.property(wholeAnswer, (whole) => {
          const trees = treesOf(whole);
          (trees[0]![whole.section] as Block).rain![1] = '@';
          const text = JSON.stringify(trees.length === 1 ? trees[0] : trees).replace('"@"', token);

          expect(() => read(text, whole)).toThrow(SourceContractError);
        }),
        { seed: SEED, numRuns: 25 },
      );
    },
  );

  test.each<[string, (text: string) => string | Uint8Array]>([
    ['text behind', (text) => `${text}Unexpected error while streaming data`],
    ['text before', (text) => `x${text}`],
    ['a byte order mark', (text) => `\u{feff}${text}`],
    ['a key twice', (text) => text.replace('"generationtime_ms"', '"x":1,"x"')],
    ['a comma behind the last member', (text) => text.replace(/\}(?=[^}]*$)/, ',}')],
    ['a control character in a key', (text) => text.replace('"generationtime_ms"', '"generation\u0001"')],
    ['a byte that is no UTF-8', (text) => Buffer.from(`${text.slice(0, -1)}\xff${text.slice(-1)}`, 'latin1')],
  ])('with %s', (_, damage) => {
    fc.assert(
      fc.property(wholeAnswer, (whole) => {
        const trees = treesOf(whole);
        const text = JSON.stringify(trees.length === 1 ? trees[0] : trees);

        expect(() => read(damage(text), whole)).toThrow(SourceContractError);
      }),
      { seed: SEED, numRuns: 25 },
    );
  });
});
