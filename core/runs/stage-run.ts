import { IngestError } from '../errors';
import { tableKey } from '../keys/processed-keys';
import type { Manifest } from '../manifest/manifest';
import { mapConcurrently } from '../map-concurrently';
import type { Section } from '../model/source';
import { isRequestedSection, type Pipeline, tablesOf } from '../pipeline/pipeline';
import type { Chunk } from '../planning/chunks';
import type { DaySource } from '../planning/source-rule';
import type { RawArchive } from '../raw/raw-archive';
import { ArchivedAnswers, type FoundAnswers } from '../staging/archived-answers';
import { type IndexedAnswers, isWholeDay, type PickedSlice, pickSlice } from '../staging/indexed-answers';
import { stageDay } from '../staging/stage-day';
import type { Day } from '../time/day';
import type { RunOptions, RunParts } from './run-parts';

const DAYS_AT_ONCE = 8;
const NOTHING_KEPT: FoundAnswers = { sets: [], damaged: undefined, refused: undefined };

/** A date that is being made, and what is published of it. */
export interface DayInRun {
  readonly day: Day;
  readonly source: DaySource;
  readonly manifest: Manifest | undefined;
}

/** One section and chunk of a run, with what the run itself brought for it. */
export interface RunSlot {
  readonly chunk: Chunk;
  readonly section: Section;
  readonly days: readonly DayInRun[];
  /** Fetched or recorded just now; empty when nothing was asked, or the request failed. */
  readonly fresh: readonly IndexedAnswers[];
  /** Bodies of the archive that are decoded already. */
  readonly decoded?: readonly IndexedAnswers[];
  /** Why the run's own request failed, if it did. */
  readonly failure?: IngestError | undefined;
  /** Whether days without any answer are to be expected, as with recorded files that cover a part. */
  readonly mayBeAbsent: boolean;
}

export interface StagingContext {
  readonly parts: Pick<RunParts, 'pipeline' | 'processed' | 'encoder' | 'logger'>;
  readonly options: Pick<RunOptions, 'runId' | 'signal'>;
  readonly archive: RawArchive;
  /** Days that could not be staged, by the error that they end with; the others go on. */
  readonly unstaged: Map<Day, IngestError>;
}

/** What became of a slot's request: its answer, or why there is none; `undefined` when this run sent none. */
export type SlotAnswer = (IndexedAnswers & { readonly isReused: boolean }) | IngestError | undefined;

/** A section and chunk of a run of days. */
export type SlotPlace = Pick<RunSlot, 'chunk' | 'section' | 'days'>;

/** Stages every day of a slot from the answer of its request. Answers kept before count as the archive's. */
export function stageAnswer(context: StagingContext, place: SlotPlace, answer: SlotAnswer): Promise<void> {
  const slot = { ...place, mayBeAbsent: !isRequestedSection(place.section) };
  if (answer === undefined) return stageSlot(context, { ...slot, fresh: [] });
  if (answer instanceof IngestError) return stageSlot(context, { ...slot, fresh: [], failure: answer });
  if (answer.isReused) return stageSlot(context, { ...slot, fresh: [], decoded: [answer] });
  return stageSlot(context, { ...slot, fresh: [answer] });
}

/** Stages every day of a slot. What the run did not bring itself comes from the archive. */
export async function stageSlot(context: StagingContext, slot: RunSlot): Promise<void> {
  const { parts, archive, unstaged } = context;
  const { section, chunk, decoded } = slot;
  const { pipeline, logger } = parts;
  const archived = new ArchivedAnswers({ archive, pipeline, section, chunk, logger }, decoded);
  const days = slot.days.filter(({ day }) => !unstaged.has(day));
  await mapConcurrently(days, DAYS_AT_ONCE, async (day) => {
    context.options.signal?.throwIfAborted();
    try {
      await stageSlotDay({ context, slot, day, archived });
    } catch (error) {
      if (!(error instanceof IngestError)) throw error;
      unstaged.set(day.day, error);
    }
  });
}

interface SlotDay {
  readonly context: StagingContext;
  readonly slot: RunSlot;
  readonly day: DayInRun;
  readonly archived: ArchivedAnswers;
}

async function stageSlotDay({ context: { parts, options }, slot, day, archived }: SlotDay): Promise<void> {
  const { section, chunk, fresh } = slot;
  const picks = (sets: readonly IndexedAnswers[]) =>
    chunk.locations.flatMap(({ id }) => pickSlice(sets, id, day.day) ?? []);
  const isWhole = hasWholeDay(picks(fresh), slot, parts.pipeline);
  const kept = isWhole ? NOTHING_KEPT : await archived.forDay(day);
  const picked = picks([...kept.sets, ...fresh]);
  // Where the source was asked in vain, that is the reason to tell: asking again heals the archive as well.
  const lacks = picked.length < chunk.locations.length && !wasPublishedWithout(slot, day, parts.pipeline);
  if (lacks && slot.failure === undefined && kept.damaged) throw kept.damaged;
  const failure = slot.failure ?? kept.refused;
  const { pipeline, processed, encoder } = parts;
  const answered = slot.mayBeAbsent
    ? picked.length > 0 || isAbsentByRight(slot, day, pipeline)
    : picked.length === chunk.locations.length;
  await stageDay(
    { pipeline, processed, encoder, runId: options.runId },
    { day: day.day, section, chunk, source: day.source, picked, answered, failure },
  );
}

/** Whether every location has all the rows that a day has. */
function hasWholeDay(
  picked: readonly PickedSlice[],
  { section, chunk }: RunSlot,
  pipeline: Pipeline,
): boolean {
  return (
    picked.length === chunk.locations.length &&
    picked.every(({ slice }) => isWholeDay(slice, section, pipeline))
  );
}

/** Whether the slot is absent from the published version as well, so that nothing damaged can be the reason. */
function wasPublishedWithout(slot: RunSlot, day: DayInRun, pipeline: Pipeline): boolean {
  return slot.mayBeAbsent && day.manifest !== undefined && isAbsentByRight(slot, day, pipeline);
}

/** Whether nothing was expected here: recorded files cover what they cover, and what was published without it stays so. */
function isAbsentByRight(
  { section, chunk }: RunSlot,
  { day, manifest }: DayInRun,
  pipeline: Pipeline,
): boolean {
  if (manifest === undefined) return true;
  const published = new Set(manifest.objects.map(({ key }) => key));
  return tablesOf(pipeline, section).every(({ name }) => {
    const missing = new Set(manifest.tables[name]?.locations.missing);
    const key = tableKey({ pipeline: pipeline.name, table: name, day, chunk: chunk.number });
    return !published.has(key) || chunk.locations.every(({ id }) => missing.has(id));
  });
}
