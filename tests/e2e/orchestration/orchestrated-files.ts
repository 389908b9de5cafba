import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../account/run-command';

const ENVIRONMENT = 'resources/environments/dev.json';
const PIPELINE = 'resources/pipelines/weather-daily.json';
const TIMEZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];
export const LOCATIONS_PER_REQUEST = 100;
export const LOCATIONS = 300;
/** Of one day: a chunk's weather by the hour, and by the day. */
export const REQUESTS = (2 * LOCATIONS) / LOCATIONS_PER_REQUEST;

/** The free plan with windows so short that the suite sees them fill and open. */
export const LIMITS = { minute: 600, hour: 100_000, day: 1_000_000 };
const WINDOW_SECONDS = { minute: 5, hour: 3600, day: 86_400 };
export const WINDOWS_MS = {
  minuteMs: 1000 * WINDOW_SECONDS.minute,
  hourMs: 1000 * WINDOW_SECONDS.hour,
  dayMs: 1000 * WINDOW_SECONDS.day,
};

export interface OrchestratedFiles {
  /** Gets the environment and, beside it, its pipeline. */
  readonly folder: string;
  readonly sourceUrl: string;
}

/** The shipped `dev`, orchestrated, with many locations, one day and short windows. */
export function writeOrchestratedFiles({ folder, sourceUrl }: OrchestratedFiles) {
  const pipeline = join(folder, 'pipelines/many.json');
  const environments = join(folder, 'environments');
  write(pipeline, manyLocations());
  write(join(environments, 'dev.json'), {
    ...read(ENVIRONMENT),
    mode: 'orchestrated',
    pipeline: '../pipelines/many.json',
    source_url: sourceUrl,
    state: { backend: 'local' },
  });
  return { pipeline, environments };
}

function manyLocations(): Record<string, unknown> {
  const file = read(PIPELINE);
  const source = {
    ...(file.source as object),
    locations_per_request: LOCATIONS_PER_REQUEST,
    tolerated_failed_share: 0.5,
    limits: LIMITS,
    windows: {
      minute_seconds: WINDOW_SECONDS.minute,
      hour_seconds: WINDOW_SECONDS.hour,
      day_seconds: WINDOW_SECONDS.day,
      margin_seconds: 1,
    },
  };
  const locations = Array.from({ length: LOCATIONS }, (_, index) => locationOf(index));
  return { ...file, source, locations, window: { lag_days: 0, look_back_days: 0 } };
}

function locationOf(index: number) {
  const id = `place-${String(index).padStart(4, '0')}`;
  const [row, column] = [Math.floor(index / 50), index % 50];
  const timezone = TIMEZONES[index % TIMEZONES.length];
  return { id, name: id, latitude: -50 + 2.5 * row, longitude: -170 + 6.5 * column, timezone };
}

function read(path: string): Record<string, unknown> {
  const { $schema: _, ...file } = JSON.parse(readFileSync(join(PROJECT, path), 'utf8'));
  return file;
}

function write(path: string, content: unknown): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, JSON.stringify(content, null, 2));
}
