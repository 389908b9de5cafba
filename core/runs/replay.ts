import { decodeRecorded, readRecorded } from '../answers/read-answer';
import { IngestError, SourceContractError } from '../errors';
import type { Section } from '../model/source';
import { allSections, isRequestedSection, type Pipeline } from '../pipeline/pipeline';
import { chunksOf } from '../planning/chunks';
import { backfillRuns } from '../planning/day-runs';
import { RawArchive } from '../raw/raw-archive';
import { type RecordedSection, recordedDocument } from '../raw/recorded-document';
import { type IndexedAnswers, indexAnswers } from '../staging/indexed-answers';
import { claimStaging } from '../staging/staging-owner';
import type { Day } from '../time/day';
import { lookUpDays } from './days-in-run';
import { refuseDaysWithoutRaw } from './days-without-raw';
import { publishRun } from './publish-run';
import type { DateResult, PartFailure, RunOptions, RunParts, RunReport } from './run-parts';
import { type DayInRun, type StagingContext, stageSlot } from './stage-run';

/** A recorded answer, as it lies on disk. */
export interface RecordedFile {
  /** For messages and the raw request object; no path. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether the raw archive that it comes from says that a simulator made it up. Default: false. */
  readonly simulated?: boolean;
}

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
  options.onEvent?.({ type: 'planned', runs: [], requests: 0, days: days.length });
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
  const failures: PartFailure[] = [];
  const fresh: SectionAnswers[] = [];
  for (const file of files) {
    try {
      fresh.push(...(await keepRecorded(context, file)));
    } catch (error) {
      if (!(error instanceof IngestError)) throw error;
      failures.push(refusedFile(parts, file, error));
    }
  }
  const days = daysOf(fresh);
  options.onEvent?.({ type: 'planned', runs: [], requests: 0, days: days.length });
  const dates = await replayAll(context, days, (run) =>
    replayRun(context, { days: run, fresh, mayBeAbsent: true, replay: false }),
  );
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

function refusedFile({ logger }: RunParts, { name }: RecordedFile, error: IngestError): PartFailure {
  logger.error('A recorded answer was refused', { file: name, error: error.name, reason: error.message });
  return { what: `file ${name}`, error };
}

function daysOf(fresh: readonly SectionAnswers[]): Day[] {
  const slices = fresh.flatMap(({ answers }) => [...answers.days.values()]);
  return [...new Set(slices.flatMap((byDay) => [...byDay.keys()]))].sort();
}

/** One section of a recorded answer, kept in raw. */
interface SectionAnswers {
  readonly section: Section;
  readonly answers: IndexedAnswers;
}

/** Reads a file's sections, all of them before any is kept, so that a file which is refused leaves nothing behind. */
async function keepRecorded(context: RunContext, file: RecordedFile): Promise<SectionAnswers[]> {
  const { pipeline } = context.parts;
  const { models } = pipeline.source;
  const decoded = decodeRecorded(file.bytes, pipeline);
  const found = allSections(pipeline)
    .map((section) => ({
      file: file.name,
      section,
      answers: readRecorded(decoded, { section, models }, pipeline),
    }))
    .filter(({ answers }) => answers.some(({ section: { rows } }) => rows > 0));
  if (found.length === 0) throw noRows(pipeline, file);
  const kept: SectionAnswers[] = [];
  for (const one of found) kept.push(await keepSection(context, file, one));
  return kept;
}

function noRows(pipeline: Pipeline, file: RecordedFile): SourceContractError {
  const sections = allSections(pipeline);
  return new SourceContractError(
    `The file holds no row of a section that the pipeline ${pipeline.name} reads (${sections.join(', ')}); draft a pipeline for it with init --from.`,
    { context: { file: file.name, sections } },
  );
}

async function keepSection(
  { parts, archive }: RunContext,
  { bytes, simulated = false }: RecordedFile,
  recorded: RecordedSection,
): Promise<SectionAnswers> {
  const { section, answers } = recorded;
  const document = recordedDocument(parts.pipeline, recorded);
  await archive.keepRequest(document);
  const body = { bytes, fetchedAt: parts.clock.now(), complete: true, simulated };
  const raw = await archive.keepBody(document, body);
  return { section, answers: indexAnswers(answers, { raw, source: document, section }) };
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
