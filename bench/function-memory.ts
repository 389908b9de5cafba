import { join } from 'node:path';
import type { Day } from '../core/time/day';
import { withLake } from './bench-lake';
import { benchPipelineFile } from './bench-pipeline';
import { MeasuredFunction, SAMPLED_TRACE } from './functions/measured-function';
import { compare, type Report, round } from './measure';

const LOCATIONS = 1_000;
const DAYS = { from: '2026-09-01' as Day, to: '2026-09-03' as Day };
const MEBIBYTE = 1024 * 1024;
const TARGET_MIB = 256;

/** The daily ingest of 1,000 locations, newest day and look-back, both sections: peak memory of its process. */
export async function functionMemory(report: Report): Promise<void> {
  const ingest = MeasuredFunction.bundle('ingest-weather-daily', 'bench/functions/ingest-from-files.ts');
  const file = benchPipelineFile(LOCATIONS);
  ingest.give(file, DAYS);
  await withLake(async (folder) => {
    const env = { ...SAMPLED_TRACE, LAKE_FOLDER: join(folder, 'lake') };
    const { peakBytes, milliseconds } = ingest.invoke({ event: DAYS, env });
    compare(report, `function_memory.peak_against_${TARGET_MIB}_MiB`, 'MiB', [
      peakBytes / MEBIBYTE,
      TARGET_MIB,
    ]);
    report({ name: 'function_memory.seconds', value: round(milliseconds / 1000), unit: 's' });
  });
  ingest.remove();
}
