import { rowsPublished } from '../core/manifest/published-summary';
import { backfill } from '../core/runs/ingest';
import type { Day } from '../core/time/day';
import { folderSize, lakeParts, runOptions, textSource, withLake } from './bench-lake';
import { benchPipeline } from './bench-pipeline';
import { type Report, round } from './measure';
import { WeatherTexts } from './weather-texts';

const NOW = Date.UTC(2026, 9, 20, 12);
const SPAN = { from: '2015-01-01' as Day, to: '2024-12-31' as Day };

/** Ten locations, ten years, both sections: from bodies of real size to 3,653 published days on disk. */
export async function tenYears(report: Report): Promise<void> {
  const pipeline = benchPipeline();
  const texts = new WeatherTexts(pipeline);
  const source = textSource((request) => texts.answer(request));
  await withLake(async (folder) => {
    const parts = await lakeParts(folder, pipeline, source);
    const start = performance.now();
    const { dates } = await backfill(parts, runOptions(NOW), SPAN);
    const seconds = (performance.now() - start) / 1000;
    const rows = dates.reduce((sum, result) => {
      if (result.outcome !== 'published') throw new Error(`${result.day} was not published.`);
      return sum + rowsPublished(result.published);
    }, 0);
    const { files, bytes } = folderSize(`${folder}/processed`);
    report({ name: 'ten_years.rows_a_second', value: Math.round(rows / seconds), unit: 'rows/s' });
    report({ name: 'ten_years.seconds', value: round(seconds), unit: 's' });
    report({ name: 'ten_years.rows', value: rows, unit: 'rows' });
    report({ name: 'ten_years.files', value: files, unit: 'files' });
    report({ name: 'ten_years.bytes', value: bytes, unit: 'bytes' });
  });
}
