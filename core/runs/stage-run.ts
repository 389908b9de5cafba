import { IngestError } from '../errors';
import type { Manifest } from '../manifest/manifest';
import { mapConcurrently } from '../map-concurrently';
import type { Section } from '../model/source';
import { tablesOf } from '../pipeline/pipeline';
import type { Chunk } from '../planning/chunks';
import type { DaySource } from '../planning/source-rule';
import type { RawArchive } from '../raw/raw-archive';
import { ArchivedAnswers } from '../staging/archived-answers';
import { type IndexedAnswers, pickSlice } from '../staging/indexed-answers';
import { stageDay } from '../staging/stage-day';
import type { Day } from '../time/day';
import type { RunOptions, RunParts } from './run-parts';

const DAYS_AT_ONCE = 8;

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
  /** Fetched or recorded just now, or the error that the request ended with; empty when nothing was asked. */
  readonly fresh: readonly IndexedAnswers[] | IngestError;
  /** Whether days without any answer are to be expected, as with recorded files that cover a part. */
  readonly mayBeAbsent: boolean;
}

/** Stages every day of a slot. What the run did not bring itself comes from the archive. */
export async function stageSlot(context: StagingContext, slot: RunSlot): Promise<void> {
  const { parts, archive } = context;
  const { section, chunk } = slot;
  const archived = new ArchivedAnswers({
    archive,
    pipeline: parts.pipeline,
    section,
    chunk,
    logger: parts.logger,
  });
  await mapConcurrently(slot.days, DAYS_AT_ONCE, (day) => stageSlotDay({ context, slot, day, archived }));
}

export interface StagingContext {
  readonly parts: RunParts;
  readonly options: RunOptions;
  readonly archive: RawArchive;
}

interface SlotDay {
  readonly context: StagingContext;
  readonly slot: RunSlot;
  readonly day: DayInRun;
  readonly archived: ArchivedAnswers;
}

async function stageSlotDay({ context: { parts, options }, slot, day, archived }: SlotDay): Promise<void> {
  const { section, chunk, fresh } = slot;
  const brought = fresh instanceof IngestError ? [] : fresh;
  const isWhole = chunk.locations.every(({ id }) => pickSlice(brought, id, day.day) !== undefined);
  const kept = isWhole ? [] : await archived.forDay(day);
  const picked = chunk.locations.flatMap(
    ({ id }) => pickSlice(brought, id, day.day) ?? pickSlice(kept, id, day.day) ?? [],
  );
  const { pipeline, processed, encoder } = parts;
  await stageDay(
    { pipeline, processed, encoder, runId: options.runId },
    {
      day: day.day,
      section,
      chunk,
      source: day.source,
      picked,
      answered: picked.length > 0 || isAbsentByRight(slot, day, pipeline),
    },
  );
}

/** Whether nothing was expected here: recorded files cover what they cover, and what was published without it stays so. */
function isAbsentByRight(
  { mayBeAbsent, section, chunk }: RunSlot,
  { manifest }: DayInRun,
  pipeline: RunParts['pipeline'],
): boolean {
  if (!mayBeAbsent) return false;
  if (manifest === undefined) return true;
  return tablesOf(pipeline, section).every(({ name }) => {
    const missing = new Set(manifest.tables[name]?.locations.missing);
    return chunk.locations.every(({ id }) => missing.has(id));
  });
}
