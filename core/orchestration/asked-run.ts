import { ConfigError, type ConfigProblem } from '../errors';
import type { Section } from '../model/source';
import { type Pipeline, requestedSections } from '../pipeline/pipeline';
import { type AskedDays, type DaySpan, daysToIngest, ingestibleDays } from '../planning/asked-days';
import { chunksOf } from '../planning/chunks';
import { backfillRuns, dailyRuns, type SourceOfDay } from '../planning/day-runs';
import { type DayRun, planRequests } from '../planning/requests';
import { isSameSource } from '../planning/source-rule';
import { type Day, daysBetween } from '../time/day';

/** A request to send again. */
export interface RedrivenRequest {
  readonly section: Section;
  /** From 0. */
  readonly chunk: number;
  readonly from: Day;
  readonly to: Day;
}

/** What an execution is asked for. */
export type AskedRun =
  /** A few days, asked for anew. */
  | { readonly kind: 'ingest'; readonly days: AskedDays }
  /** Many days: those that are published whole are skipped, and what was answered before is not sent again. */
  | { readonly kind: 'backfill'; readonly span: DaySpan }
  /** These requests alone, for the days of theirs that are missing or partial. */
  | { readonly kind: 'redrive'; readonly requests: readonly RedrivenRequest[] };

/** A run of days and the requests that are sent for it. */
export interface RunToPlan {
  readonly run: DayRun;
  readonly isAsked: (request: { readonly section: Section; readonly chunk: number }) => boolean;
}

/** Days asked for and the reference instant, milliseconds since the epoch. */
export interface DaysToPlan {
  readonly days: readonly Day[];
  readonly now: number;
}

/** @param startedAt when the execution began, milliseconds since the epoch @throws ConfigError when a day is not over, or there is no such request */
export function daysToPlan(asked: AskedRun, pipeline: Pipeline, startedAt: number): DaysToPlan {
  if (asked.kind === 'ingest') return daysToIngest(asked.days, pipeline, startedAt);
  if (asked.kind === 'backfill')
    return { days: ingestibleDays(asked.span, pipeline, startedAt), now: startedAt };
  assertPlanned(asked.requests, pipeline);
  const spans = asked.requests.map((span) => ingestibleDays(span, pipeline, startedAt));
  return { days: [...new Set(spans.flat())].sort(), now: startedAt };
}

/** The runs of the direct function, of a backfill, or those that the requests to send again are about. */
export function runsToPlan(
  asked: AskedRun,
  { pipeline, days, sourceOf }: { pipeline: Pipeline; days: readonly Day[]; sourceOf: SourceOfDay },
): RunToPlan[] {
  if (asked.kind === 'redrive') return redrivenRuns(asked.requests, sourceOf);
  const runs =
    asked.kind === 'ingest' ? dailyRuns(days, sourceOf) : backfillRuns(pipeline, asked.span, sourceOf);
  return runs.map((run) => ({ run, isAsked: () => true }));
}

function redrivenRuns(requests: readonly RedrivenRequest[], sourceOf: SourceOfDay): RunToPlan[] {
  const spans = new Map(requests.map(({ from, to }) => [`${from}_${to}`, { from, to }]));
  const ordered = [...spans.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return ordered.flatMap(({ from, to }) => {
    const here = requests.filter((one) => one.from === from && one.to === to);
    const isAsked: RunToPlan['isAsked'] = ({ section, chunk }) =>
      here.some((one) => one.section === section && one.chunk === chunk);
    return runsOfOneSource(daysBetween(from, to), sourceOf).map((run) => ({ run, isAsked }));
  });
}

function runsOfOneSource(days: readonly Day[], sourceOf: SourceOfDay): DayRun[] {
  const runs: DayRun[] = [];
  for (const day of days) {
    const source = sourceOf(day);
    const last = runs.at(-1);
    if (last !== undefined && isSameSource(last.source, source)) runs[runs.length - 1] = { ...last, to: day };
    else runs.push({ from: day, to: day, source });
  }
  return runs;
}

function assertPlanned(requests: readonly RedrivenRequest[], pipeline: Pipeline): void {
  const sections = requestedSections(pipeline);
  const chunks = chunksOf(pipeline).length;
  const problems = requests.flatMap(({ section, chunk }, index): ConfigProblem[] => {
    if (sections.includes(section) && chunk < chunks) return [];
    const message = `the pipeline asks for ${sections.join(', ')}, in chunks 0 to ${chunks - 1}; name one of these`;
    return [{ path: `requests.${index}`, message, received: `${section}, chunk ${chunk}` }];
  });
  if (problems.length > 0) throw new ConfigError('The pipeline has no such requests:', problems);
}

/** The requests that are sent for a run, ordered by chunk, then section. */
export function askedRequests(pipeline: Pipeline, { run, isAsked }: RunToPlan) {
  return planRequests(pipeline, run).filter(isAsked);
}
