import type { AskedAnswer } from '../../../../core/answers/read-answer';
import type { Pipeline } from '../../../../core/pipeline/pipeline';
import { planRequests } from '../../../../core/planning/requests';
import type { Day } from '../../../../core/time/day';

export const DAY = '2026-03-10' as Day;
export const NEXT = '2026-03-11' as Day;

/** What a pipeline asks of one section for these days. */
export function askedOf(pipeline: Pipeline, section: string, to: Day = DAY): AskedAnswer {
  const run = { from: DAY, to, source: { api: pipeline.source.api, models: pipeline.source.models } };
  const request = planRequests(pipeline, run).find((one) => one.section === section)!;
  return { recorded: false, ...request };
}
