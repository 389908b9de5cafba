import type { Advice } from '../pipeline/advice';
import type { Pipeline } from '../pipeline/pipeline';
import { planReport } from '../planning/plan-report';
import { dayEnd, newestDay, windowDays } from '../planning/window';
import { addDays, dayOfInstant } from '../time/day';
import { STANDARD_TIME_YEAR, zoneOffsetSeconds } from '../time/zone';
import type { Environment } from './environment';
import { timesOfDay } from './schedule-expression';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Enough to hold the run before any instant of a day, whatever the zones. */
const DAYS_AROUND = [-2, -1, 0, 1];
/** Domains kept for examples, by RFC 2606. */
const EXAMPLE_ADDRESS = /[@.]example(\.(com|net|org))?$/i;
/** Midnights in UTC on which half of the world each has its summer time. */
const SEASONS = [Date.UTC(STANDARD_TIME_YEAR, 0, 15), Date.UTC(STANDARD_TIME_YEAR, 6, 15)];

/** What an environment promises less than its author may think. */
export function adviceForEnvironment(environment: Environment, pipeline: Pipeline): Advice[] {
  const early = earlySchedule(environment, pipeline);
  return [
    ...(early.length > 0 ? early : lateSchedule(environment, pipeline)),
    ...tooLongForAFunction(environment, pipeline),
    ...unusedSecret(environment, pipeline),
    ...nobodyTold(environment),
    ...stateOnOneMachine(environment),
  ];
}

/** Instants of the schedule's runs on a day of its own zone, milliseconds since the epoch. */
function runsOn(midnight: number, { schedule }: Environment): number[] {
  const offset = zoneOffsetSeconds(schedule.timezone, midnight) * 1000;
  return timesOfDay(schedule.expression).map(
    ({ hour, minute }) => midnight + hour * HOUR + minute * MINUTE - offset,
  );
}

function earlySchedule(environment: Environment, pipeline: Pipeline): Advice[] {
  const isEarly = SEASONS.some((midnight) => {
    const runs = runsOn(midnight, environment);
    const dayBefore = addDays(dayOfInstant(midnight), -1 - pipeline.window.lag_days);
    return runs.length > 0 && newestDay(pipeline, Math.max(...runs)) < dayBefore;
  });
  if (!isEarly) return [];
  const { instant, location } = dayEnd(dayOfInstant(-DAY), pipeline.locations);
  const place = location === undefined ? 'in UTC' : `in ${location.name}`;
  const message = `at this hour the newest day that is over is older than the day before: it ends ${place} at ${new Date(instant).toISOString().slice(11, 16)} UTC; run then or later`;
  return [{ path: 'schedule.expression', message }];
}

function lateSchedule(environment: Environment, pipeline: Pipeline): Advice[] {
  const { schedule, freshness } = environment;
  const latestStart = schedule.flexible_window_minutes * MINUTE;
  const isLate = SEASONS.some((midnight) => {
    const deadline = midnight + freshness.deadline_hour * HOUR;
    const runs = DAYS_AROUND.flatMap((days) => runsOn(midnight + days * DAY, environment));
    const begun = runs.filter((run) => run + latestStart < deadline);
    return begun.length > 0 && newestDay(pipeline, Math.max(...begun)) < newestDay(pipeline, deadline);
  });
  if (!isLate) return [];
  const message = `the run that publishes the newest day begins after ${freshness.deadline_hour}:00 UTC, so the freshness alarm rings every day; set a later hour`;
  return [{ path: 'freshness.deadline_hour', message }];
}

function tooLongForAFunction({ function: { timeout_seconds } }: Environment, pipeline: Pipeline): Advice[] {
  const days = windowDays(pipeline, SEASONS[0]!);
  const { api, models } = pipeline.source;
  const { total } = planReport(pipeline, [{ from: days[0]!, to: days.at(-1)!, source: { api, models } }]);
  if (total.shortest_seconds === null || total.shortest_seconds < timeout_seconds) return [];
  const message = `under the quota a daily run takes at least ${Math.ceil(total.shortest_seconds)} seconds, longer than the function may run; take fewer locations or a larger plan`;
  return [{ path: 'function.timeout_seconds', message }];
}

function unusedSecret({ api_key_secret_arn }: Environment, { source }: Pipeline): Advice[] {
  if (api_key_secret_arn === undefined || source.plan === 'keyed') return [];
  const message = 'the free plan takes no key; the secret is not read';
  return [{ path: 'api_key_secret_arn', message }];
}

function nobodyTold({ alerts }: Environment): Advice[] {
  return alerts.emails.flatMap((email, index) => {
    if (!EXAMPLE_ADDRESS.test(email)) return [];
    return [{ path: `alerts.emails[${index}]`, message: `nobody reads ${email}; name an address of yours` }];
  });
}

function stateOnOneMachine({ protect_from_destroy, state }: Environment): Advice[] {
  if (!protect_from_destroy || state.backend !== 'local') return [];
  const message =
    'what is protected deserves a state that is not on one machine; keep it in the bucket that the bootstrap stack makes';
  return [{ path: 'state.backend', message }];
}
