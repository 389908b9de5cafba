import { ConfigError } from '../errors';
import { FREE_SPAN_DAYS } from '../pipeline/defaults';
import { type Pipeline, requestedSections } from '../pipeline/pipeline';
import { addDays, type Day, daySpan, daysBetween } from '../time/day';
import { chunksOf } from './chunks';
import { type DayRun, planRequest } from './requests';
import { type DaySource, isSameSource } from './source-rule';

/** The source that serves a day; published days keep theirs, so it is more than the pipeline's rule. */
export type SourceOfDay = (day: Day) => DaySource;

/** Runs for a few days: neighbours with one source, at most as many days as weigh no more than one. */
export function dailyRuns(days: readonly Day[], sourceOf: SourceOfDay): DayRun[] {
  const runs: DayRun[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    const source = sourceOf(day);
    const continues =
      last !== undefined &&
      addDays(last.to, 1) === day &&
      isSameSource(last.source, source) &&
      daySpan(last.from, day) <= FREE_SPAN_DAYS;
    if (continues) runs[runs.length - 1] = { ...last, to: day };
    else runs.push({ from: day, to: day, source });
  }
  return runs;
}

/** Calendar spans a backfill may ask for at once, widest first; each gives the key of the span that holds a day. */
const SPANS: readonly ((day: Day) => string)[] = [
  (day) => day.slice(0, 4),
  (day) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`,
  (day) => day.slice(0, 7),
  (day) => `${day.slice(0, 7)}/${Math.floor((Number(day.slice(8)) - 1) / FREE_SPAN_DAYS)}`,
];

/**
 * Runs for many days: whole calendar years, quarters, months or fortnights of a month, the widest whose every request
 * stays within the pipeline's weight bound. Cut only where the days asked for or the source end, so that the same
 * span asked again gives the same requests.
 */
export function backfillRuns(
  pipeline: Pipeline,
  span: { from: Day; to: Day },
  sourceOf: SourceOfDay,
): DayRun[] {
  const widest = runsBySpan(pipeline, span, sourceOf).next().value;
  if (widest !== undefined) return widest;
  throw new ConfigError('No run of days fits the weight bound:', [
    {
      path: 'source.locations_per_request',
      message: 'a request of one day is heavier than source.max_weight_per_request; lower it',
      received: String(pipeline.source.locations_per_request),
    },
  ]);
}

/** The runs by each calendar span whose every request stays within the bound, widest first. */
export function* runsBySpan(
  pipeline: Pipeline,
  span: { from: Day; to: Day },
  sourceOf: SourceOfDay,
): Generator<DayRun[], undefined> {
  const days = daysBetween(span.from, span.to);
  const isLight = (run: DayRun) => heaviestRequest(pipeline, run) <= pipeline.source.max_weight_per_request;
  for (const keyOf of SPANS) {
    const runs = groupDays(days, keyOf, sourceOf);
    if (runs.every(isLight)) yield runs;
  }
}

function groupDays(days: readonly Day[], keyOf: (day: Day) => string, sourceOf: SourceOfDay): DayRun[] {
  const runs: DayRun[] = [];
  let lastKey = '';
  for (const day of days) {
    const source = sourceOf(day);
    const last = runs.at(-1);
    const key = keyOf(day);
    if (last !== undefined && key === lastKey && isSameSource(last.source, source)) {
      runs[runs.length - 1] = { ...last, to: day };
    } else runs.push({ from: day, to: day, source });
    lastKey = key;
  }
  return runs;
}

function heaviestRequest(pipeline: Pipeline, run: DayRun): number {
  const [largest] = chunksOf(pipeline);
  if (largest === undefined) return 0;
  return Math.max(
    0,
    ...requestedSections(pipeline).map(
      (section) => planRequest(pipeline, { run, chunk: largest, section }).weight,
    ),
  );
}
