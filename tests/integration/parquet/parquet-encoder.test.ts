import fc from 'fast-check';
import type { ColumnType } from '../../../core/tables/table-batch';
import { PARQUET_ENCODER } from '../../lake/parquet-encoder';
import { batchOf, type Cell, columnOf } from './batch-of';
import { ParquetReader } from './parquet-reader';

const FLOAT32_MAX = 3.4028234663852886e38;
const FLOAT32_MIN_SUBNORMAL = 2 ** -149;
/** Milliseconds; the furthest instant that an ECMAScript Date can hold. */
const LAST_INSTANT = 8.64e15;

const CELLS: Record<ColumnType, fc.Arbitrary<Cell>> = {
  float32: fc.float(),
  float64: fc.double(),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  timestamp: fc.integer({ min: -LAST_INSTANT, max: LAST_INSTANT }),
  date: fc.integer({ min: -700_000, max: 2_900_000 }),
  string: fc.string({ unit: 'grapheme' }),
};
const TYPES = Object.keys(CELLS) as ColumnType[];

describe('ParquetEncoder', () => {
  let reader: ParquetReader;
  beforeAll(async () => {
    reader = await ParquetReader.open();
  });
  afterAll(() => reader.close());

  it.each<[ColumnType, Cell[]]>([
    [
      'float32',
      [0, -0, 1.5, Math.fround(0.1), FLOAT32_MAX, -FLOAT32_MAX, FLOAT32_MIN_SUBNORMAL, Infinity, NaN],
    ],
    ['float64', [0, -0, 0.1, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -Infinity, NaN]],
    ['int32', [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)]],
    [
      'timestamp',
      [0, -1, 1, -86_400_000, 2 ** 32, -(2 ** 32), 2 ** 32 - 1, -(2 ** 32) - 1, 1_772_000_000_000],
    ],
    ['timestamp', [LAST_INSTANT, -LAST_INSTANT]],
    ['date', [0, -1, 20_000, -25_567]],
    ['string', ['', 'São Paulo', '東京', '🌦️', 'a\u0000b', 'line\nbreak', "O'Hare"]],
  ])('gives every %s back as it was, with nulls between them', async (type, values) => {
    const cells = [null, ...values, null, ...values.toReversed()];

    const file = PARQUET_ENCODER.encode(batchOf([columnOf(type, cells)]));

    expect((await reader.columns(file))[type]).toEqual(cells);
  });

  it.each(TYPES)('keeps the type of a %s column that is all null', async (type) => {
    const empty = PARQUET_ENCODER.encode(batchOf([columnOf(type, [null, null, null])]));
    const filled = PARQUET_ENCODER.encode(batchOf([columnOf(type, [type === 'string' ? 'x' : 1])]));

    expect((await reader.columns(empty))[type]).toEqual([null, null, null]);
    expect(await schemaOf(empty)).toEqual(await schemaOf(filled));
  });

  it('keeps float32 where all values happen to be integers', async () => {
    const file = PARQUET_ENCODER.encode(batchOf([columnOf('float32', [1, 2, 3])]));

    expect(await schemaOf(file)).toMatchObject([{}, { type: 'FLOAT' }]);
  });

  it('has the same schema with and without nulls', async () => {
    const without = PARQUET_ENCODER.encode(
      batchOf(TYPES.map((type) => columnOf(type, [type === 'string' ? 'x' : 1]))),
    );
    const withNulls = PARQUET_ENCODER.encode(batchOf(TYPES.map((type) => columnOf(type, [null]))));

    expect(await schemaOf(without)).toEqual(await schemaOf(withNulls));
  });

  it('makes a valid file without row groups of an empty batch', async () => {
    const file = PARQUET_ENCODER.encode(
      batchOf(
        TYPES.map((type) => columnOf(type, [])),
        { schema_version: '1' },
      ),
    );

    expect(await reader.describe(file, 'file_metadata')).toMatchObject([
      { num_rows: '0', num_row_groups: '0' },
    ]);
    expect(await reader.columns(file)).toEqual(Object.fromEntries(TYPES.map((type) => [type, []])));
    expect(await reader.keyValues(file)).toContainEqual(['schema_version', '1']);
  });

  it('takes arrays that are windows on larger ones', async () => {
    const values = new Float32Array([9, 1, 2, 9]).subarray(1, 3);
    const validity = new Uint8Array([0xff, 0b1111_1110, 0xff]).subarray(1);

    const file = PARQUET_ENCODER.encode(
      batchOf([{ name: 'x', type: 'float32', values, validity, nullCount: 1, metadata: {} }]),
    );

    expect(await reader.columns(file)).toEqual({ x: [null, 2] });
  });

  it('takes a validity bitmap that says nothing is null', async () => {
    const column = { ...columnOf('int32', [1, 2]), validity: new Uint8Array([0b11]) };

    expect(await reader.columns(PARQUET_ENCODER.encode(batchOf([column])))).toEqual({ int32: [1, 2] });
  });

  it('refuses a batch that breaks the contract, before anything is written', () => {
    const short = {
      name: 'x',
      type: 'float32',
      values: new Float32Array(1),
      nullCount: 0,
      metadata: {},
    } as const;

    expect(() => PARQUET_ENCODER.encode(batchOf([columnOf('int32', [1, 2]), short]))).toThrow(
      new TypeError('Table weather_hourly, column x: must have 2 values (received 1)'),
    );
  });

  it('gives any batch back as it was', async () => {
    const batches = fc.integer({ min: 0, max: 40 }).chain((rows) => {
      const column = (type: ColumnType) =>
        fc.array(fc.option(CELLS[type], { freq: 4 }), { minLength: rows, maxLength: rows });
      return fc.record(Object.fromEntries(TYPES.map((type) => [type, column(type)])));
    });

    await fc.assert(
      fc.asyncProperty(batches, async (cells) => {
        const file = PARQUET_ENCODER.encode(batchOf(TYPES.map((type) => columnOf(type, cells[type]!))));

        expect(await reader.columns(file)).toEqual(cells);
      }),
      { numRuns: 300 },
    );
  });

  async function schemaOf(file: Uint8Array) {
    return (await reader.describe(file, 'schema')).map(({ file_name: _, ...rest }) => rest);
  }
});
