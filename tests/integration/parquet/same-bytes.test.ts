import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CREATED_BY } from '../../../adapters/parquet/file-footer';
import type { TableBatch } from '../../../core/tables/table-batch';
import { PARQUET_ENCODER } from '../../lake/parquet-encoder';
import { batchOf, columnOf } from './batch-of';
import { weatherBatch } from './weather-batch';

describe('equal batches', () => {
  it('give equal bytes, time after time', () => {
    const hashes = Array.from({ length: 20 }, () => sha256(PARQUET_ENCODER.encode(weatherBatch())));

    expect(new Set(hashes).size).toBe(1);
  });

  it('give equal bytes in another process', () => {
    const script = join(__dirname, 'print-sha256.ts');

    const printed = execFileSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' });

    expect(printed).toBe(sha256(PARQUET_ENCODER.encode(weatherBatch())));
  });

  it('give equal bytes whatever the order in which metadata was put together', () => {
    const batch = weatherBatch();
    const reversed = (metadata: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(metadata).reverse());
    const columns = batch.columns.map((column) => ({ ...column, metadata: reversed(column.metadata) }));

    const file = PARQUET_ENCODER.encode({ ...batch, columns, metadata: reversed(batch.metadata) });

    expect(sha256(file)).toBe(sha256(PARQUET_ENCODER.encode(batch)));
  });

  it('give equal bytes whatever the validity bitmap has behind the last row', () => {
    const column = columnOf('float32', [1, null, 3]);

    const files = [0b101, 0b1111_1101].map((byte) =>
      PARQUET_ENCODER.encode(batchOf([{ ...column, validity: Uint8Array.of(byte, byte) }])),
    );

    expect(sha256(files[0]!)).toBe(sha256(files[1]!));
  });

  it('are the very bytes of this version of the writer', () => {
    // Other bytes here rewrite every published file: raise the version in CREATED_BY and say so in the changelog.
    expect(CREATED_BY).toMatch(/ version 1\.0\.0$/);
    expect(sha256(PARQUET_ENCODER.encode(weatherBatch()))).toBe(
      '49afe34b902addc3c904448229d2deb583f384a735c0410c8645051fb2df1f9a',
    );
  });

  it('give equal bytes after a batch that could not be written', () => {
    const broken = { ...weatherBatch(), metadata: { schema_version: 1 } } as unknown as TableBatch;
    const expected = sha256(PARQUET_ENCODER.encode(weatherBatch()));

    expect(() => PARQUET_ENCODER.encode(broken)).toThrow('must be of type string');

    expect(sha256(PARQUET_ENCODER.encode(weatherBatch()))).toBe(expected);
  });

  it('leave files alone that were written before', () => {
    const first = PARQUET_ENCODER.encode(weatherBatch());
    const hash = sha256(first);

    PARQUET_ENCODER.encode(weatherBatch(4_800));

    expect(sha256(first)).toBe(hash);
    expect(first.buffer.byteLength).toBe(first.byteLength);
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
