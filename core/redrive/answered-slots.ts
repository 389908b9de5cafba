import { DamagedObjectError } from '../errors';
import { type RawPart, requestKey } from '../keys/raw-keys';
import { mapConcurrently } from '../map-concurrently';
import { isRequestedSection, type Pipeline } from '../pipeline/pipeline';
import { type Chunk, chunksOf } from '../planning/chunks';
import type { SourceOfDay } from '../planning/day-runs';
import { isSameSource } from '../planning/source-rule';
import type { RawArchive } from '../raw/raw-archive';
import type { RequestDocument } from '../raw/request-document';
import { latestThatDecodes } from '../runs/obtain-answer';
import { idsWhereTheyAre } from '../staging/archived-answers';
import { isWholeDay, pickSlice } from '../staging/indexed-answers';
import type { Day } from '../time/day';
import { type Slot, slotOf } from './lacking-slots';

const READS_AT_ONCE = 8;
/** Requests whose answers are looked into; days that need more are for another time. */
export const MAX_REQUESTS_READ = 5_000;

export interface AnswersQuestion {
  readonly pipeline: Pipeline;
  readonly archive: RawArchive;
  readonly sourceOf: SourceOfDay;
}

export interface AnsweredDays {
  /** Slots of which the archive has the whole day at every location; none of days that nobody has asked for. */
  readonly answered: ReadonlyMap<Day, ReadonlySet<Slot>>;
  /** Days that were not looked at. */
  readonly unread: readonly Day[];
}

/** What the archive has of days. @param days in order */
export async function answeredSlots(question: AnswersQuestion, days: readonly Day[]): Promise<AnsweredDays> {
  const { archive, pipeline } = question;
  const parts = new Map<string, RawPart>();
  const answered = new Map<Day, Set<Slot>>();
  for (const day of days) {
    const others = (await archive.partsOn(day)).filter((part) => !parts.has(requestKey(part)));
    if (parts.size > 0 && parts.size + others.length > MAX_REQUESTS_READ) break;
    for (const part of others) parts.set(requestKey(part), part);
    answered.set(day, new Set());
  }
  const chunks = chunksOf(pipeline);
  await mapConcurrently([...parts.values()], READS_AT_ONCE, (part) =>
    addAnswers({ ...question, chunks, answered }, part),
  );
  archive.forgetDocuments();
  return { answered, unread: days.filter((day) => !answered.has(day)) };
}

interface Look extends AnswersQuestion {
  readonly chunks: readonly Chunk[];
  readonly answered: ReadonlyMap<Day, Set<Slot>>;
}

/** What the latest answer of a request that decodes is good for. */
async function addAnswers(look: Look, part: RawPart): Promise<void> {
  const { archive, answered } = look;
  const key = requestKey(part);
  const document = await archive.orPassOver(key, () => archive.document(key));
  if (document instanceof DamagedObjectError) return;
  const days = [...answered.keys()].filter((day) => isAbout(look, document, day));
  const chunks = look.chunks.filter(
    (chunk) => idsWhereTheyAre(document, chunk).size === chunk.locations.length,
  );
  const { section } = document;
  if (days.length === 0 || chunks.length === 0 || !isRequestedSection(section)) return;
  const answers = await latestThatDecodes(document, look);
  if (answers === undefined) return;
  for (const day of days) {
    for (const { number, locations } of chunks) {
      const slices = locations.map(({ id }) => pickSlice([answers], id, day)?.slice);
      const isWhole = slices.every((slice) => slice !== undefined && isWholeDay(slice, section));
      if (isWhole) answered.get(day)!.add(slotOf(section, number));
    }
  }
}

function isAbout({ sourceOf }: Look, document: RequestDocument, day: Day): boolean {
  const { from, to, method } = document;
  return from <= day && day <= to && (method === 'RECORDED' || isSameSource(document, sourceOf(day)));
}
