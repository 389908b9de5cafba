import { ConfigError } from '../errors';
import type { Pipeline } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import { backfillRuns, runsBySpan, type SourceOfDay } from '../planning/day-runs';
import { requestWeights } from '../planning/plan-report';
import type { DayRun } from '../planning/requests';
import { daySpan, SECONDS_PER_DAY } from '../time/day';
import {
  type ExecutionLoad,
  isPlannable,
  leastSeconds,
  MAX_EXECUTION_SECONDS,
  slotsPerRun,
} from './execution-bounds';

/** The part of a backfill that one execution does. */
export interface BackfillPiece extends DaySpan {
  readonly days: number;
  readonly requests: number;
  readonly weight: number;
  /** Least time under the quota. */
  readonly seconds: number;
}

interface LoadedSpan {
  readonly span: DaySpan;
  readonly load: ExecutionLoad;
}

/**
 * A span cut where runs of days end, into as few pieces as the bounds of an execution allow. Where a run is too much for one,
 * the runs are narrower. @throws ConfigError when no execution can end in time
 */
export function backfillPieces(pipeline: Pipeline, span: DaySpan, sourceOf: SourceOfDay): BackfillPiece[] {
  const loaded = (part: DaySpan): LoadedSpan => ({
    span: part,
    load: loadOf(pipeline, backfillRuns(pipeline, part, sourceOf)),
  });
  const pieces: LoadedSpan[] = [];
  for (const { from, to } of dividedRuns(pipeline, span, sourceOf)) {
    const last = pieces.at(-1);
    const joined = last && loaded({ from: last.span.from, to });
    if (joined !== undefined && isPlannable(pipeline, joined.load)) pieces[pieces.length - 1] = joined;
    else pieces.push(loaded({ from, to }));
  }
  return pieces.map((piece) => toPiece(pipeline, piece));
}

/** What the runs of one execution have to do. */
function loadOf(pipeline: Pipeline, runs: readonly DayRun[]): ExecutionLoad {
  return { weights: requestWeights(pipeline, runs), slots: runs.length * slotsPerRun(pipeline) };
}

/** The widest runs of which each is one execution's work, else the narrowest there are. */
function dividedRuns(pipeline: Pipeline, span: DaySpan, sourceOf: SourceOfDay): DayRun[] {
  let runs = backfillRuns(pipeline, span, sourceOf);
  for (const narrower of runsBySpan(pipeline, span, sourceOf)) {
    runs = narrower;
    if (runs.every((run) => isPlannable(pipeline, loadOf(pipeline, [run])))) break;
  }
  return runs;
}

function toPiece(pipeline: Pipeline, { span, load }: LoadedSpan): BackfillPiece {
  const seconds = leastSeconds(pipeline, load);
  const requests = load.weights.length;
  const weight = load.weights.reduce((sum, one) => sum + one, 0);
  if (seconds === null || seconds > MAX_EXECUTION_SECONDS) throw tooLong(span, { requests, weight, seconds });
  return { ...span, days: daySpan(span.from, span.to), requests, weight, seconds };
}

function tooLong(
  { from, to }: DaySpan,
  { requests, weight, seconds }: { requests: number; weight: number; seconds: number | null },
): ConfigError {
  const days = (duration: number) => `${(duration / SECONDS_PER_DAY).toFixed(1)} days`;
  const takes = seconds === null ? 'one of them is above a limit of the quota' : `at least ${days(seconds)}`;
  const message = `an execution has ${days(MAX_EXECUTION_SECONDS)} for its requests; raise source.limits ("plan": "keyed"), lower source.locations_per_request if one request is above a limit, or ask for fewer locations or variables`;
  const received = `${requests} requests that weigh ${Math.round(weight)}: ${takes}`;
  return new ConfigError('No execution can bring these days in:', [
    { path: `${from} to ${to}`, message, received },
  ]);
}
