/** Run by itself: the hash of a batch that is not the first one of its process. */
import { createHash } from 'node:crypto';
import { ParquetEncoder } from '../../../adapters/parquet/parquet-encoder';
import { weatherBatch } from './weather-batch';

const encoder = new ParquetEncoder();
for (const rows of [10, 240, 50]) encoder.encode(weatherBatch(rows));
process.stdout.write(createHash('sha256').update(encoder.encode(weatherBatch())).digest('hex'));
