import type { Advice } from '../pipeline/advice';
import type { Pipeline } from '../pipeline/pipeline';
import { deadlineAdvice } from '../planning/deadline-advice';
import { planReport } from '../planning/plan-report';
import { scheduleAdvice } from '../planning/schedule-advice';
import { scheduleEndAdvice } from '../planning/schedule-end';
import { windowDays } from '../planning/window';
import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from '../time/day';
import { STANDARD_TIME_YEAR } from '../time/zone';
import type { Environment } from './environment';

/** Domains kept for examples, by RFC 2606. */
const EXAMPLE_ADDRESS = /[@.]example(\.(com|net|org))?$/i;
/** Whichever day it is, a daily run weighs the same. */
const ANY_INSTANT = Date.UTC(STANDARD_TIME_YEAR, 0, 15);

/** What an environment promises less than its author may think. */
export function adviceForEnvironment(environment: Environment, pipeline: Pipeline): Advice[] {
  return [
    ...hours(environment, pipeline),
    ...scheduleEndAdvice(environment.schedule),
    ...tooLong(environment, pipeline),
    ...unusedSecret(environment, pipeline),
    ...nobodyTold(environment),
    ...stateOnOneMachine(environment),
    ...keyOfTheDeploy(environment),
  ];
}

/** A run that comes too early is late for every deadline: told once. */
function hours({ schedule, freshness }: Environment, pipeline: Pipeline): Advice[] {
  const early = scheduleAdvice(pipeline, schedule);
  if (early.length > 0) return early;
  const { flexible_window_minutes: flexibleWindowMinutes } = schedule;
  return deadlineAdvice(pipeline, schedule, { hour: freshness.deadline_hour, flexibleWindowMinutes });
}

/** One function ends in time or not at all; a run of many may last until the next one begins. */
function tooLong({ mode, function: { timeout_seconds } }: Environment, pipeline: Pipeline): Advice[] {
  const seconds = shortestDailyRun(pipeline);
  if (seconds === null) return [];
  if (mode === 'orchestrated') {
    if (seconds < SECONDS_PER_DAY) return [];
    const message = `under the quota a daily run takes at least ${Math.ceil(seconds / SECONDS_PER_HOUR)} hours, longer than a day; take fewer locations, fewer look-back days or a larger plan`;
    return [{ path: 'pipeline', message }];
  }
  if (seconds < timeout_seconds) return [];
  const message = `under the quota a daily run takes at least ${Math.ceil(seconds)} seconds, longer than the function may run; take fewer locations or a larger plan, or "mode": "orchestrated"`;
  return [{ path: 'function.timeout_seconds', message }];
}

function shortestDailyRun(pipeline: Pipeline): number | null {
  const days = windowDays(pipeline, ANY_INSTANT);
  const { api, models } = pipeline.source;
  const source = { api, models };
  return planReport(pipeline, [{ from: days[0]!, to: days.at(-1)!, source }]).total.shortest_seconds;
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

/** A boundary is mostly the bootstrap's, though an account may ask for one of everybody. */
function keyOfTheDeploy({ encryption, permissions_boundary_arn, kms_key_arn }: Environment): Advice[] {
  if (encryption !== 'KMS' || permissions_boundary_arn === undefined || kms_key_arn !== undefined) return [];
  const message =
    'the lake makes a key of its own, which the roles of the bootstrap stack may not; deploying from GitHub, name the key that stack makes (its output KeyArn)';
  return [{ path: 'kms_key_arn', message }];
}
