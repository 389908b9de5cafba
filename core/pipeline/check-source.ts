import type { ConfigProblem } from '../errors';
import { ownStep, takesSteps } from '../model/step-hours';
import { FORECAST_PAST_DAYS, MAX_TIMEOUT_SECONDS } from './defaults';
import { type AskedTable, locationWeights, smallestChunk } from './location-weight';
import type { PipelineParts, SourcePart } from './pipeline-parts';

export function checkSource(source: SourcePart): ConfigProblem[] {
  return [
    ...checkPlan(source),
    ...checkModels(source),
    ...checkDomains(source),
    ...checkLimits(source),
    ...checkWindows(source),
    ...checkMargin(source),
    ...checkTimeout(source),
    ...checkHistory(source),
  ];
}

function checkPlan({ plan, concurrency = 1 }: SourcePart): ConfigProblem[] {
  if (plan !== 'free' || concurrency === 1) return [];
  const message = 'the free plan serves one request at a time; use 1';
  return [{ path: 'source.concurrency', message, received: String(concurrency) }];
}

function sidesOf({ api, models, history }: SourcePart) {
  return [
    { path: 'source', api, models },
    { path: 'source.history', api: history?.api, models: history?.models },
  ];
}

function checkModels(source: SourcePart): ConfigProblem[] {
  return sidesOf(source)
    .filter((side) => side.api === 'ensemble' && side.models?.length === 0)
    .map(({ path }) => ({
      path: `${path}.models`,
      message: 'the ensemble API needs a model, for example icon_seamless (init: --models icon_seamless)',
      received: '[]',
    }));
}

function checkDomains(source: SourcePart): ConfigProblem[] {
  return sidesOf(source).flatMap(({ path, api, models = [] }) => {
    if (api !== 'air-quality' || models.length < 2) return [];
    const message =
      'the air-quality API takes one model at a time, which it calls a domain; name one, and make a pipeline for each';
    return [{ path: `${path}.models`, message, received: JSON.stringify(models) }];
  });
}

function checkLimits({ limits, max_weight_per_request: most }: SourcePart): ConfigProblem[] {
  if (limits === undefined || most === undefined) return [];
  const smallest = Math.min(limits.minute, limits.hour, limits.day);
  if (most <= smallest) return [];
  const message = `a request above the smallest limit (${smallest}) could never be paced; lower it`;
  return [{ path: 'source.max_weight_per_request', message, received: String(most) }];
}

const NEXT_WINDOWS = [
  ['minute_seconds', 'hour_seconds'],
  ['hour_seconds', 'day_seconds'],
] as const;

function checkWindows({ windows }: SourcePart): ConfigProblem[] {
  if (windows === undefined) return [];
  return NEXT_WINDOWS.filter(([shorter, longer]) => windows[longer] < windows[shorter]).map(
    ([shorter, longer]) => ({
      path: `source.windows.${longer}`,
      message: `is shorter than ${shorter} (${windows[shorter]}); windows go from the shortest to the longest`,
      received: String(windows[longer]),
    }),
  );
}

function checkMargin({ windows }: SourcePart): ConfigProblem[] {
  if (windows === undefined) return [];
  const { margin_seconds: margin, ...lengths } = windows;
  const shortest = Math.min(...Object.values(lengths));
  if (2 * margin < shortest) return [];
  const message = `no instant would lie in one window of ${shortest} seconds alone; make it less than half of that`;
  return [{ path: 'source.windows.margin_seconds', message, received: String(margin) }];
}

function checkTimeout({ timeout_seconds: seconds }: SourcePart): ConfigProblem[] {
  if (seconds === undefined || seconds <= MAX_TIMEOUT_SECONDS) return [];
  const message = `a function that is killed would hold its share of the quota for as long; use ${MAX_TIMEOUT_SECONDS} or less`;
  return [{ path: 'source.timeout_seconds', message, received: String(seconds) }];
}

function checkHistory({ api, history }: SourcePart): ConfigProblem[] {
  const days = history?.older_than_days;
  if (api !== 'forecast' || days === undefined || days <= FORECAST_PAST_DAYS) return [];
  const message = `the forecast API has no day older than ${FORECAST_PAST_DAYS} days; use ${FORECAST_PAST_DAYS} or less`;
  return [{ path: 'source.history.older_than_days', message, received: String(days) }];
}

/** Hourly rows of every API that may be asked must have the step of the tables. */
export function checkSteps({ source: { api, history }, tables }: PipelineParts): ConfigProblem[] {
  if (api === undefined) return [];
  return tables.flatMap(({ section, step_hours: hours }, index) => {
    const step = hours ?? ownStep(api);
    const rigid = [api, ...(history === undefined ? [] : [history.api])].find((side) => !takesSteps(side));
    if (section !== 'hourly' || step === 1 || rigid === undefined) return [];
    const message = `the ${rigid} API gives each hour and no other step; use 1`;
    return [
      { path: `tables[${index}].step_hours`, message, received: String(hours ?? `${step} by default`) },
    ];
  });
}

/** One day of a full chunk must be within the weight bound, since no request can be shorter. */
export function checkWeights({ source, tables, locations }: PipelineParts): ConfigProblem[] {
  const { api, max_weight_per_request: bound, models = [], history } = source;
  if (bound === undefined || api === undefined) return [];
  const sides = [{ api, models }, ...(history === undefined ? [] : [history])];
  const size = source.locations_per_request ?? smallestChunk(sides);
  const chunk = Math.min(size, Math.max(1, locations.length));
  return locationWeights(tables.flatMap(askedTable), sides).flatMap(({ section, weight }) => {
    if (chunk * weight <= bound) return [];
    const message = `one day of ${chunk} ${chunk === 1 ? 'location' : 'locations'} in the section ${section} weighs ${chunk * weight}, above max_weight_per_request (${bound}); ${wayOut(bound / weight)}`;
    return [{ path: 'source.locations_per_request', message, received: String(size) }];
  });
}

function askedTable({ section, columns }: PipelineParts['tables'][number]): AskedTable[] {
  if (section === undefined) return [];
  return [{ section, sources: columns.flatMap(({ source }) => source ?? []) }];
}

function wayOut(most: number): string {
  return most < 1
    ? 'raise that, or spread the columns over several pipelines'
    : `use ${Math.floor(most)} or less`;
}
