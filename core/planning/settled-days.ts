import { ConfigError } from '../errors';
import type { ApiName } from '../model/source';
import type { Pipeline } from '../pipeline/pipeline';
import { type Day, dayOfInstant } from '../time/day';
import { lastSettledDay } from './reach';
import { sourceOfDay } from './source-rule';
import { dayEnd, notOver } from './window';

/** Days may be ingested once what their source has of them is settled. @throws ConfigError about the first that is not */
export function assertSettled(days: readonly Day[], pipeline: Pipeline, now: number): void {
  for (const day of days) {
    const message = objectionTo(day, pipeline, now);
    if (message === undefined) continue;
    throw new ConfigError('Days that are not settled cannot be ingested:', [{ path: day, message }]);
  }
}

function objectionTo(day: Day, { source, locations }: Pipeline, now: number): string | undefined {
  const { api } = sourceOfDay(source, day, dayOfInstant(now));
  const last = lastSettledDay(api);
  if (last !== undefined)
    return day <= last ? undefined : `the ${api} API ends with ${last}; ask for an earlier day`;
  const end = dayEnd(day, locations);
  if (end.instant <= now) return undefined;
  return `${notOver(end)}; ${whatThereIs(api)}; ask again then, or for an earlier day`;
}

function whatThereIs(api: ApiName): string {
  return api === 'archive'
    ? 'the archive API has nothing of it yet'
    : `what the ${api} API has of it is a forecast, which will change, and forecasts are not published`;
}
