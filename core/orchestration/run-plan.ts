import * as z from 'zod';
import { daySourceSchema } from '../manifest/manifest';
import type { Pipeline } from '../pipeline/pipeline';
import type { Chunk } from '../planning/chunks';
import { chunksOf } from '../planning/chunks';
import { daySchema } from './run-items';

const count = z.number().int().min(0);

export const RUN_PLAN_VERSION = 1;

/** What an orchestrated run set out to do; every function of the run goes by it. */
export const runPlanSchema = z.object({
  schema_version: z.literal(RUN_PLAN_VERSION),
  pipeline: z.string(),
  run_id: z.string(),
  /** Name of the execution. */
  execution: z.string(),
  /** ISO 8601, UTC. */
  started_at: z.string(),
  force: z.boolean(),
  /** Whether answers kept before are used. */
  reuse: z.boolean(),
  /** Whether the source is the real one, so that answers kept from a simulator do not count. */
  live: z.boolean(),
  requests: count,
  weight: z.number(),
  runs: z.array(
    z.object({
      from: daySchema,
      to: daySchema,
      source: daySourceSchema,
      /** Days to publish, with whether something is published of them now. */
      dates: z.array(z.object({ date: daySchema, published: z.boolean() })),
    }),
  ),
  /** Days that were published whole before. */
  skipped: z.array(daySchema),
});
export type RunPlan = z.output<typeof runPlanSchema>;
export type PlannedDays = RunPlan['runs'][number];

/** A run with the pipeline as it was when the run was planned: deploying another does not change a run under way. */
export interface PlannedRun {
  readonly plan: RunPlan;
  readonly pipeline: Pipeline;
}

export function plannedDates({ runs }: Pick<RunPlan, 'runs'>): PlannedDays['dates'] {
  return runs.flatMap(({ dates }) => dates).sort((a, b) => (a.date < b.date ? -1 : 1));
}

export function chunkOf(pipeline: Pipeline, number: number): Chunk | undefined {
  return chunksOf(pipeline)[number];
}
