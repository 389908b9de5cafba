import type { Pipeline } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import { requestWeights } from '../planning/plan-report';
import type { DayRun } from '../planning/requests';
import { daySpan } from '../time/day';
import { type ExecutionLoad, isPlannable, leastSeconds, slotsPerRun } from './execution-bounds';

/** The part of a backfill that one execution does. */
export interface BackfillPiece extends DaySpan {
  readonly days: number;
  readonly requests: number;
  readonly weight: number;
  /** Least time under the quota; null when one request is above a limit. */
  readonly seconds: number | null;
}

/** Whole runs of days, as many to a piece as its bounds allow. */
export function backfillPieces(pipeline: Pipeline, runs: readonly DayRun[]): BackfillPiece[] {
  const pieces: { readonly span: DaySpan; readonly load: ExecutionLoad }[] = [];
  for (const { from, to, source } of runs) {
    const own = requestWeights(pipeline, [{ from, to, source }]);
    const last = pieces.at(-1);
    const weights = [...(last?.load.weights ?? []), ...own];
    const joined = { weights, slots: (last?.load.slots ?? 0) + slotsPerRun(pipeline) };
    if (last !== undefined && isPlannable(pipeline, joined)) {
      pieces[pieces.length - 1] = { span: { from: last.span.from, to }, load: joined };
    } else pieces.push({ span: { from, to }, load: { weights: own, slots: slotsPerRun(pipeline) } });
  }
  return pieces.map(({ span, load }) => ({
    ...span,
    days: daySpan(span.from, span.to),
    requests: load.weights.length,
    weight: load.weights.reduce((sum, weight) => sum + weight, 0),
    seconds: leastSeconds(pipeline, load),
  }));
}
