import { PARQUET_WASM_READER } from '../../../adapters/parquet-wasm/parquet-wasm-reader';
import { StorageError } from '../../../core/errors';
import type { ColumnType, TableBatch } from '../../../core/tables/table-batch';
import { PARQUET_ENCODER } from '../../lake/parquet-encoder';
import { batchOf, columnOf } from './batch-of';
import { weatherBatch } from './weather-batch';

const TYPES: readonly ColumnType[] = ['float32', 'float64', 'int32', 'timestamp', 'date', 'string'];

const fileOf = (batch: TableBatch) => PARQUET_ENCODER.encode(batch);
const read = (file: Uint8Array) => PARQUET_WASM_READER.read(file);

describe('the reader that did not write the file', () => {
  it.each<[string, (string | number | null)[]]>([
    ['values', [1, null, 2]],
    ['nulls only', [null, null, null]],
    ['no rows', []],
  ])('tells names, types, metadata and rows of a file with %s', (_, cells) => {
    const columns = TYPES.map((type) =>
      columnOf(
        type,
        cells.map((cell) => (type === 'string' && cell !== null ? String(cell) : cell)),
      ),
    );
    const described = columns.map((column) => ({ ...column, metadata: { unit: `of ${column.name}` } }));
    const batch = batchOf(described, { pipeline: 'small', schema_version: '3' });

    const table = read(fileOf(batch));

    expect(table.rows).toBe(cells.length);
    expect(table.metadata).toMatchObject({ pipeline: 'small', schema_version: '3' });
    expect(table.columns).toEqual(described.map(({ name, type, metadata }) => ({ name, type, metadata })));
  });

  it('counts the rows of a file that has more of them than a batch', () => {
    const rows = Array.from({ length: 200_001 }, (_, row) => row);

    expect(read(fileOf(batchOf([columnOf('int32', rows)]))).rows).toBe(200_001);
  });

  it('refuses files that are cut or changed with a StorageError, and reads the next as if none had come before', () => {
    const file = fileOf(weatherBatch());
    const rows = read(file).rows;
    const spoilt = [
      new Uint8Array(0),
      Buffer.from('PAR1'),
      Buffer.from('{"not": "parquet"}'),
      ...Array.from({ length: 50 }, (_, n) => file.subarray(0, Math.floor((file.length * n) / 50))),
      new Uint8Array(file.length).fill(0xff, 4, -4),
      Uint8Array.from(file).fill(0xff, 8, file.length / 2),
    ];

    for (const bytes of spoilt) expect(() => read(bytes)).toThrow(StorageError);

    expect(read(file).rows).toBe(rows);
  });
});
