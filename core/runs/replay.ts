import { allSections, isRequestedSection, type Pipeline } from '../pipeline/pipeline';
import { chunksOf } from '../planning/chunks';
import { backfillRuns } from '../planning/day-runs';
import { RawArchive } from '../raw/raw-archive';
import { claimStaging } from '../staging/staging-owner';
import type { Day } from '../time/day';
import { lookUpDays } from './days-in-run';
import { refuseDaysWithoutRaw } from './days-without-raw';
import { publishRun } from './publish-run';
import type { RecordedFile } from './recorded-file';
import { daysOf, fromDaysSource, keepFiles, type SectionAnswers, toldSources } from './recorded-files';
import type { DateResult, RunOptions, RunParts, RunReport } from './run-parts';
import { type DayInRun, type StagingContext, stageSlot } from './stage-run';

interface RunContext extends StagingContext {
  readonly parts: RunParts;
  readonly options: RunOptions;
}

/** Makes days again from raw alone, with the present pipeline. Days need not be published, but must have raw objects. */
export async function replayDays(
  parts: RunParts,
  options: RunOptions,
  days: readonly Day[],
): Promise<RunReport> {
  const context = newContext(parts, options);
  options.onEvent?.({ type: 'planned', runs: [], requests: 0, days: days.length, settled: 0 });
  const dates = await replayAll(context, days, async (run) => {
    await refuseDaysWithoutRaw(context, run);
    const { partial, whole } = await byCoverage(context, run);
    return [
      ...(await replayRun(context, { days: whole, fresh: [], mayBeAbsent: false, replay: true })),
      ...(await replayRun(context, { days: partial, fresh: [], mayBeAbsent: true, replay: true })),
    ];
  });
  return { runId: options.runId, dates, failures: [], sent: 0, reused: 0 };
}

/** Takes recorded answers as if they had just been fetched. Files that are refused are listed; the others are published. */
export async function replayFiles(
  parts: RunParts,
  options: RunOptions,
  files: readonly RecordedFile[],
): Promise<RunReport> {
  const context = newContext(parts, options);
  const { fresh, failures } = await keepFiles(context, files);
  const days = daysOf(fresh);
  options.onEvent?.({ type: 'planned', runs: [], requests: 0, days: days.length, settled: 0 });
  const sources = toldSources(fresh);
  const brought = fresh.map((one) => fromDaysSource(one, sources));
  const dates = await replayAll(context, days, (run) => {
    const known = run.map((one) => ({ ...one, source: sources.get(one.day) ?? one.source }));
    return replayRun(context, { days: known, fresh: brought, mayBeAbsent: true, replay: false });
  });
  return { runId: options.runId, dates, failures, sent: 0, reused: 0 };
}

function newContext(parts: RunParts, options: RunOptions): RunContext {
  return {
    parts,
    options,
    archive: new RawArchive(parts.raw, parts.pipeline.name, { ...parts, ignoresSimulated: options.isLive }),
    unstaged: new Map(),
  };
}

/** Run by run, so that memory and staging stay bounded. */
async function replayAll(
  { parts, options, archive }: RunContext,
  days: readonly Day[],
  replayOne: (run: readonly DayInRun[]) => Promise<DateResult[]>,
): Promise<DateResult[]> {
  const dates: DateResult[] = [];
  for (const run of bounded(days, parts.pipeline)) {
    const known = await lookUpDays({ ...parts, days: run, now: options.now, force: false });
    dates.push(...(await replayOne(known)));
    archive.forgetDocuments();
  }
  return dates.sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Days in runs as a backfill would have them. */
function bounded(days: readonly Day[], pipeline: Pipeline): Day[][] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  return backfillRuns(pipeline, { from: first, to: last }, () => pipeline.source)
    .map(({ from, to }) => days.filter((day) => from <= day && day <= to))
    .filter((run) => run.length > 0);
}

/**
 * Days that may lack locations or sections, and days that may not. What was published without them stays so, and files
 * hold what they hold; of any other day everything was asked for.
 */
async function byCoverage({ archive }: RunContext, days: readonly DayInRun[]) {
  const partial: DayInRun[] = [];
  const whole: DayInRun[] = [];
  for (const one of days) {
    // What cannot be read here cannot be staged either, and that is where it is told.
    const mayLack = one.manifest !== undefined || (await archive.isOnlyRecorded(one.day).catch(() => false));
    (mayLack ? partial : whole).push(one);
  }
  return { partial, whole };
}

interface RunToReplay {
  readonly days: readonly DayInRun[];
  readonly fresh: readonly SectionAnswers[];
  readonly mayBeAbsent: boolean;
  readonly replay: boolean;
}

async function replayRun(
  context: RunContext,
  { days, fresh, mayBeAbsent, replay }: RunToReplay,
): Promise<DateResult[]> {
  if (days.length === 0) return [];
  const { parts, options } = context;
  await claimStaging(parts, options);
  for (const chunk of chunksOf(parts.pipeline)) {
    for (const section of allSections(parts.pipeline)) {
      options.signal?.throwIfAborted();
      const brought = fresh.filter((one) => one.section === section).map(({ answers }) => answers);
      const slot = { chunk, section, days, fresh: brought };
      await stageSlot(context, { ...slot, mayBeAbsent: mayBeAbsent || !isRequestedSection(section) });
    }
  }
  return publishRun(parts, options, {
    days: days.map(({ day }) => day),
    replay,
    unstaged: context.unstaged,
  });
}
