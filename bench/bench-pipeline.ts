import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parsePipeline } from '../core/pipeline/parse-pipeline';
import type { Pipeline } from '../core/pipeline/pipeline';

const FILE = resolve(__dirname, '../resources/pipelines/weather-daily.json');

/** The project's own pipeline, with as many locations as a benchmark needs. */
export function benchPipeline(locations?: number, sections?: readonly string[]): Pipeline {
  return parsePipeline(benchPipelineFile(locations, sections));
}

/** The same as its file has it. */
export function benchPipelineFile(locations?: number, sections?: readonly string[]): Record<string, unknown> {
  const file = JSON.parse(readFileSync(FILE, 'utf8'));
  if (locations !== undefined)
    file.locations = Array.from({ length: locations }, (_, index) => gridPoint(index));
  if (sections !== undefined) {
    file.tables = file.tables.filter(({ section }: { section: string }) => sections.includes(section));
  }
  return file;
}

function gridPoint(index: number) {
  const latitude = 70 - Math.floor(index / 120) * 1.5;
  const longitude = -179 + (index % 120) * 2.98;
  return {
    id: `point-${String(index).padStart(5, '0')}`,
    name: `Point ${index}`,
    latitude,
    longitude: Number(longitude.toFixed(2)),
    timezone: 'UTC',
  };
}
