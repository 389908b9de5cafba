import { ingest } from '../core/runs/ingest';
import type { Day } from '../core/time/day';
import { folderSize, lakeParts, runOptions, textSource, withLake } from './bench-lake';
import { benchPipeline } from './bench-pipeline';
import { type Report, round, Stopwatch } from './measure';
import { WeatherTexts } from './weather-texts';

const NOW = Date.UTC(2026, 9, 20, 12);
const WARM_UP = 5;
const RUNS = 30;

/** Ten locations, one day, both sections: from the bodies to the published objects on disk, every write fsynced. */
export async function dailyBatch(report: Report): Promise<void> {
  const pipeline = benchPipeline();
  const texts = new WeatherTexts(pipeline);
  let received = 0;
  const source = textSource((request) => {
    const body = texts.answer(request);
    received += body.byteLength;
    return body;
  });
  await withLake(async (folder) => {
    const parts = await lakeParts(folder, pipeline, source);
    const watch = new Stopwatch();
    for (let run = 0; run < RUNS + WARM_UP; run++) {
      const day = `2026-09-${String((run % 28) + 1).padStart(2, '0')}` as Day;
      received = 0;
      const result = await watch.timeAsync(() => ingest(parts, runOptions(NOW + run), [day]));
      if (result.dates.some(({ outcome }) => outcome === 'failed'))
        throw new Error('The batch was not published.');
    }
    const { best, median } = watch.timing(WARM_UP);
    report({ name: 'daily_batch.median', value: round(median), unit: 'ms' });
    report({ name: 'daily_batch.best', value: round(best), unit: 'ms' });
    report({ name: 'daily_batch.received', value: received, unit: 'bytes' });
    report({
      name: 'daily_batch.published',
      value: Math.round(folderSize(`${folder}/processed/weather_hourly`).bytes / 28),
      unit: 'bytes a day of weather_hourly',
    });
  });
}
