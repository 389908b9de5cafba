import { ConfigError, type ConfigProblem } from '../errors';
import { allSections, type Pipeline } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import { chunksOf } from '../planning/chunks';
import { shortestSeconds } from '../planning/shortest-time';
import { SECONDS_PER_DAY } from '../time/day';

/** Executions are planned to end within this, as far as their days can be divided. */
export const MAX_PLANNED_SECONDS = 2 * SECONDS_PER_DAY;
/** Those that cannot are still over by then: a day before the state machine gives up. */
export const MAX_EXECUTION_SECONDS = 12 * SECONDS_PER_DAY;
/** And to send no more than this. */
export const MAX_PLANNED_REQUESTS = 10_000;
/** A part of what a map takes: days of another source divide runs further. */
export const MAX_PLANNED_SLOTS = 40_000;
/** Of one map. Together their outputs, three bytes each, must stay well below 256 KiB. */
export const MAX_CHILDREN = 50_000;

/** What an execution has to do. */
export interface ExecutionLoad {
  /** Of its requests, in the order in which they are sent. */
  readonly weights: readonly number[];
  /** Sections, times chunks, times runs of days. */
  readonly slots: number;
}

/** Least time under the quota; null when one request is above a limit. */
export function leastSeconds({ source }: Pipeline, { weights }: ExecutionLoad): number | null {
  return shortestSeconds(weights, source);
}

/** Whether one execution is planned for it. */
export function isPlannable(pipeline: Pipeline, load: ExecutionLoad): boolean {
  if (load.weights.length > MAX_PLANNED_REQUESTS || load.slots > MAX_PLANNED_SLOTS) return false;
  const seconds = leastSeconds(pipeline, load);
  return seconds !== null && seconds <= MAX_PLANNED_SECONDS;
}

/** Of each run of days. */
export function slotsPerRun(pipeline: Pipeline): number {
  return chunksOf(pipeline).length * allSections(pipeline).length;
}

/** @throws ConfigError when a map of the execution would have more children than it may */
export function assertFewChildren(children: Readonly<Record<'requests' | 'slots', number>>): void {
  const problems = Object.entries(children).flatMap(([what, count]): ConfigProblem[] => {
    if (count <= MAX_CHILDREN) return [];
    const message = `an execution takes ${MAX_CHILDREN} ${what}; ask for fewer days or requests at once, or raise source.locations_per_request`;
    return [{ path: 'input', message, received: `${count} ${what}` }];
  });
  if (problems.length > 0) throw new ConfigError('This is too much for one execution:', problems);
}

/** Least time under the quota. @throws ConfigError when an execution cannot end in it */
export function assertInTime(pipeline: Pipeline, { from, to }: DaySpan, load: ExecutionLoad): number {
  const seconds = leastSeconds(pipeline, load);
  if (seconds !== null && seconds <= MAX_EXECUTION_SECONDS) return seconds;
  const takes =
    seconds === null ? 'one of them is above a limit of the quota' : `at least ${daysText(seconds)}`;
  const message = `an execution has ${daysText(MAX_EXECUTION_SECONDS)} for its requests; raise source.limits ("plan": "keyed"), lower source.locations_per_request if one request is above a limit, or ask for fewer locations or variables`;
  const received = `${load.weights.length} requests that weigh ${Math.round(weightOf(load))}: ${takes}`;
  throw new ConfigError('No execution can bring these days in:', [
    { path: `${from} to ${to}`, message, received },
  ]);
}

export function weightOf({ weights }: ExecutionLoad): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

function daysText(seconds: number): string {
  return `${(seconds / SECONDS_PER_DAY).toFixed(1)} days`;
}
