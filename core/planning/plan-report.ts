import { seriesPerVariable } from '../model/ensemble-members';
import type { ApiName } from '../model/source';
import { type Pipeline, requestedSections, type SourceSettings } from '../pipeline/pipeline';
import { type Day, daySpan } from '../time/day';
import { type Chunk, chunksOf } from './chunks';
import { expectedParquetBytes, expectedRawBytes, expectedRows } from './expected-sizes';
import { type DayRun, planRequest } from './requests';
import { shortestSeconds } from './shortest-time';

/** What a plan costs and gives. Leaves the process as JSON, hence snake_case. */
export interface PlanFigures {
  readonly days: number;
  readonly requests: number;
  readonly locations: number;
  /** Calls that the quota counts, of all requests and of the heaviest one. */
  readonly weight: { readonly total: number; readonly heaviest: number };
  /** The weight in units of each window's limit: 2 is twice what the window allows. */
  readonly quota_share: { readonly minute: number; readonly hour: number; readonly day: number };
  /** Least time from the first request to the last under the quota; null when one request alone is above a limit. */
  readonly shortest_seconds: number | null;
  /** By table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Estimates. */
  readonly bytes: { readonly raw_gzip: number; readonly parquet: number };
}

export interface RunPlan extends PlanFigures {
  readonly from: Day;
  readonly to: Day;
  readonly source: { readonly api: ApiName; readonly models: readonly string[] };
}

export interface PlanReport {
  readonly pipeline: string;
  readonly runs: readonly RunPlan[];
  readonly total: PlanFigures;
}

/** What runs of days would cost, without asking anybody. Requests are counted in the order in which they would be sent. */
export function planReport(pipeline: Pipeline, runs: readonly DayRun[]): PlanReport {
  const chunks = chunksOf(pipeline);
  const planned = runs.map((run) => planRun(pipeline, chunks, run));
  return {
    pipeline: pipeline.name,
    runs: planned.map(({ plan }) => plan),
    total: {
      ...addUp(planned.map(({ plan }) => plan)),
      locations: pipeline.locations.length,
      ...weightFigures(
        planned.flatMap(({ weights }) => weights),
        pipeline.source,
      ),
    },
  };
}

/** Weights of all requests of the runs, in the order in which they would be sent. */
export function requestWeights(pipeline: Pipeline, runs: readonly DayRun[]): number[] {
  const chunks = chunksOf(pipeline);
  return runs.flatMap((run) => weightsOf(pipeline, chunks, run));
}

interface PlannedRun {
  readonly plan: RunPlan;
  /** Of its requests, in their order. */
  readonly weights: readonly number[];
}

function planRun(pipeline: Pipeline, chunks: readonly Chunk[], run: DayRun): PlannedRun {
  const { from, to, source } = run;
  const weights = weightsOf(pipeline, chunks, run);
  const sizes = { days: daySpan(from, to), locations: pipeline.locations.length, chunks: chunks.length };
  const plan = {
    from,
    to,
    source: { api: source.api, models: source.models },
    days: sizes.days,
    locations: sizes.locations,
    ...weightFigures(weights, pipeline.source),
    rows: expectedRows(pipeline, sizes),
    bytes: {
      raw_gzip: expectedRawBytes(pipeline, sizes, seriesPerVariable(source.api, source.models)),
      parquet: expectedParquetBytes(pipeline, sizes),
    },
  };
  return { plan, weights };
}

/** Chunks of one size weigh the same, so only one of each is planned: a request costs a hash over its locations. */
function weightsOf(pipeline: Pipeline, chunks: readonly Chunk[], run: DayRun): number[] {
  const sections = requestedSections(pipeline);
  const bySize = new Map<number, number[]>();
  return chunks.flatMap((chunk) => {
    const size = chunk.locations.length;
    const weights =
      bySize.get(size) ?? sections.map((section) => planRequest(pipeline, { run, chunk, section }).weight);
    bySize.set(size, weights);
    return weights;
  });
}

function weightFigures(weights: readonly number[], source: SourceSettings) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const { minute, hour, day } = source.limits;
  return {
    requests: weights.length,
    weight: { total, heaviest: weights.reduce((heaviest, weight) => Math.max(heaviest, weight), 0) },
    quota_share: { minute: total / minute, hour: total / hour, day: total / day },
    shortest_seconds: shortestSeconds(weights, source),
  };
}

function addUp(plans: readonly RunPlan[]): Pick<PlanFigures, 'days' | 'rows' | 'bytes'> {
  const rows: Record<string, number> = {};
  for (const plan of plans) {
    for (const [table, count] of Object.entries(plan.rows)) rows[table] = (rows[table] ?? 0) + count;
  }
  const sum = (read: (plan: RunPlan) => number) => plans.reduce((total, plan) => total + read(plan), 0);
  return {
    days: sum(({ days }) => days),
    rows,
    bytes: { raw_gzip: sum(({ bytes }) => bytes.raw_gzip), parquet: sum(({ bytes }) => bytes.parquet) },
  };
}
