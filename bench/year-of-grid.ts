import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { IngestError } from '../core/errors';
import { chunksOf } from '../core/planning/chunks';
import { planRequest } from '../core/planning/requests';
import { deleteStaging } from '../core/publish/publish-date';
import { RawArchive } from '../core/raw/raw-archive';
import { AnswerFetcher } from '../core/runs/obtain-answer';
import { stageSlot } from '../core/runs/stage-run';
import { addDays, type Day } from '../core/time/day';
import { lakeParts, runOptions, textSource, withLake } from './bench-lake';
import { benchPipeline } from './bench-pipeline';
import { compare, type Report, round } from './measure';
import { WeatherTexts } from './weather-texts';

const LOCATIONS = 10_000;
const FIRST_DAY = '2026-09-01' as Day;
const NOW = Date.UTC(2026, 9, 20, 12);
const MEBIBYTE = 1024 * 1024;
const CHILD = 'YEAR_OF_GRID_DAYS';

interface GridFigures {
  readonly seconds: number;
  readonly peakBytes: number;
}

/** 10,000 locations x 24 hours x 12 variables, day after day, from bodies to staged files: peak memory of a process of its own. */
export async function yearOfGrid(report: Report): Promise<void> {
  const days = process.env[CHILD];
  if (days !== undefined) {
    process.send?.(await stageGrid(Number(days)));
    return;
  }
  const few = await inChild(10);
  const many = await inChild(30);
  report({ name: 'year_of_grid.seconds', value: round(many.seconds), unit: 's' });
  report({
    name: 'year_of_grid.values_a_second',
    value: Math.round((LOCATIONS * 24 * 12 * 30) / many.seconds),
    unit: 'values/s',
  });
  compare(report, 'year_of_grid.peak_memory_against_400_MiB', 'MiB', [many.peakBytes / MEBIBYTE, 400]);
  compare(report, 'year_of_grid.peak_memory_30_against_10_days', 'MiB', [
    many.peakBytes / MEBIBYTE,
    few.peakBytes / MEBIBYTE,
  ]);
}

async function inChild(days: number): Promise<GridFigures> {
  const child = fork(__filename, ['year_of_grid'], {
    env: { ...process.env, [CHILD]: String(days) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [figures] = await once(child, 'message');
  return figures as GridFigures;
}

async function stageGrid(days: number): Promise<GridFigures> {
  const pipeline = benchPipeline(LOCATIONS, ['hourly']);
  const texts = new WeatherTexts(pipeline);
  const source = textSource((request) => texts.answer(request));
  const start = performance.now();
  await withLake(async (folder) => {
    const parts = await lakeParts(folder, pipeline, source);
    for (let index = 0; index < days; index++) {
      const options = runOptions(NOW);
      const archive = new RawArchive(parts.raw, pipeline.name, parts);
      const fetcher = new AnswerFetcher(parts, options, archive);
      const day = addDays(FIRST_DAY, index);
      const run = { from: day, to: day, source: { api: 'forecast' as const, models: [] } };
      for (const chunk of chunksOf(pipeline)) {
        const answers = await fetcher.obtain(planRequest(pipeline, { run, chunk, section: 'hourly' }), false);
        if (answers instanceof Error) throw answers as IngestError;
        const known = [{ day, source: run.source, manifest: undefined }];
        await stageSlot(
          { parts, options, archive, unstaged: new Map() },
          { chunk, section: 'hourly', days: known, fresh: [answers], mayBeAbsent: false },
        );
      }
      await deleteStaging(parts.processed, pipeline.name, options.runId);
    }
  });
  return { seconds: (performance.now() - start) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 };
}
