import { sha256 } from '../hash';
import { writeDocument } from '../json-document';
import { allSections, type Pipeline } from '../pipeline/pipeline';
import type { DeployedPipeline } from '../pipeline/pipeline-object';
import { chunksOf } from '../planning/chunks';
import type { ObjectStore } from '../ports/object-store';
import { type DaysQuestion, findOpenDays, lookUpSources } from '../runs/days-in-run';
import { runIdOf } from '../staging/sweep-staging';
import type { Day } from '../time/day';
import { type AskedRun, askedRequests, daysToPlan, type RunToPlan, runsToPlan } from './asked-run';
import { assertFewChildren } from './execution-bounds';
import type { DateItem, RequestItem, SlotItem } from './run-items';
import { planKeys } from './run-keys';
import { type PlannedDays, plannedDates, RUN_PLAN_VERSION, type RunPlan } from './run-plan';

const SUFFIX_HEX_DIGITS = 8;
/** Children that wait for each request under way: one is sent, one is next. */
const WAITING_PER_GROUP = 2;

export interface PlanningParts {
  readonly deployed: DeployedPipeline;
  readonly processed: ObjectStore;
  /** Whether the source is the real one. */
  readonly live: boolean;
}

export interface RunToStart {
  readonly asked: AskedRun;
  readonly force: boolean;
  /** Name of the execution. */
  readonly execution: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** What was planned, and where it lies. */
export interface WrittenPlan {
  readonly plan: RunPlan;
  readonly keys: ReturnType<typeof planKeys>;
  readonly slots: number;
  readonly dates: number;
  /** Requests that may be under way at once. */
  readonly groups: number;
  /** Children of the map over requests at once. */
  readonly requestsAtOnce: number;
}

/**
 * Plans a run of many functions, and writes the plan for them. The run's id follows from the execution, so that a plan made
 * twice is written over itself.
 *
 * @throws ConfigError when days or requests cannot be planned, or are too many; StorageError
 */
export async function planRun(parts: PlanningParts, start: RunToStart): Promise<WrittenPlan> {
  const { pipeline, body } = parts.deployed;
  const { days, now } = daysToPlan(start.asked, pipeline, start.startedAt);
  const question = { pipeline, processed: parts.processed, days, now, force: start.force };
  const { sourceOf } = await lookUpSources(question);
  const runs = runsToPlan(start.asked, { pipeline, days, sourceOf });
  const draft = new PlanDraft(parts, start);
  for (const run of runs) await draft.add(run, question);
  const { plan, requests, slots } = draft.finish();
  assertFewChildren({ requests: requests.length, slots: slots.length });
  const keys = planKeys({ pipeline: pipeline.name, runId: plan.run_id });
  const dates: DateItem[] = plannedDates(plan).map(({ date }) => ({ run_id: plan.run_id, date }));
  await parts.processed.put(keys.pipeline, body);
  await parts.processed.put(keys.requests, compact(requests));
  await parts.processed.put(keys.slots, compact(slots));
  await parts.processed.put(keys.dates, compact(dates));
  await parts.processed.put(keys.plan, writeDocument(plan));
  const groups = groupsOf(pipeline);
  const requestsAtOnce = WAITING_PER_GROUP * groups;
  return { plan, keys, slots: slots.length, dates: dates.length, groups, requestsAtOnce };
}

/** Requests under way at once, of all runs of the pipeline together: they share their message groups. */
function groupsOf(pipeline: Pipeline): number {
  return pipeline.source.concurrency;
}

function compact(items: readonly unknown[]): Uint8Array {
  return Buffer.from(JSON.stringify(items));
}

/** A plan in the making, run by run. */
class PlanDraft {
  private readonly requests: RequestItem[] = [];
  private readonly slots: SlotItem[] = [];
  private readonly runs: PlannedDays[] = [];
  private readonly skipped = new Set<Day>();
  /** Days that a run before publishes: requests to send again may be of runs that share days. */
  private readonly taken = new Set<Day>();
  private readonly runId: string;
  /** Days that are published whole are left alone. */
  private readonly skipSettled: boolean;
  /** Answers kept before are used. Those of requests named one by one were not enough, or were never given. */
  private readonly reuse: boolean;

  constructor(
    private readonly parts: PlanningParts,
    private readonly start: RunToStart,
  ) {
    const { asked, force, execution, startedAt } = start;
    this.runId = runIdOf(startedAt, sha256(execution).slice(0, SUFFIX_HEX_DIGITS));
    this.skipSettled = asked.kind !== 'ingest' && !force;
    this.reuse = asked.kind === 'backfill' && !force;
  }

  async add(toPlan: RunToPlan, question: DaysQuestion): Promise<void> {
    const { run } = toPlan;
    const days = question.days.filter((day) => run.from <= day && day <= run.to);
    const { source } = run;
    const { open, settled } = await findOpenDays({ ...question, days }, { source, reuse: this.skipSettled });
    for (const day of settled) this.skipped.add(day);
    if (open.length === 0) return;
    const numbers = this.addRequests(toPlan);
    const untaken = open.filter(({ day }) => !this.taken.has(day));
    if (untaken.length === 0) return;
    for (const { day } of untaken) this.taken.add(day);
    const dates = untaken.map(({ day: date, manifest }) => ({ date, published: manifest !== undefined }));
    this.runs.push({ ...run, source: { ...source, models: [...source.models] }, dates });
    this.addSlots(toPlan, numbers);
  }

  finish() {
    const { asked: _asked, force, execution, startedAt } = this.start;
    const plan: RunPlan = {
      schema_version: RUN_PLAN_VERSION,
      pipeline: this.parts.deployed.pipeline.name,
      run_id: this.runId,
      execution,
      started_at: new Date(startedAt).toISOString(),
      force,
      reuse: this.reuse,
      live: this.parts.live,
      requests: this.requests.length,
      weight: this.requests.reduce((sum, { weight }) => sum + weight, 0),
      runs: this.runs,
      skipped: [...this.skipped].sort(),
    };
    return { plan, requests: this.requests, slots: this.slots };
  }

  /** Numbers of the requests, by section and chunk. */
  private addRequests(toPlan: RunToPlan): Map<string, number> {
    const { pipeline } = this.parts.deployed;
    const numbers = new Map<string, number>();
    for (const { id, section, chunk, from, to, api, models, weight } of askedRequests(pipeline, toPlan)) {
      const n = this.requests.length;
      numbers.set(`${section} ${chunk}`, n);
      this.requests.push({
        run_id: this.runId,
        execution: this.start.execution,
        n,
        group: String(n % groupsOf(pipeline)),
        request_id: id,
        section,
        chunk,
        from,
        to,
        api,
        models: [...models],
        weight,
      });
    }
    return numbers;
  }

  private addSlots({ run: { from, to } }: RunToPlan, numbers: ReadonlyMap<string, number>): void {
    const { pipeline } = this.parts.deployed;
    for (const { number: chunk } of chunksOf(pipeline)) {
      for (const section of allSections(pipeline)) {
        const n = numbers.get(`${section} ${chunk}`) ?? null;
        this.slots.push({ run_id: this.runId, n, section, chunk, from, to });
      }
    }
  }
}
