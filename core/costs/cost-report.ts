import { ENVIRONMENT_DEFAULTS } from '../environment/defaults';
import { PIPELINE_DEFAULTS } from '../pipeline/defaults';
import { type Pipeline, requestedSections, type SourceSettings, tablesOf } from '../pipeline/pipeline';
import { rowsPerDay } from '../pipeline/section-steps';
import { chunksOf } from '../planning/chunks';
import type { PlanReport } from '../planning/plan-report';
import { shortestSeconds } from '../planning/shortest-time';
import { SECONDS_PER_HOUR } from '../time/day';
import { DEPLOYED, MEASURES } from './measures';
import { PRICES, PRICES_NOTED, type PriceName, priceOf } from './prices';
import { type RunUsage, type RunWork, runUsage } from './run-usage';

export const DAYS_PER_MONTH = 365 / 12;
const DAYS_PER_YEAR = 365;
const BYTES_PER_GIB = 1024 ** 3;

export interface CostQuestion {
  readonly pipeline: Pipeline;
  readonly plan: PlanReport;
  /** Weights of the requests, in the order in which they are sent. */
  readonly weights: readonly number[];
  /** Whether the plan is of each day's run; otherwise it is done once. */
  readonly daily: boolean;
  readonly keyed: KeyedPlan;
}

/** What a contract with the source grants. */
export interface KeyedPlan {
  readonly requestsAtOnce: number;
  /** None: nothing but the requests at once bounds it. */
  readonly limits: SourceSettings['limits'] | undefined;
}

export interface CostItem {
  readonly what: PriceName;
  readonly amount: number;
  readonly usd: number;
}

/** A plan on paper for the orchestrated mode. Leaves the process as JSON, hence snake_case. */
export interface CostReport {
  readonly mode: 'orchestrated';
  readonly daily: boolean;
  /** Of one run, from its first request to its last; null when one request alone is above a limit. */
  readonly hours: { readonly free_plan: number | null; readonly keyed_plan: number | null };
  /** Calls that the source's quota counts. */
  readonly calls_per_month: number | null;
  /** Of one run, functions added up. */
  readonly function_seconds: number;
  readonly objects: { readonly raw: number; readonly processed: number };
  /** What lies in the buckets: after a year of daily runs, or after the one run. GiB. */
  readonly stored_gib: {
    readonly raw: number;
    readonly processed: number;
    readonly old_versions: number;
    readonly access_logs: number;
  };
  /** By use: each month of daily runs, or once. */
  readonly use: readonly CostItem[];
  /** Each month, whatever is done. */
  readonly standing: readonly CostItem[];
  readonly usd: { readonly use: number; readonly standing: number; readonly monthly: number };
  readonly prices: typeof PRICES & { readonly noted: typeof PRICES_NOTED };
  readonly measures: typeof MEASURES;
}

export function costReport(question: CostQuestion): CostReport {
  const { pipeline, plan, daily } = question;
  const { total } = plan;
  const objects = Object.keys(total.rows).length * total.days * chunksOf(pipeline).length;
  const work = workOf(question, objects);
  const stored = { ...storedGib(question), access_logs: accessLogGib(work, daily) };
  const use = useItems(work.usage, daily ? DAYS_PER_MONTH : 1);
  const standing = standingItems(Object.values(stored).reduce((all, gib) => all + gib, 0));
  const usd = { use: sum(use), standing: sum(standing) };
  return {
    mode: 'orchestrated',
    daily,
    hours: hoursOf(question),
    calls_per_month: daily ? total.weight.total * DAYS_PER_MONTH : null,
    function_seconds: work.seconds,
    objects: { raw: 2 * total.requests, processed: objects + total.days },
    stored_gib: stored,
    use,
    standing,
    usd: { ...usd, monthly: usd.standing + (daily ? usd.use : 0) },
    prices: { ...PRICES, noted: PRICES_NOTED },
    measures: MEASURES,
  };
}

function workOf({ pipeline, plan: { total } }: CostQuestion, objects: number): RunWork {
  const perDay = requestedSections(pipeline).map((section) => {
    const tables = tablesOf(pipeline, section);
    const columns = tables.flatMap((table) => table.columns);
    return (rowsPerDay(tables[0]!) ?? 0) * new Set(columns.map(({ variable }) => variable)).size;
  });
  return runUsage({
    requests: total.requests,
    dates: total.days,
    objects,
    values: total.days * total.locations * perDay.reduce((all, values) => all + values, 0),
    tables: Object.keys(total.rows).length,
    memoryMib: ENVIRONMENT_DEFAULTS.functionMemoryMib,
  });
}

/** The free plan answers one request at a time. */
function hoursOf({ pipeline: { source }, weights, keyed }: CostQuestion): CostReport['hours'] {
  const { windows } = source;
  const free = shortestSeconds(weights, { limits: PIPELINE_DEFAULTS.limits, windows });
  const answering = weights.length * MEASURES.sourceSecondsPerRequest.value;
  const paced = keyed.limits === undefined ? 0 : shortestSeconds(weights, { limits: keyed.limits, windows });
  return {
    free_plan: free === null ? null : Math.max(free, answering) / SECONDS_PER_HOUR,
    keyed_plan: paced === null ? null : Math.max(paced, answering / keyed.requestsAtOnce) / SECONDS_PER_HOUR,
  };
}

/** Daily runs keep every answer, one new day each, and for a while what they staged and replaced. */
function storedGib({ plan: { total }, daily }: CostQuestion): Omit<CostReport['stored_gib'], 'access_logs'> {
  const raw = total.bytes.raw_gzip / BYTES_PER_GIB;
  const parquet = total.bytes.parquet / BYTES_PER_GIB;
  if (!daily) return { raw, processed: parquet, old_versions: parquet };
  const day = parquet / total.days;
  return {
    raw: raw * DAYS_PER_YEAR,
    processed: day * DAYS_PER_YEAR,
    old_versions: day * (2 * total.days - 1) * ENVIRONMENT_DEFAULTS.noncurrentDays,
  };
}

/** Of one run a day as many runs are kept as days. */
function accessLogGib(work: RunWork, daily: boolean): number {
  return work.accessLogGib * (daily ? DEPLOYED.accessLogDays : 1);
}

function useItems(usage: RunUsage, times: number): CostItem[] {
  const names = Object.keys(usage) as (keyof RunUsage)[];
  return names.map((what) => item(what, usage[what] * times));
}

function standingItems(storedGib: number): CostItem[] {
  return [
    item('storage', storedGib),
    item('queue_calls', MEASURES.idleQueueCallsPerMonth.value),
    item('alarms', DEPLOYED.alarmMetrics),
    item('dashboards', DEPLOYED.dashboards),
    item('metrics', DEPLOYED.metrics),
    item('keys', DEPLOYED.keys),
    item('secrets', DEPLOYED.secrets),
  ];
}

function item(what: PriceName, amount: number): CostItem {
  return { what, amount, usd: priceOf(what, amount) };
}

function sum(items: readonly CostItem[]): number {
  return items.reduce((total, { usd }) => total + usd, 0);
}
