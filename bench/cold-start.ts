import type { Day } from '../core/time/day';
import { benchPipelineFile } from './bench-pipeline';
import { MeasuredFunction, SAMPLED_TRACE } from './functions/measured-function';
import { compare, type Report, Stopwatch } from './measure';

const DAY = '2026-09-01' as Day;
const RUNS = 21;

/**
 * The daily ingest from the start of its process to the end of its first invocation, one answer of ten locations and one day, against a
 * function that only loads the S3 client, bundled plainly.
 */
export async function coldStart(report: Report): Promise<void> {
  const ingest = MeasuredFunction.bundle('ingest-weather-daily', 'bench/functions/ingest-from-files.ts');
  const bare = MeasuredFunction.bundlePlainly('bare', 'bench/functions/bare-s3.ts');
  const file = benchPipelineFile(undefined, ['hourly']);
  ingest.give(file, { from: DAY, to: DAY });
  const event = { date: DAY };
  const watches = { traced: new Stopwatch(), untraced: new Stopwatch(), bare: new Stopwatch() };
  // By turns, so that whatever else the machine does weighs on all alike.
  for (let run = 0; run < RUNS; run++) {
    watches.bare.time(() => bare.invoke({ event, env: {} }));
    watches.traced.time(() => ingest.invoke({ event, env: SAMPLED_TRACE }));
    watches.untraced.time(() => ingest.invoke({ event, env: {} }));
  }
  const reference = watches.bare.timing(1);
  for (const name of ['traced', 'untraced'] as const) {
    const timing = watches[name].timing(1);
    compare(report, `cold_start.${name}_against_bare_s3`, 'ms', [timing.median, reference.median]);
    compare(report, `cold_start.${name}_against_bare_s3_best`, 'ms', [timing.best, reference.best]);
  }
  ingest.remove();
  bare.remove();
}
