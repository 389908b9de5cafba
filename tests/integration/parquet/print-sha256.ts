/** Run by itself: the hash of a batch that is not the first one of its process. */
import { createHash } from 'node:crypto';
import { openParquetEncoder } from '../../../adapters/parquet/parquet-encoder';
import { weatherBatch } from './weather-batch';

async function print(): Promise<void> {
  const encoder = await openParquetEncoder();
  for (const rows of [10, 240, 50]) encoder.encode(weatherBatch(rows));
  process.stdout.write(createHash('sha256').update(encoder.encode(weatherBatch())).digest('hex'));
}

void print();
