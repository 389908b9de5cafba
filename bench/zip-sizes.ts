import { MeasuredFunction } from './functions/measured-function';
import { compare, type Report } from './measure';

const FUNCTIONS = ['ingest-weather-daily', 'watch-freshness'];
const TARGET_BYTES = 2.5e6;

/** What is uploaded for each function, source map included. */
export async function zipSizes(report: Report): Promise<void> {
  for (const name of FUNCTIONS) {
    const bundled = MeasuredFunction.bundle(name, `handlers/${name}/index.ts`);
    compare(report, `zip.${name}`, 'bytes', [bundled.size(`${name}.zip`), TARGET_BYTES]);
    bundled.remove();
  }
}
