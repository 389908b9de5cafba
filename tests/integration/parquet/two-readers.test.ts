import fc from 'fast-check';
import { PAGE_ROWS } from '../../../adapters/parquet/column-chunk';
import { ROW_GROUP_ROWS } from '../../../adapters/parquet/parquet-file';
import { DISTINCT_LIMIT } from '../../../adapters/parquet/value-encoding';
import type { ColumnType } from '../../../core/tables/table-batch';
import { PARQUET_ENCODER } from '../../lake/parquet-encoder';
import { batchOf, type Cell, columnOf } from './batch-of';
import { hyparquetColumns } from './hyparquet-reader';
import { ParquetReader } from './parquet-reader';

const LAST_INSTANT = 8.64e15;
const WIDE: Record<ColumnType, fc.Arbitrary<Cell>> = {
  float32: fc.float(),
  float64: fc.double(),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  timestamp: fc.oneof(
    fc.integer({ min: -LAST_INSTANT, max: LAST_INSTANT }),
    fc.constantFrom(-LAST_INSTANT, LAST_INSTANT, 0, -1),
  ),
  date: fc.integer({ min: -700_000, max: 2_900_000 }),
  string: fc.string({ unit: 'grapheme' }),
};
const TYPES = Object.keys(WIDE) as ColumnType[];

/** Values one by one, or few of them again and again, alone or many in a row, with nulls between or in blocks. */
function cellsOf(type: ColumnType, rows: number): fc.Arbitrary<Cell[]> {
  const wide = WIDE[type];
  const few = fc.array(wide, { minLength: 1, maxLength: 6 }).chain((pool) => fc.constantFrom(...pool));
  const cell = fc.oneof(wide, few);
  const fill = (runs: [Cell, number][]) =>
    runs.flatMap(([value, length]) => Array<Cell>(length).fill(value)).slice(0, rows);
  const inRuns = fc
    .array(fc.tuple(fc.option(cell, { freq: 3 }), fc.integer({ min: 1, max: 40 })), {
      minLength: rows,
      maxLength: rows,
    })
    .map(fill);
  const oneByOne = (freq: number) =>
    few.chain(() => fc.array(fc.option(cell, { freq }), { minLength: rows, maxLength: rows }));
  const pooled = fc
    .array(wide, { minLength: 1, maxLength: 6 })
    .chain((pool) =>
      fc.array(fc.option(fc.constantFrom(...pool), { freq: 9 }), { minLength: rows, maxLength: rows }),
    );
  return fc.oneof(inRuns, oneByOne(1), oneByOne(20), pooled, fc.constant(Array<Cell>(rows).fill(null)));
}

describe('two readers of other makers', () => {
  let duckdb: ParquetReader;
  beforeAll(async () => {
    duckdb = await ParquetReader.open();
  });
  afterAll(() => duckdb.close());

  it('give any batch back as it was', async () => {
    const rows = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 21, max: 300 }));
    const batches = rows.chain((count) =>
      fc.record(Object.fromEntries(TYPES.map((type) => [type, cellsOf(type, count)]))),
    );

    await fc.assert(
      fc.asyncProperty(batches, (cells) => expectBack(cells)),
      { numRuns: 400 },
    );
  });

  it.each([PAGE_ROWS - 1, PAGE_ROWS, PAGE_ROWS + 1, 2 * PAGE_ROWS + 9])(
    'give %d rows back over the limits of pages',
    async (rows) => {
      const instant = Date.UTC(2026, 0, 1);

      await expectBack({
        float32: cells(rows, (row) => Math.fround((row % 701) / 10)),
        float64: cells(rows, (row) => row / 7, { nullEvery: 3 }),
        int32: cells(rows, (row) => Math.imul(row, 0x9e3779b1)),
        timestamp: cells(rows, (row) => instant + row * 3_600_000, { nullEvery: 1_000 }),
        date: cells(rows, (row) => Math.floor(row / 24)),
        // Nulls from the second page on, so that a page has none and another has nothing else.
        string: cells(rows, (row) => (row < PAGE_ROWS ? `location ${row % 10}` : null)),
      });
    },
  );

  it('give a row group back that follows on another', async () => {
    const rows = ROW_GROUP_ROWS + 13;

    // Each group has a dictionary of its own.
    await expectBack({
      string: cells(rows, (row) => (row < ROW_GROUP_ROWS ? 'first' : 'second'), { nullEvery: 100 }),
    });
  });

  it.each([DISTINCT_LIMIT, DISTINCT_LIMIT + 1])('give %d different values back', async (distinct) => {
    await expectBack({
      int32: cells(4 * distinct + 4, (row) => (row % distinct) - 7, { nullEvery: 77 }),
      float64: cells(4 * distinct + 4, (row) => (row % distinct) / 3),
    });
  });

  it('give texts back that are longer than a page', async () => {
    await expectBack({ string: Array.from({ length: 40 }, (_, row) => `${row}`.padEnd(300_000, 'é')) });
  });

  async function expectBack(columns: Record<string, Cell[]>): Promise<void> {
    const types = Object.keys(columns) as ColumnType[];
    const file = PARQUET_ENCODER.encode(batchOf(types.map((type) => columnOf(type, columns[type]!))));
    const seen = { duckdb: await duckdb.columns(file), hyparquet: await hyparquetColumns(file, types) };
    for (const [reader, received] of Object.entries(seen)) {
      for (const type of types) {
        expect({ reader, ...firstDifference(received[type]!, columns[type]!) }).toEqual({ reader });
      }
    }
  }
});

function cells(
  rows: number,
  cell: (row: number) => Cell,
  { nullEvery = Number.POSITIVE_INFINITY }: { nullEvery?: number } = {},
): Cell[] {
  return Array.from({ length: rows }, (_, row) => (row % nullEvery === nullEvery - 1 ? null : cell(row)));
}

/** -0 is not 0, and NaN is NaN. */
function firstDifference(received: Cell[], expected: Cell[]) {
  if (received.length !== expected.length) return { received: received.length, expected: expected.length };
  const row = received.findIndex((cell, index) => !Object.is(cell, expected[index]));
  return row < 0 ? {} : { row, received: received[row], expected: expected[row] };
}
