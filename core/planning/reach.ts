import type { ApiName } from '../model/source';
import type { Advice } from '../pipeline/advice';
import { FORECAST_PAST_DAYS } from '../pipeline/defaults';
import { addDays, type Day } from '../time/day';
import type { DayRun } from './requests';

const FIRST_DAYS: Readonly<Partial<Record<ApiName, Day>>> = {
  archive: '1940-01-01' as Day,
  'historical-forecast': '2016-01-01' as Day,
  climate: '1950-01-01' as Day,
};

const LAST_SETTLED_DAYS: Readonly<Partial<Record<ApiName, Day>>> = { climate: '2050-12-31' as Day };

/**
 * The last day whose weather an API will not revise, where that lies in the future: projections of the climate are
 * settled, forecasts are not. `undefined` for every other API, whose days are settled once they are over.
 */
export function lastSettledDay(api: ApiName): Day | undefined {
  return LAST_SETTLED_DAYS[api];
}

/** The first day that an API serves; `undefined` where the source names none. Source: its published API descriptions. */
export function firstDayServed(api: ApiName, today: Day): Day | undefined {
  return api === 'forecast' ? addDays(today, -FORECAST_PAST_DAYS) : FIRST_DAYS[api];
}

/** Days of the runs that the source will refuse because they lie before all that their API has. */
export function reachAdvice(runs: readonly DayRun[], today: Day): Advice[] {
  const firstRuns = new Map<ApiName, DayRun>();
  for (const run of runs) {
    const first = firstRuns.get(run.source.api);
    if (first === undefined || run.from < first.from) firstRuns.set(run.source.api, run);
  }
  return [...firstRuns.values()].flatMap(({ from, source: { api } }) => {
    const served = firstDayServed(api, today);
    if (served === undefined || from >= served) return [];
    const message = `the ${api} API has nothing before ${served} and will refuse ${from}; begin later, or name another API in source.history`;
    return [{ path: from, message }];
  });
}
