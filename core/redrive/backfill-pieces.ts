import {
  assertInTime,
  type ExecutionLoad,
  isPlannable,
  slotsPerRun,
  weightOf,
} from '../orchestration/execution-bounds';
import type { Pipeline } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import { backfillRuns, runsBySpan, type SourceOfDay } from '../planning/day-runs';
import { requestWeights } from '../planning/plan-report';
import type { DayRun } from '../planning/requests';
import { daySpan } from '../time/day';

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
    load: backfillLoad(pipeline, part, sourceOf),
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

/** What an execution has to do that is started for the span. */
export function backfillLoad(pipeline: Pipeline, span: DaySpan, sourceOf: SourceOfDay): ExecutionLoad {
  return loadOf(pipeline, backfillRuns(pipeline, span, sourceOf));
}

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
  const seconds = assertInTime(pipeline, span, load);
  const days = daySpan(span.from, span.to);
  return { ...span, days, requests: load.weights.length, weight: weightOf(load), seconds };
}
