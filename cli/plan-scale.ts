import type { KeyedPlan } from '../core/costs/cost-report';
import { ConfigError, type ConfigProblem } from '../core/errors';

/** What the command line says of a plan's size. */
export interface ScaleWords {
  readonly locations?: string;
  readonly costs?: true;
  readonly keyedLimits?: string;
  readonly keyedAtOnce: string;
}

export interface PlanScale {
  /** Absent: the pipeline's own. */
  readonly locations: number | undefined;
  readonly costs: boolean;
  readonly keyed: KeyedPlan;
}

/** Requests that a keyed plan is taken to answer at once. */
export const KEYED_AT_ONCE = 4;

const MOST_LOCATIONS = 1_000_000;
const WINDOWS = 3;

/** @throws ConfigError listing every mistake */
export function planScale({ locations, costs, keyedLimits, keyedAtOnce }: ScaleWords): PlanScale {
  const problems: ConfigProblem[] = [];
  const scale = {
    locations: locations === undefined ? undefined : whole('--locations', locations, problems),
    costs: costs === true,
    keyed: {
      requestsAtOnce: whole('--keyed-at-once', keyedAtOnce, problems),
      limits: keyedLimits === undefined ? undefined : limitsOf(keyedLimits, problems),
    },
  };
  if (problems.length > 0) throw new ConfigError('The plan cannot be made:', problems);
  return scale;
}

function whole(path: string, received: string, problems: ConfigProblem[]): number {
  const value = Number(received);
  if (!/^\d+$/.test(received) || value < 1 || value > MOST_LOCATIONS) {
    problems.push({ path, message: 'must be a whole number from 1 to 1000000', received });
  }
  return value;
}

function limitsOf(received: string, problems: ConfigProblem[]) {
  const parts = received.split(',');
  const [minute = 0, hour = 0, day = 0] = parts.map(Number);
  if (parts.length !== WINDOWS || !parts.every((part) => /^[1-9]\d*$/.test(part))) {
    const message = 'must be the calls of a minute, an hour and a day, such as 6000,50000,500000';
    problems.push({ path: '--keyed-limits', message, received });
  }
  return { minute, hour, day };
}
