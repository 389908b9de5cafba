import { IngestError } from '../errors';
import { allSections, isRequestedSection, requestedSections } from '../pipeline/pipeline';
import { chunksOf } from '../planning/chunks';
import { backfillRuns, dailyRuns } from '../planning/day-runs';
import { type DayRun, planRequest, planRequests } from '../planning/requests';
import { RawArchive } from '../raw/raw-archive';
import { claimStaging } from '../staging/staging-owner';
import { type Day, daysBetween } from '../time/day';
import { findOpenDays, lookUpSources } from './days-in-run';
import { AnswerFetcher } from './obtain-answer';
import { publishRun, unpublished } from './publish-run';
import type { DateResult, RunOptions, RunParts, RunReport } from './run-parts';
import { type DayInRun, type StagingContext, stageAnswer } from './stage-run';

/** Asks for a few days anew and publishes each. Days must be over and in order. */
export async function ingest(parts: RunParts, options: RunOptions, days: readonly Day[]): Promise<RunReport> {
  const { sourceOf } = await lookUpSources({ ...parts, ...options, days });
  return runAll({ parts, options, days, reuse: false, settled: 0 }, dailyRuns(days, sourceOf));
}

/**
 * Publishes many days, run by run, skipping those that are published and requests that were answered before,
 * unless forced. Each run is published and its staging removed before the next begins.
 */
export async function backfill(
  parts: RunParts,
  options: RunOptions,
  span: { from: Day; to: Day },
): Promise<RunReport> {
  const days = daysBetween(span.from, span.to);
  const { sourceOf, whole } = await lookUpSources({ ...parts, ...options, days });
  const reuse = !options.force;
  return runAll(
    { parts, options, days, reuse, settled: reuse ? whole : 0 },
    backfillRuns(parts.pipeline, span, sourceOf),
  );
}

interface Work {
  readonly parts: RunParts;
  readonly options: RunOptions;
  readonly days: readonly Day[];
  /** Whether published days are skipped and answers kept before are used: a backfill goes on where it stopped. */
  readonly reuse: boolean;
  /** How many of the days are expected to be skipped. */
  readonly settled: number;
}

async function runAll(work: Work, runs: readonly DayRun[]): Promise<RunReport> {
  const { parts, options } = work;
  const archive = new RawArchive(parts.raw, parts.pipeline.name, {
    ...parts,
    ignoresSimulated: options.isLive,
  });
  const fetcher = new AnswerFetcher(parts, options, archive);
  const requests = runs.length * chunksOf(parts.pipeline).length * requestedSections(parts.pipeline).length;
  options.onEvent?.({ type: 'planned', runs, requests, days: work.days.length, settled: work.settled });
  const dates: DateResult[] = [];
  for (const run of runs) {
    dates.push(...(await runOne(work, { run, fetcher, archive })));
    archive.forgetDocuments();
  }
  const { failures, sent, reused } = fetcher;
  return { runId: options.runId, dates, failures, sent, reused };
}

interface RunInHand {
  readonly run: DayRun;
  readonly fetcher: AnswerFetcher;
  readonly archive: RawArchive;
}

async function runOne(work: Work, inHand: RunInHand): Promise<DateResult[]> {
  const { parts, options, reuse } = work;
  const { run } = inHand;
  const asked = work.days.filter((day) => run.from <= day && day <= run.to);
  return unlessStopped(work, asked, async () => {
    const { open, settled } = await findOpenDays(
      { ...parts, ...options, days: asked },
      { source: run.source, reuse },
    );
    const skipped = settled.map((day): DateResult => ({ day, outcome: 'skipped' }));
    for (const result of skipped) options.onEvent?.({ type: 'date', result });
    const days = open.map(({ day }) => day);
    const published = await unlessStopped(work, days, () => publishOpen(work, inHand, open));
    return [...skipped, ...published].sort((a, b) => (a.day < b.day ? -1 : 1));
  });
}

/** Told to stop before it publishes, it leaves its days as they were. */
async function unlessStopped(
  { parts, options }: Work,
  days: readonly Day[],
  publish: () => Promise<DateResult[]>,
): Promise<DateResult[]> {
  try {
    options.signal?.throwIfAborted();
    return await publish();
  } catch (error) {
    const stop: unknown = options.signal?.reason;
    if (!(error instanceof IngestError) || !(stop instanceof IngestError)) throw error;
    return days.map((day) => {
      const result = unpublished(parts, day, stop);
      options.onEvent?.({ type: 'date', result });
      return result;
    });
  }
}

async function publishOpen(
  { parts, options, reuse }: Work,
  { run, fetcher, archive }: RunInHand,
  days: readonly DayInRun[],
): Promise<DateResult[]> {
  if (days.length === 0) {
    for (const request of planRequests(parts.pipeline, run))
      options.onEvent?.({ type: 'request', request, how: 'skipped' });
    return [];
  }
  const context: StagingContext = { parts, options, archive, unstaged: new Map() };
  await claimStaging(parts, options);
  await stageRun(context, { run, days, fetcher, reuse });
  return publishRun(parts, options, {
    days: days.map(({ day }) => day),
    replay: false,
    unstaged: context.unstaged,
  });
}

interface RunToStage {
  readonly run: DayRun;
  readonly days: readonly DayInRun[];
  readonly fetcher: AnswerFetcher;
  readonly reuse: boolean;
}

/** Fetches and stages slot by slot, so that no more than one answer is in memory. */
async function stageRun(context: StagingContext, { run, days, fetcher, reuse }: RunToStage): Promise<void> {
  const { pipeline } = context.parts;
  for (const chunk of chunksOf(pipeline)) {
    for (const section of allSections(pipeline)) {
      context.options.signal?.throwIfAborted();
      const answer = isRequestedSection(section)
        ? await fetcher.obtain(planRequest(pipeline, { run, chunk, section }), reuse)
        : undefined;
      await stageAnswer(context, { chunk, section, days }, answer);
    }
  }
}
