import type { Pipeline } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import { requestWeights } from '../planning/plan-report';
import type { DayRun } from '../planning/requests';
import { shortestSeconds } from '../planning/shortest-time';
import { daySpan, SECONDS_PER_DAY } from '../time/day';

/** An execution is planned to end within this, unless one run of days alone takes longer. */
export const MAX_PIECE_SECONDS = 2 * SECONDS_PER_DAY;
/** And to send no more than this. */
export const MAX_PIECE_REQUESTS = 10_000;

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
  const pieces: { readonly run: DaySpan; readonly weights: number[] }[] = [];
  for (const run of runs) {
    const own = requestWeights(pipeline, [run]);
    const last = pieces.at(-1);
    const joined = [...(last?.weights ?? []), ...own];
    if (last !== undefined && fits(pipeline, joined)) {
      pieces[pieces.length - 1] = { run: { from: last.run.from, to: run.to }, weights: joined };
    } else pieces.push({ run: { from: run.from, to: run.to }, weights: own });
  }
  return pieces.map(({ run: { from, to }, weights }) => ({
    from,
    to,
    days: daySpan(from, to),
    requests: weights.length,
    weight: weights.reduce((sum, weight) => sum + weight, 0),
    seconds: shortestSeconds(weights, pipeline.source),
  }));
}

function fits({ source }: Pipeline, weights: readonly number[]): boolean {
  if (weights.length > MAX_PIECE_REQUESTS) return false;
  const seconds = shortestSeconds(weights, source);
  return seconds !== null && seconds <= MAX_PIECE_SECONDS;
}
