import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../account/run-command';

const ENVIRONMENT = 'resources/environments/dev.json';
const PIPELINE = 'resources/pipelines/weather-daily.json';
const TIMEZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];
export const LOCATIONS_PER_REQUEST = 100;
/** Of the day that the schedule asks for. */
export const MANY_LOCATIONS = 2_000;
/** Of every other run. */
export const LOCATIONS = 300;
export const REQUESTS = requestsOf(LOCATIONS);

/** The free plan with windows so short that the suite sees them fill and open, and that two requests fill one. */
export const LIMITS = { minute: 300, hour: 100_000, day: 1_000_000 };
const NO_LIMITS = { minute: 1_000_000, hour: 1_000_000, day: 1_000_000 };
const WINDOW_SECONDS = { minute: 5, hour: 3600, day: 86_400 };
export const WINDOWS_MS = {
  minuteMs: 1000 * WINDOW_SECONDS.minute,
  hourMs: 1000 * WINDOW_SECONDS.hour,
  dayMs: 1000 * WINDOW_SECONDS.day,
};

/** Of one day: a chunk's weather by the hour, and by the day. */
export function requestsOf(locations: number): number {
  return (2 * locations) / LOCATIONS_PER_REQUEST;
}

export interface OrchestratedFiles {
  /** Gets the environment and, beside it, its pipeline. */
  readonly folder: string;
  readonly sourceUrl: string;
  readonly locations: number;
}

/** The shipped `dev`, orchestrated, with many locations, one day and short windows; and its pipeline without a pace. */
export function writeOrchestratedFiles({ folder, sourceUrl, locations }: OrchestratedFiles) {
  const unpaced = join(folder, 'pipelines/unpaced.json');
  const environments = join(folder, 'environments');
  write(join(folder, 'pipelines/many.json'), pipelineOf(locations, LIMITS));
  write(unpaced, pipelineOf(locations, NO_LIMITS));
  write(join(environments, 'dev.json'), {
    ...read(ENVIRONMENT),
    mode: 'orchestrated',
    pipeline: '../pipelines/many.json',
    source_url: sourceUrl,
    state: { backend: 'local' },
  });
  return { unpaced, environments };
}

function pipelineOf(count: number, limits: typeof LIMITS): Record<string, unknown> {
  const file = read(PIPELINE);
  const source = {
    ...(file.source as object),
    locations_per_request: LOCATIONS_PER_REQUEST,
    max_weight_per_request: LIMITS.minute,
    tolerated_failed_share: 0.5,
    limits,
    windows: {
      minute_seconds: WINDOW_SECONDS.minute,
      hour_seconds: WINDOW_SECONDS.hour,
      day_seconds: WINDOW_SECONDS.day,
      margin_seconds: 1,
    },
  };
  const locations = Array.from({ length: count }, (_, index) => locationOf(index));
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
