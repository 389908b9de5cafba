import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilesystemObjectStore } from '../adapters/filesystem/filesystem-object-store';
import { openParquetEncoder } from '../adapters/parquet/parquet-encoder';
import { SYSTEM_CLOCK } from '../adapters/system/system-clock';
import type { WeatherRequest } from '../core/model/request';
import type { Pipeline } from '../core/pipeline/pipeline';
import { SILENT_LOGGER } from '../core/ports/logger';
import type { WeatherSource } from '../core/ports/weather-source';
import type { RunOptions, RunParts } from '../core/runs/run-parts';

/** Runs the work on an empty lake in a temporary folder, which goes afterwards. */
export async function withLake<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-lake-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A source that answers from memory: what remains to be measured is everything behind it. */
export function textSource(answer: (request: WeatherRequest) => Uint8Array): WeatherSource {
  return {
    describe: () => ({ method: 'GET', address: 'memory:', form: {} }),
    async fetch(request, { keep }) {
      const body = { bytes: answer(request), fetchedAt: SYSTEM_CLOCK.now(), complete: true, simulated: true };
      await keep(body);
      return body;
    },
  };
}

export async function lakeParts(
  folder: string,
  pipeline: Pipeline,
  source: WeatherSource,
): Promise<RunParts> {
  return {
    pipeline,
    source,
    raw: new FilesystemObjectStore(join(folder, 'raw')),
    processed: new FilesystemObjectStore(join(folder, 'processed')),
    encoder: await openParquetEncoder(),
    clock: SYSTEM_CLOCK,
    holders: { self: 'bench', isGone: () => false },
    logger: SILENT_LOGGER,
    codeVersion: 'bench',
  };
}

let runs = 0;

export function runOptions(now: number, extra: Partial<RunOptions> = {}): RunOptions {
  return {
    runId: `bench-${++runs}`,
    now,
    force: false,
    patience: 'day',
    retryForSeconds: 0,
    leaseWaitSeconds: 0,
    ...extra,
  };
}

/** Files under a folder and their bytes. */
export function folderSize(folder: string): { files: number; bytes: number } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = entries.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  return { files: entries.length, bytes };
}
