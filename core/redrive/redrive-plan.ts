import type { RedrivenRequest } from '../orchestration/asked-run';
import {
  assertInTime,
  type ExecutionLoad,
  isPlannable,
  slotsPerRun,
} from '../orchestration/execution-bounds';
import type { Pipeline } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import { chunksOf } from '../planning/chunks';
import type { SourceOfDay } from '../planning/day-runs';
import { planRequest } from '../planning/requests';
import { type Day, daysBetween } from '../time/day';
import { backfillLoad, backfillPieces } from './backfill-pieces';
import { type LackingRun, requestsOf } from './lacking-slots';

/** An execution's input holds 256 KiB; a request takes less than 100 bytes of it. */
export const MAX_REQUESTS_PER_EXECUTION = 2_000;
/** Started by one redrive. */
export const MAX_EXECUTIONS = 5;

/** What one execution is started with. */
export type RedriveInput = DaySpan | { readonly requests: readonly RedrivenRequest[] };

export interface RedrivePlan {
  readonly inputs: readonly RedriveInput[];
  /** Days for another redrive. */
  readonly left: readonly Day[];
}

export interface RedriveNeeds {
  /** Of these everything, each by a backfill. */
  readonly spans: readonly DaySpan[];
  /** Of these some requests. */
  readonly runs: readonly LackingRun[];
}

export interface PlanningRules {
  readonly pipeline: Pipeline;
  readonly sourceOf: SourceOfDay;
  /** What executions do already. */
  readonly underWay: RedriveNeeds;
}

type Part = DaySpan & Partial<LackingRun>;

/**
 * As much as one execution is planned for, with what is under way, the earliest days first. More would be under way at once,
 * and requests that wait for the quota time out. Where nothing is, the first part is taken whatever it takes.
 * @throws ConfigError when not even that can be brought in
 */
export function planRedrive(rules: PlanningRules, { spans, runs }: RedriveNeeds): RedrivePlan {
  const parts = [
    ...spans.flatMap((span) => piecesOf(rules, span)),
    ...runs.flatMap((run) => named(rules, run)),
  ];
  parts.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const taken: Part[] = [];
  let load = loadUnderWay(rules);
  for (const part of parts) {
    const own = loadOf(rules, part);
    const all = joined(load, own);
    if (taken.length === 0) assertInTime(rules.pipeline, part, own);
    const isAlone = load.weights.length === 0;
    if (!isAlone && !isPlannable(rules.pipeline, all)) break;
    if (inputsOf([...taken, part]).length > MAX_EXECUTIONS) break;
    taken.push(part);
    load = all;
  }
  const left = parts.slice(taken.length).flatMap(({ from, to }) => daysBetween(from, to));
  return { inputs: inputsOf(taken), left: [...new Set(left)].sort() };
}

function loadUnderWay(rules: PlanningRules): ExecutionLoad {
  const { spans, runs } = rules.underWay;
  return [...spans, ...runs].map((part) => loadOf(rules, part)).reduce(joined, { weights: [], slots: 0 });
}

function joined(a: ExecutionLoad, b: ExecutionLoad): ExecutionLoad {
  return { weights: [...a.weights, ...b.weights], slots: a.slots + b.slots };
}

function piecesOf({ pipeline, sourceOf }: PlanningRules, span: DaySpan): Part[] {
  return backfillPieces(pipeline, span, sourceOf).map(({ from, to }) => ({ from, to }));
}

/** Too many requests to be named are a backfill of their days. */
function named(rules: PlanningRules, run: LackingRun): Part[] {
  return run.slots.length > MAX_REQUESTS_PER_EXECUTION ? piecesOf(rules, run) : [run];
}

function loadOf({ pipeline, sourceOf }: PlanningRules, part: Part): ExecutionLoad {
  const { from, to, slots } = part;
  if (slots === undefined) return backfillLoad(pipeline, { from, to }, sourceOf);
  const run = { from, to, source: sourceOf(from) };
  const chunks = chunksOf(pipeline);
  const weights = requestsOf({ from, to, slots }).map(
    ({ section, chunk }) => planRequest(pipeline, { run, section, chunk: chunks[chunk]! }).weight,
  );
  return { weights, slots: slotsPerRun(pipeline) };
}

/** Requests go together; those of one run of days are not divided, since one execution publishes a day. */
function inputsOf(parts: readonly Part[]): RedriveInput[] {
  const spans: DaySpan[] = [];
  const batches: RedrivenRequest[][] = [];
  for (const { from, to, slots } of parts) {
    if (slots === undefined) {
      spans.push({ from, to });
      continue;
    }
    const requests = requestsOf({ from, to, slots });
    const last = batches.at(-1);
    const fits = last !== undefined && last.length + requests.length <= MAX_REQUESTS_PER_EXECUTION;
    if (fits) last.push(...requests);
    else batches.push(requests);
  }
  return [...spans, ...batches.map((requests) => ({ requests }))];
}
