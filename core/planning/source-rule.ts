import type { ApiName } from '../model/source';
import type { SourceSettings } from '../pipeline/pipeline';
import { type Day, daySpan } from '../time/day';

/** The API and models that serve a day. */
export interface DaySource {
  readonly api: ApiName;
  readonly models: readonly string[];
}

/** Recent days come from the pipeline's source, days older than `history.older_than_days` at `today` from its history. */
export function sourceOfDay(settings: SourceSettings, day: Day, today: Day): DaySource {
  const { history } = settings;
  if (history !== undefined && daySpan(day, today) - 1 > history.older_than_days) {
    return { api: history.api, models: history.models };
  }
  return { api: settings.api, models: settings.models };
}

export function isSameSource(a: DaySource, b: DaySource): boolean {
  return a.api === b.api && a.models.join() === b.models.join();
}
