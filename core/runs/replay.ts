import { sliceByDay } from '../answers/day-slices';
import type { LocationAnswer } from '../answers/location-answer';
import { decodeRecorded, readRecorded } from '../answers/read-answer';
import { IngestError, SourceContractError } from '../errors';
import { sha256 } from '../hash';
import type { Section } from '../model/source';
import { allSections, type Pipeline } from '../pipeline/pipeline';
import { chunksOf } from '../planning/chunks';
import { backfillRuns } from '../planning/day-runs';
import type { DaySource } from '../planning/source-rule';
import { RawArchive } from '../raw/raw-archive';
import type { RequestDocument } from '../raw/request-document';
import { type IndexedAnswers, indexAnswers } from '../staging/indexed-answers';
import type { Day } from '../time/day';
import { lookUpDays } from './days-in-run';
import { publishRun } from './publish-run';
import type { DateResult, PartFailure, RunOptions, RunParts, RunReport } from './run-parts';
import { type DayInRun, type StagingContext, stageSlot } from './stage-run';

/** A recorded answer, as it lies on disk. */
export interface RecordedFile {
  /** For messages and the raw request object; no path. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Makes days again from raw alone, with the present pipeline. Days need not be published, but must have raw objects. */
export async function replayDays(
  parts: RunParts,
  options: RunOptions,
  days: readonly Day[],
): Promise<RunReport> {
  const context = newContext(parts, options);
  const known = await lookUpDays({ ...parts, days, now: options.now, force: false });
  options.onEvent?.({ type: 'planned', runs: [], requests: 0, days: days.length });
  const dates: DateResult[] = [];
  for (const run of bounded(known, parts.pipeline))
    dates.push(...(await replayRun(context, { days: run, fresh: [], replay: true })));
  return { runId: options.runId, dates, failures: [], sent: 0, reused: 0 };
}

function newContext(parts: RunParts, options: RunOptions): StagingContext {
  return { parts, options, archive: new RawArchive(parts.raw, parts.pipeline.name), unstaged: new Map() };
}

/** Days in runs as a backfill would have them, so that memory and staging stay bounded. */
function bounded(known: readonly DayInRun[], pipeline: Pipeline): DayInRun[][] {
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const source = first.source;
  const runs = backfillRuns(pipeline, { from: first.day, to: last.day }, () => source);
  return runs
    .map(({ from, to }) => known.filter(({ day }) => from <= day && day <= to))
    .filter((run) => run.length > 0);
}

interface RunToReplay {
  readonly days: readonly DayInRun[];
  readonly fresh: readonly SectionAnswers[];
  readonly replay: boolean;
}

interface SectionAnswers {
  readonly section: Section;
  readonly answers: IndexedAnswers;
}

async function replayRun(
  context: StagingContext,
  { days, fresh, replay }: RunToReplay,
): Promise<DateResult[]> {
  const { parts, options } = context;
  for (const chunk of chunksOf(parts.pipeline)) {
    for (const section of allSections(parts.pipeline)) {
      const brought = fresh.filter((one) => one.section === section).map(({ answers }) => answers);
      const mayBeAbsent = fresh.length > 0 || days.some(({ manifest }) => manifest !== undefined);
      await stageSlot(context, { chunk, section, days, fresh: brought, mayBeAbsent });
    }
  }
  return publishRun(parts, options, {
    days: days.map(({ day }) => day),
    replay,
    failure: undefined,
    unstaged: context.unstaged,
  });
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
      parts.logger.error('A recorded answer was refused', {
        file: file.name,
        error: error.name,
        reason: error.message,
      });
      failures.push({ what: `file ${file.name}`, error });
    }
  }
  const days = daysOf(fresh);
  const looked = await lookUpDays({ ...parts, days, now: options.now, force: false });
  const known = looked.map((one) =>
    one.manifest === undefined ? { ...one, source: recordedSource(parts) } : one,
  );
  options.onEvent?.({ type: 'planned', runs: [], requests: 0, days: days.length });
  const dates: DateResult[] = [];
  for (const run of bounded(known, parts.pipeline))
    dates.push(...(await replayRun(context, { days: run, fresh, replay: false })));
  return { runId: options.runId, dates, failures, sent: 0, reused: 0 };
}

function daysOf(fresh: readonly SectionAnswers[]): Day[] {
  const slices = fresh.flatMap(({ answers }) => [...answers.days.values()]);
  return [...new Set(slices.flatMap((byDay) => [...byDay.keys()]))].sort();
}

/** What recorded answers count as, whatever the date: the source rule is about what is asked for. */
function recordedSource({ pipeline: { source } }: RunParts): DaySource {
  return { api: source.api, models: source.models };
}

/** Reads a file's sections, all of them before any is kept, so that a file which is refused leaves nothing behind. */
async function keepRecorded(context: StagingContext, file: RecordedFile): Promise<SectionAnswers[]> {
  const { pipeline } = context.parts;
  const { models } = pipeline.source;
  const decoded = decodeRecorded(file.bytes, pipeline);
  const found = allSections(pipeline)
    .map((section) => ({ section, answers: readRecorded(decoded, { section, models }, pipeline) }))
    .filter(({ answers }) => answers.length > 0);
  if (found.length === 0) throw noSection(pipeline, file);
  const kept: SectionAnswers[] = [];
  for (const one of found) kept.push(await keepSection(context, file, one));
  return kept;
}

function noSection(pipeline: Pipeline, file: RecordedFile): SourceContractError {
  const sections = allSections(pipeline);
  return new SourceContractError(
    `The file holds no section that the pipeline ${pipeline.name} reads (${sections.join(', ')}); draft a pipeline for it with init --from.`,
    { context: { file: file.name, sections } },
  );
}

interface RecordedSection {
  readonly section: Section;
  readonly answers: readonly LocationAnswer[];
}

async function keepSection(
  { parts, archive }: StagingContext,
  file: RecordedFile,
  { section, answers }: RecordedSection,
): Promise<SectionAnswers> {
  const document = recordedDocument(parts.pipeline, file, { section, answers });
  await archive.keepRequest(document);
  const body = { bytes: file.bytes, fetchedAt: parts.clock.now(), complete: true, simulated: false };
  const raw = await archive.keepBody(document, body);
  return { section, answers: indexAnswers(answers, { raw, source: document, section }) };
}

function recordedDocument(
  { source, tables }: Pipeline,
  file: RecordedFile,
  { section, answers }: RecordedSection,
): RequestDocument {
  const days = answers.flatMap((answer) => [...sliceByDay(answer, section).keys()]).sort();
  const locations = answers.map(({ location: { id, number, latitude, longitude, elevation } }) => ({
    id,
    number,
    latitude,
    longitude,
    ...(elevation === undefined ? {} : { elevation }),
  }));
  const asked = {
    method: 'RECORDED' as const,
    api: source.api,
    models: source.models,
    section,
    variables: tables
      .filter((table) => table.section === section)
      .flatMap(({ columns }) => columns.map(({ variable }) => variable)),
    locations,
    from: days[0]!,
    to: days.at(-1)!,
  };
  return {
    request_id: sha256(JSON.stringify(asked)).slice(0, 16),
    address: `file:${file.name}`,
    form: {},
    ...asked,
  };
}
