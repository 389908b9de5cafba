import { lastSettledDay } from '../planning/reach';
import { type Day, dayOfInstant, daySpan } from '../time/day';
import type { Advice } from './advice';
import type { Pipeline } from './pipeline';

/** The days that a pipeline's tables have in Athena, both included. Athena computes their prefixes and looks up no others. */
export interface ProjectedDays {
  readonly from: Day;
  /** `NOW` moves with the clock, in UTC. */
  readonly to: Day | 'NOW';
}

type Projected = Pick<Pipeline, 'earliestDay' | 'source'>;

export function projectedDays({ earliestDay, source }: Projected): ProjectedDays {
  const apis = [source.api, ...(source.history === undefined ? [] : [source.history.api])];
  const [last] = apis
    .flatMap((api) => lastSettledDay(api) ?? [])
    .sort()
    .reverse();
  return { from: earliestDay, to: last ?? 'NOW' };
}

/** Prefixes of one table that Athena lists for a query that names no day. @param now milliseconds since the epoch */
export function prefixesListed(pipeline: Projected, now: number): number {
  return Math.max(0, daySpan(pipeline.earliestDay, lastDay(pipeline, now)));
}

/** Which of the days Athena does not show. @param now milliseconds since the epoch */
export function outsideProjection<D extends Day>(days: readonly D[], pipeline: Projected, now: number): D[] {
  const last = lastDay(pipeline, now);
  return days.filter((day) => day < pipeline.earliestDay || day > last);
}

/** Warns of a span of days that begins before those that Athena shows. */
export function projectionAdvice({ earliestDay }: Projected, { from }: { readonly from: Day }): Advice[] {
  if (from >= earliestDay) return [];
  const message = `Athena does not show days before ${earliestDay}; where they are to be queried there, set "earliest_day": "${from}" in the pipeline file and deploy`;
  return [{ path: 'earliest_day', message }];
}

function lastDay(pipeline: Projected, now: number): Day {
  const { to } = projectedDays(pipeline);
  return to === 'NOW' ? dayOfInstant(now) : to;
}
