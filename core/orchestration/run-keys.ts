import { partitionFolder } from '../keys/partition';
import { runStagingPrefix } from '../keys/processed-keys';
import type { Day } from '../time/day';

const REQUEST_DIGITS = 6;

/** A run of one pipeline. */
export interface RunName {
  readonly pipeline: string;
  readonly runId: string;
}

/**
 * What an orchestrated run knows of itself, beside what it stages; no table has this name. It outlives the run, for late
 * messages and for whoever asks what became of it, until old staging is swept.
 */
export function runFolder({ pipeline, runId }: RunName): string {
  return `${runStagingPrefix(pipeline, runId)}_run/`;
}

/** The documents of a plan, under the names that they are told by. */
export function planKeys(run: RunName) {
  const folder = runFolder(run);
  return {
    plan: `${folder}plan.json`,
    pipeline: `${folder}pipeline.json`,
    requests: `${folder}requests.json`,
    slots: `${folder}slots.json`,
    dates: `${folder}dates.json`,
  };
}

export function requestEndsPrefix(run: RunName): string {
  return `${runFolder(run)}requests/`;
}

export function requestEndKey(run: RunName, n: number): string {
  return `${requestEndsPrefix(run)}${String(n).padStart(REQUEST_DIGITS, '0')}.json`;
}

export function dateEndsPrefix(run: RunName): string {
  return `${runFolder(run)}dates/`;
}

export function dateEndKey(run: RunName, day: Day): string {
  return `${dateEndsPrefix(run)}${partitionFolder(day)}.json`;
}
