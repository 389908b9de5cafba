import { wasmMemory } from 'parquet-wasm/node';
import { ParquetEncoder } from '../../../adapters/parquet/parquet-encoder';
import type { TableBatch } from '../../../core/tables/table-batch';
import { weatherBatch } from './weather-batch';

const encoder = new ParquetEncoder();

describe('WebAssembly memory', () => {
  it('stays as it is over a thousand conversions', () => {
    const batch = weatherBatch(240);
    repeat(20, () => encoder.encode(batch));
    const settled = memoryBytes();

    repeat(1_000, () => encoder.encode(batch));

    expect(memoryBytes()).toBe(settled);
  });

  it('stays as it is over a thousand failures', () => {
    const batch = { ...weatherBatch(240), metadata: { schema_version: 1 } } as unknown as TableBatch;
    const failing = () => expect(() => encoder.encode(batch)).toThrow();
    repeat(20, failing);
    const settled = memoryBytes();

    repeat(1_000, failing);

    expect(memoryBytes()).toBe(settled);
  });
});

function repeat(times: number, act: () => unknown): void {
  for (let time = 0; time < times; time += 1) act();
}

function memoryBytes(): number {
  return (wasmMemory() as { readonly buffer: ArrayBuffer }).buffer.byteLength;
}
