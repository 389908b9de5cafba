import { IngestError } from '../errors';
import type { Section } from '../model/source';
import { type DaySource, isSameSource } from '../planning/source-rule';
import type { RawArchive } from '../raw/raw-archive';
import { type RecordedSection, recordedDocument } from '../raw/recorded-document';
import { type IndexedAnswers, indexAnswers } from '../staging/indexed-answers';
import type { Day } from '../time/day';
import { readSections } from './read-sections';
import type { RecordedFile } from './recorded-file';
import type { PartFailure, RunParts } from './run-parts';

export interface FilesContext {
  readonly parts: Pick<RunParts, 'pipeline' | 'clock' | 'logger'>;
  readonly archive: RawArchive;
}

/** One section of a recorded answer, kept in raw. */
export interface SectionAnswers {
  readonly section: Section;
  readonly answers: IndexedAnswers;
  /** Whether a request document told the API and models that answered. */
  readonly isSourceTold: boolean;
}

interface KeptFiles {
  readonly fresh: readonly SectionAnswers[];
  readonly failures: readonly PartFailure[];
}

interface RefusedFile {
  readonly file: RecordedFile;
  readonly error: IngestError;
}

/**
 * Keeps every file that is read in raw, the latest fetched last. A file that is refused is no failure where another answer
 * of the same request is taken, as in the archive that it comes from.
 */
export async function keepFiles(context: FilesContext, files: readonly RecordedFile[]): Promise<KeptFiles> {
  const fresh: SectionAnswers[] = [];
  const refused: RefusedFile[] = [];
  const answered = new Set<string | undefined>();
  for (const [index, file] of inOrderOfFetching(files).entries()) {
    try {
      // One millisecond apart, so that the archive knows their order too.
      const fetchedAt = context.parts.clock.now() - (files.length - 1 - index);
      fresh.push(...(await keepFile(context, file, fetchedAt)));
      answered.add(file.request?.request_id);
    } catch (error) {
      if (!(error instanceof IngestError)) throw error;
      refused.push({ file, error });
    }
  }
  const isPassedOver = ({ file }: RefusedFile) =>
    file.request !== undefined && answered.has(file.request.request_id);
  for (const one of refused.filter(isPassedOver)) passOver(context, one);
  const failed = refused.filter((one) => !isPassedOver(one));
  return { fresh, failures: failed.map((one) => fail(context, one)) };
}

/** Files of which no archive says when they were fetched stay where they are. */
function inOrderOfFetching(files: readonly RecordedFile[]): RecordedFile[] {
  const dated = files
    .filter(({ fetchedAt }) => fetchedAt !== undefined)
    .toSorted((a, b) => (a.fetchedAt! < b.fetchedAt! ? -1 : a.fetchedAt! > b.fetchedAt! ? 1 : 0));
  return files.map((file) => (file.fetchedAt === undefined ? file : dated.shift()!));
}

function passOver({ parts: { logger } }: FilesContext, { file, error }: RefusedFile): void {
  const message = 'A recorded answer is passed over: another answer of its request is taken';
  logger.warn(message, { file: file.name, error: error.name, reason: error.message });
}

function fail({ parts: { logger } }: FilesContext, { file, error }: RefusedFile): PartFailure {
  const { name } = file;
  logger.error('A recorded answer was refused', { file: name, error: error.name, reason: error.message });
  return { what: `file ${name}`, error };
}

/** Reads all of a file's sections before any is kept, so that a file which is refused leaves nothing behind. */
async function keepFile(
  context: FilesContext,
  file: RecordedFile,
  fetchedAt: number,
): Promise<SectionAnswers[]> {
  const kept: SectionAnswers[] = [];
  for (const section of readSections(file, context.parts.pipeline))
    kept.push(await keepSection(context, { file, section, fetchedAt }));
  return kept;
}

interface SectionToKeep {
  readonly file: RecordedFile;
  readonly section: RecordedSection;
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number;
}

async function keepSection(
  { parts, archive }: FilesContext,
  { file, section: recorded, fetchedAt }: SectionToKeep,
): Promise<SectionAnswers> {
  const { section, answers, request } = recorded;
  const { bytes, simulated = false } = file;
  const document = recordedDocument(parts.pipeline, recorded);
  await archive.keepRequest(document);
  const raw = await archive.keepBody(document, { bytes, fetchedAt, complete: true, simulated });
  const indexed = indexAnswers(answers, { raw, source: document, section });
  return { section, answers: indexed, isSourceTold: request !== undefined };
}

/** Every day that the answers hold, in order. */
export function daysOf(fresh: readonly SectionAnswers[]): Day[] {
  const slices = fresh.flatMap(({ answers }) => [...answers.days.values()]);
  return [...new Set(slices.flatMap((byDay) => [...byDay.keys()]))].sort();
}

/** By day, the API and models that gave the latest fetched answer with a request document. */
export function toldSources(fresh: readonly SectionAnswers[]): ReadonlyMap<Day, DaySource> {
  const told = fresh.filter(({ isSourceTold }) => isSourceTold);
  return new Map(told.flatMap((one) => daysOf([one]).map((day) => [day, one.answers.source] as const)));
}

/** Leaves out the days that another source serves: a day is of one source. */
export function fromDaysSource(one: SectionAnswers, sources: ReadonlyMap<Day, DaySource>): SectionAnswers {
  if (!one.isSourceTold) return one;
  const { answers } = one;
  const isServed = (day: Day) => isSameSource(sources.get(day)!, answers.source);
  const days = [...answers.days].map(
    ([location, byDay]) => [location, new Map([...byDay].filter(([day]) => isServed(day)))] as const,
  );
  return { ...one, answers: { ...answers, days: new Map(days) } };
}
