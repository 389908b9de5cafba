import { tableFromIPC } from 'apache-arrow';
import { CREATED_BY } from '../../../adapters/parquet/file-footer';
import { ROW_GROUP_ROWS } from '../../../adapters/parquet/parquet-file';
import { PARQUET_ENCODER } from '../../lake/parquet-encoder';
import { batchOf, columnOf } from './batch-of';
import { ParquetReader, type Row } from './parquet-reader';
import { weatherBatch } from './weather-batch';

const DICTIONARY = 'PLAIN, RLE, RLE_DICTIONARY';
const PLAIN = 'PLAIN, RLE';
const DELTA = 'RLE, DELTA_BINARY_PACKED';

describe('a Parquet file', () => {
  let reader: ParquetReader;
  let file: Uint8Array;
  beforeAll(async () => {
    reader = await ParquetReader.open();
    file = PARQUET_ENCODER.encode(weatherBatch());
  });
  afterAll(() => reader.close());

  it('is compressed with zstd in every column, also when it is the second one of the process', async () => {
    PARQUET_ENCODER.encode(weatherBatch());

    const chunks = await reader.describe(PARQUET_ENCODER.encode(weatherBatch()), 'metadata');

    expect(chunks.map((chunk) => chunk.compression)).toEqual(weatherBatch().columns.map(() => 'ZSTD'));
  });

  it('has dictionaries where values repeat, deltas for times, plain values elsewhere', async () => {
    const chunks = await reader.describe(file, 'metadata');

    expect(byColumn(chunks, 'encodings')).toEqual({
      location_id: DICTIONARY,
      time: DELTA,
      temperature_2m: DICTIONARY,
      root: PLAIN,
      weather_code: DICTIONARY,
      square: PLAIN,
      latitude: DICTIONARY,
      remark: PLAIN,
      day: DELTA,
    });
  });

  it('has the physical and logical types that every reader knows', async () => {
    const [, ...fields] = await reader.describe(file, 'schema');

    expect(
      fields.map(({ name, type, repetition_type, logical_type }) => ({
        name,
        type,
        repetition_type,
        logical_type,
      })),
    ).toEqual([
      field('location_id', 'BYTE_ARRAY', 'StringType()'),
      field(
        'time',
        'INT64',
        expect.stringMatching(/^TimestampType\(isAdjustedToUTC=1, unit=TimeUnit\(MILLIS=Milli/),
      ),
      field('temperature_2m', 'FLOAT'),
      field('root', 'FLOAT'),
      field('weather_code', 'INT32'),
      field('square', 'INT32'),
      field('latitude', 'DOUBLE'),
      field('remark', 'BYTE_ARRAY', 'StringType()'),
      field('day', 'INT32', 'DateType()'),
    ]);
  });

  it('has statistics of every column', async () => {
    const chunks = await reader.describe(file, 'metadata');

    const statistics = ['stats_min_value', 'stats_max_value', 'stats_null_count'].map((name) =>
      byColumn(chunks, name),
    );
    expect(statistics).toMatchObject([
      {
        location_id: 'location-0',
        time: '2026-01-01 00:00:00+00',
        temperature_2m: '-15.0',
        square: '0',
        day: '2026-01-01',
      },
      {
        location_id: 'location-9',
        time: '2026-01-10 23:00:00+00',
        temperature_2m: '15.0',
        square: '5755201',
        day: '2026-01-01',
      },
      { location_id: '0', time: '0', temperature_2m: '24', square: '0', day: '0' },
    ]);
  });

  it('has bounds that leave NaN out and hold both zeros, so that a filter finds its rows', async () => {
    const column = columnOf('float32', [NaN, 0, null, -0, NaN]);

    const [chunk] = await reader.describe(PARQUET_ENCODER.encode(batchOf([column])), 'metadata');

    expect(chunk).toMatchObject({ stats_min_value: '-0.0', stats_max_value: '0.0', stats_null_count: '1' });
  });

  it('says who wrote it', async () => {
    expect(await reader.describe(file, 'file_metadata')).toMatchObject([
      { created_by: CREATED_BY, format_version: '2' },
    ]);
  });

  it('has pages that end where the next one begins', async () => {
    const rows = weatherBatch(2_400);

    const chunks = await reader.describe(PARQUET_ENCODER.encode(rows), 'metadata');

    const start = (chunk: Row) => Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
    const ends = chunks.map((chunk) => start(chunk) + Number(chunk.total_compressed_size));
    expect(start(chunks[0]!)).toBe(4);
    expect(chunks.slice(1).map(start)).toEqual(ends.slice(0, -1));
  });

  it('lists the file metadata as plain keys and values, in the order of the keys', async () => {
    const keyValues = await reader.keyValues(file);

    const expected = Object.entries(weatherBatch().metadata).sort(([a], [b]) => (a < b ? -1 : 1));
    expect(keyValues.slice(0, -1)).toEqual(expected);
    expect(keyValues.at(-1)![0]).toBe('ARROW:schema');
  });

  it('holds the metadata of each field where Arrow readers look for it', async () => {
    const arrowSchema = (await reader.keyValues(file)).at(-1)![1];

    const { schema } = tableFromIPC(Buffer.from(arrowSchema, 'base64'));

    const metadata = schema.fields.map(({ name, metadata }) => [name, Object.fromEntries(metadata)]);
    expect(metadata).toEqual(weatherBatch().columns.map(({ name, metadata }) => [name, metadata]));
  });

  it('holds up to a million rows in one group', async () => {
    const rows = ROW_GROUP_ROWS + 1;
    const column = {
      name: 'x',
      type: 'int32',
      values: new Int32Array(rows),
      nullCount: 0,
      metadata: {},
    } as const;

    const chunks = await reader.describe(PARQUET_ENCODER.encode(batchOf([column])), 'metadata');

    expect(chunks.map((chunk) => chunk.row_group_num_rows)).toEqual([`${ROW_GROUP_ROWS}`, '1']);
  });

  it('takes a column name with a dot for one name', async () => {
    const column = columnOf('timestamp', [0, 1], { name: 'valid.time' });

    const chunks = await reader.describe(PARQUET_ENCODER.encode(batchOf([column])), 'metadata');

    expect(byColumn(chunks, 'encodings')).toEqual({ 'valid.time': DELTA });
  });
});

function field(name: string, type: string, logicalType: unknown = null): Row {
  return { name, type, repetition_type: 'OPTIONAL', logical_type: logicalType };
}

function byColumn(chunks: readonly Row[], fact: string): Row {
  return Object.fromEntries(chunks.map((chunk) => [chunk.path_in_schema, chunk[fact]]));
}
